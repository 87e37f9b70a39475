"""Lump sum at birth to parents without parental benefit."""
