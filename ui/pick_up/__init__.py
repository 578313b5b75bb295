"""Taking a call that rings at a colleague's desk."""
