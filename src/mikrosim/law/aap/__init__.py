"""Work assessment allowance."""
