"""The report of a sweep or an optimisation: cost against low income, the frontier, and what each parameter does."""
