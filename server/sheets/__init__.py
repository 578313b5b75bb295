"""Tables in files: CSV in the encodings that are met here, and XLSX (M18, step ⑨)."""
