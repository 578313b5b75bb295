"""Everything the seat keeps: encrypted, in two files; the only SQL of the desk."""
