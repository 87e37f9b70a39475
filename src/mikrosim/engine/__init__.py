"""Turns a set of rules into one compiled kernel and runs it over a population. Knows nothing of Norway."""
