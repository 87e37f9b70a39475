"""Cash for care of small children."""
