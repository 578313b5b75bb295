"""The state bar: what the agent does, and whether phone, server and sound can be trusted."""
