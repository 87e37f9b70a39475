"""Trinnskatt: the progressive tax on gross personinntekt."""
