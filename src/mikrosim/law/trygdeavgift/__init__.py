"""Trygdeavgift: persons' contribution to folketrygden."""
