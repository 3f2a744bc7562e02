"""HTTP helpers every feature shares."""
