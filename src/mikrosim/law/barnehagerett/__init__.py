"""The right to a kindergarten place, by month of birth."""
