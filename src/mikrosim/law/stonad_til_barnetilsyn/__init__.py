"""Benefit for child care to single parents who work."""
