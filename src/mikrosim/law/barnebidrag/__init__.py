"""Child support between parents who live apart."""
