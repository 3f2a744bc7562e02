"""The shape of what organizers type."""
