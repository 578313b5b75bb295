"""While a caller's card is looked for and painted, nothing is written (steps ④ and ⑤).

One thread at a time runs Python. A ring has half a dozen things written, which nobody waits for,
and their writing threads took a third of the time from the ring to the card.
"""

from __future__ import annotations

import threading

AT_MOST_S = 0.1
"""So long a write waits, whatever becomes of the card."""


class Calm:
    """Any thread."""

    def __init__(self, at_most_s: float = AT_MOST_S) -> None:
        self._at_most_s = at_most_s
        self._over = threading.Event()
        self._over.set()

    @property
    def reigns(self) -> bool:
        return not self._over.is_set()

    def begin(self) -> None:
        self._over.clear()

    def end(self) -> None:
        self._over.set()

    def wait(self) -> None:
        """Return when it is over, or nobody said so for ``at_most_s`` seconds."""
        self._over.wait(self._at_most_s)
