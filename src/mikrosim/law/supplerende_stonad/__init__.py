"""Supplementary allowance to old persons with short residence."""
