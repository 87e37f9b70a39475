"""Advance payment of child support."""
