"""What the statutes say: one folder per instrument, rules beside their dated parameters."""
