"""Kindergarten: the parents' payment."""
