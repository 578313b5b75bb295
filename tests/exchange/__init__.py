"""Calls through a real exchange: Asterisk with the configuration that a site installs."""
