"""What the server did not take: both values, and one key for each decision."""
