"""Whole calls: real engines, the real server, the real window."""
