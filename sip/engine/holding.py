"""Puts a caller on hold and takes him back, as soon as the other side lets us (step ②).

Both are a re-INVITE, and a call takes one at a time. The exchange sends its own in the moment a
call is answered or passed on (it tells who is there now), which is when an agent presses Hold. Who
comes second is refused, by our library or with 491, and tries again (RFC 3261, 14.1).
"""

from __future__ import annotations

import random
from collections.abc import Callable

from pjsua2 import pjsua2 as pj

from sip.engine.callbacks import SipCall

COLLIDED = 491
"""Request Pending."""
GIVEN_UP_S = 10.0
"""Nobody waits longer for a key to work."""

_BUSY = 70_013
"""PJ_EINVALIDOP: another re-INVITE waits for its answer."""


def collision_pause_s(*, made_here: bool) -> float:
    """Return how long to wait before the next try (RFC 3261, 14.1): not as long as the other."""
    return random.uniform(2.1, 4.0) if made_here else random.uniform(0.0, 2.0)


class Holding:
    """What is wished for one call. Methods belong to the engine's thread and may raise pj.Error.

    ``made_here``: we began the dialog, so that of two who collided we wait the longer. ``busy``:
    whether another change of ours is under way that the library does not count.
    """

    def __init__(
        self, live: Callable[[], SipCall], *, busy: Callable[[], bool], made_here: bool
    ) -> None:
        self._live = live
        self._busy = busy
        self._made_here = made_here
        self._wish: bool | None = None
        self._sent: bool | None = None
        self._at = self._until = 0.0

    def want(self, now: float, *, held: bool, at: float = 0.0) -> None:
        """Hold or take back, not before ``at``; what was wished before is forgotten."""
        self._wish, self._at = held, at
        self._until = max(now, at) + GIVEN_UP_S
        self.go_on(now)

    def go_on(self, now: float) -> None:
        """Do what is wished for if its time has come; call it some times a second."""
        if self._wish is None or now < self._at or self._busy():
            return
        wish, self._wish = self._wish, None
        try:
            self._send(held=wish)
        except pj.Error as problem:
            if problem.status != _BUSY or now >= self._until:
                raise
            self._wish = wish

    def collided(self, now: float) -> None:
        """Our last change met one of the other side: again, a random moment later."""
        if self._sent is None or self._wish is not None or now >= self._until:
            return
        self._wish = self._sent
        self._at = now + collision_pause_s(made_here=self._made_here)

    def _send(self, *, held: bool) -> None:
        operation = pj.CallOpParam(True)
        if held:
            self._live().setHold(operation)
        else:
            operation.opt.flag |= pj.PJSUA_CALL_UNHOLD
            self._live().reinvite(operation)
        self._sent = held
