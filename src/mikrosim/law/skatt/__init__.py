"""Income tax: what is income, what is deducted, and the tax on what is left."""
