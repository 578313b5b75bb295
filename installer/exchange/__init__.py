"""The exchange of a small centre: Asterisk's configuration, and what brings it up."""
