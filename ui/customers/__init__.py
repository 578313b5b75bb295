"""The page of customers: finding, details, duplicates, import and export."""
