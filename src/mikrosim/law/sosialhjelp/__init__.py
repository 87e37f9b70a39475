"""Sosialhjelp: what fills a household up to its needs when nothing else does."""
