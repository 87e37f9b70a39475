"""The after-school programme: the parents' payment."""
