"""Sickness benefit."""
