"""The practice strip: how to get a call in the practice centre."""
