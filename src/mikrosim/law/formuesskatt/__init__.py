"""Formuesskatt: the tax of municipality and state on persons' net wealth."""
