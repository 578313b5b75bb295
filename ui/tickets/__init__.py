"""Tickets: the form of a new one beside the call."""
