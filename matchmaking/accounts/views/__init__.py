"""The pages of this feature: signing in, one's own account, everybody's."""
