"""The outbox list: what the server does not have yet, since when, and why."""
