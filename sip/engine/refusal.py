"""Why the engine does not do what the desk asks (step ②)."""


class RefusedError(Exception):
    """The command makes no sense now; nothing was changed."""
