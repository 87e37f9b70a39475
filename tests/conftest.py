"""Tests of all folders may import the modules that lie here, such as `results`, and have the browser's fixtures."""

from browsing import browser, opened

__all__ = ["browser", "opened"]
