"""Measurements, each run by hand and recorded in docs/."""
