"""Runs of the scheduler, and publishing what they found."""
