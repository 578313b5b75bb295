"""When a call is dead although nobody said so (step ②).

The library keeps a call CONFIRMED for as long as no message says otherwise, whatever became of the
exchange. So a call that gives no sign is asked about, and one that gives none for long has ended.
"""

from __future__ import annotations

from enum import Enum, auto

SILENT_TALK_S = 5.0
"""Without packets for so long, a call that should have them is asked about."""
SILENT_REST_S = 10.0
"""A call without packets by its nature (held, ringing) is asked about so often."""
ASK_AGAIN_S = 5.0
LOST_S = 28.0
"""No packet and no answer for so long: the call is over. A pulled cable has time to come back."""


class Verdict(Enum):
    ALIVE = auto()
    ASK = auto()
    LOST = auto()


class Watch:
    """The signs of life of one call. Times are monotonic seconds, given by the caller."""

    def __init__(self) -> None:
        self._heard_at: float | None = None
        self._asked_at = 0.0

    def heard(self, now: float) -> None:
        """A packet or a SIP message of this call arrived."""
        self._heard_at = now

    def judge(self, now: float, *, talking: bool, reachable: bool) -> Verdict:
        """Say what to do. Only a ``reachable`` exchange is asked.

        To ask one that cannot be reached would end the call at once: a request that cannot be sent
        counts as a call that is over (RFC 3261 12.2.1.2), and the cable may be back in a second.
        """
        if self._heard_at is None:
            self._heard_at = now
        silent_s = now - self._heard_at
        if silent_s >= LOST_S:
            return Verdict.LOST
        patience_s = SILENT_TALK_S if talking else SILENT_REST_S
        if not reachable or silent_s < patience_s or now - self._asked_at < ASK_AGAIN_S:
            return Verdict.ALIVE
        self._asked_at = now
        return Verdict.ASK
