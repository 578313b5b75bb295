"""The child process that owns SIP and sound; only ``python -m sip.engine`` imports it."""
