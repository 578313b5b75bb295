"""Her own day beside the centre's, as numbers and a small chart."""
