"""The shapes of what is sent and answered, one file a resource; no rules."""
