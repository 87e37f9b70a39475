"""Child benefit: rates, supplements and how a reform may tax it."""
