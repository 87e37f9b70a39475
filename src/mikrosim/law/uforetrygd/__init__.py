"""Disability benefit of the National Insurance Scheme, with its supplement for children."""
