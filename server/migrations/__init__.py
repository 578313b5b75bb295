"""Numbered migrations, one transaction each, never edited after release (step ⑨)."""
