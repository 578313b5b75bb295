"""The desk window: puts bars, panels and troubles together."""
