"""Cyclic garbage is collected in the engine's own thread only (step ①).

Python collects in whichever thread happens to allocate. A call that is part of a cycle and dies in
a thread the library does not know, the reader of commands for one, ends the process: "Calling pjlib
from unknown/external thread".
"""

from __future__ import annotations

import gc

MANY = 2_000
"""So many objects more than at the last collection."""


class Garbage:
    """Replaces automatic collection from its making on; make it and use it in the engine's thread.

    What is there by then is for ever and not visited any more: a collection takes 0.2 ms, not 7 in
    which nobody's sound moves on.
    """

    def __init__(self) -> None:
        gc.disable()
        gc.collect()
        gc.freeze()

    def look(self) -> None:
        """Collect when much has come together."""
        if gc.get_count()[0] > MANY:
            gc.collect()
