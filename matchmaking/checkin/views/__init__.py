"""The pages of this feature: the gate, and what the organizer sees of it."""
