"""The desk window: puts bars, panels and notices together."""
