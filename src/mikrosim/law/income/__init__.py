"""Income accounts: what persons and households have, and consumption units to compare them by."""
