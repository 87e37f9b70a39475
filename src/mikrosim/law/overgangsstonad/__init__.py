"""Transitional benefit to single parents."""
