"""The toast: a ringing call while the agent works in another program."""
