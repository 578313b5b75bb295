"""Reports of answers that are missing or wrong: the form, and the page that lists them (M31)."""
