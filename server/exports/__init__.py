"""Customers and interactions as files, masked (M18, step ⑨)."""
