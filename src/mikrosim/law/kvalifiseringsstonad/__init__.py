"""Benefit of the qualification programme."""
