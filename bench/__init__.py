"""What the product costs, measured beside what it may be compared with; decides nothing."""
