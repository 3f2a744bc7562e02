"""The inside of `solve`. Nothing outside `matchmaking.scheduling` imports it."""
