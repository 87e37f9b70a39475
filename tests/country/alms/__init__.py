"""Alms."""
