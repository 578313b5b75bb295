"""Customers from files: mapping, checking, matching, taking over (M18, step ⑨)."""
