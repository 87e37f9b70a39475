"""The basic amount of the National Insurance Scheme."""
