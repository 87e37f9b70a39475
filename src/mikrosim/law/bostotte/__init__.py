"""Bostøtte: the state's housing allowance to households with low income and high housing costs."""
