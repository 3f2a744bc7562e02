"""Leaf helpers: no features, nothing of the web."""
