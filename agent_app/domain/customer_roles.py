"""What each role may do with customers; the server has the last word (M42)."""

from __future__ import annotations

READING = frozenset({"agent", "specialist", "supervisor", "quality"})
MERGING = frozenset({"specialist", "supervisor"})
IMPORTING = frozenset({"supervisor", "administrator"})
EXPORTING = frozenset({"supervisor"})
PAGE = READING | IMPORTING
"""Who has a use for the page at all."""
