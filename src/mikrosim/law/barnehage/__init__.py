"""Kindergarten: the parents' payment, and what places cost."""
