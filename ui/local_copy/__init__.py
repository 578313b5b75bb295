"""The panel about this computer's copy of the centre, and the question before it is forgotten."""
