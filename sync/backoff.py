"""How long to wait before the next try: doubling, with jitter, lest all seats come in step."""

from __future__ import annotations

import random
from collections.abc import Callable


class BackOff:
    """Waits of ``first_s``, twice that and so on up to ``max_s``, each cut by up to a half."""

    def __init__(
        self, *, first_s: float, max_s: float, fraction: Callable[[], float] = random.random
    ) -> None:
        """``fraction`` gives a number from 0 to below 1."""
        self._first_s = first_s
        self._max_s = max_s
        self._fraction = fraction
        self._whole_s = first_s

    def next_s(self) -> float:
        whole_s = self._whole_s
        self._whole_s = min(whole_s * 2, self._max_s)
        return whole_s * (1 - self._fraction() / 2)

    def reset(self) -> None:
        self._whole_s = self._first_s
