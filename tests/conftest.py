"""Tests of all folders may import the modules that lie here, such as `results`."""
