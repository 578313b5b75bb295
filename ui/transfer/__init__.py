"""Passing a call on: whom to, asked first or not, and what became of it."""
