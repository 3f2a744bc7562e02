"""The rules of events, by subject."""
