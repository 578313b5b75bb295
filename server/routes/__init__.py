"""The routes of docs/wire.md, one file per topic (step ⑨)."""
