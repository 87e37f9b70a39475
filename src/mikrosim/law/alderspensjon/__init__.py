"""The floor under old-age pension from the National Insurance Scheme."""
