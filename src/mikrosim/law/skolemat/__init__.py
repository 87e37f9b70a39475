"""School meals: an in-kind transfer that the law does not give."""
