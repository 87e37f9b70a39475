"""A made-up country, so that no budget in Oslo breaks a test of the engine."""
