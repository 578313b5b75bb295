"""Pure values and rules of the hotline: no I/O, no Qt, no clock of their own."""
