"""Parental benefit at a birth."""
