"""The rules of personal data."""
