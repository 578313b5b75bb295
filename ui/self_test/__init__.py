"""The self-test before the shift: twenty seconds, a verdict in words."""
