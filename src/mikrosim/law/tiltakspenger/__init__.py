"""Allowance for participants in labour market measures."""
