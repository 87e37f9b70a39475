"""Benefit of the introduction programme for refugees."""
