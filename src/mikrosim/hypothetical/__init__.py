"""One household written by hand: what the law gives and takes, month by month, and why."""
