"""The default population: drawn household by household and weighted to published statistics."""
