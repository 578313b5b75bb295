"""What the seat can say about its server, in one value that replaces the one before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sync.copying import CopyStage
from sync.errors import (
    BadReply,
    Need,
    RequestRefused,
    ServerBehind,
    ServerBusy,
    ServerFailed,
    SessionEnded,
    StartOver,
    Unreachable,
)


class Phase(StrEnum):
    SIGNED_OUT = "signed-out"
    CONNECTING = "connecting"
    FIRST_SYNC = "first-sync"
    NOT_SYNCHRONISED = "not-synchronised"  # the agent stopped the first sync; the rest works
    ONLINE = "online"
    OFFLINE = "offline"


class Cause(StrEnum):
    """Why a seat is offline or signed out, for people to be told in their own language."""

    NONE = "none"
    UNREACHABLE = "unreachable"
    BAD_REPLY = "bad-reply"
    BUSY = "busy"
    SERVER_FAILED = "server-failed"
    SERVER_BEHIND = "server-behind"
    COPY_OUTDATED = "copy-outdated"
    REFUSED = "refused"
    SESSION_ENDED = "session-ended"
    SEAT_FAILED = "seat-failed"  # the server is fine, this seat's own store is not


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """``reason`` is the cause in English words, for a tooltip and the log, without personal data.

    ``rows_done`` of ``rows_expected`` counts changes of the server's sequence during FIRST_SYNC;
    a row that changed often counts as often, so both are of use only as a fraction. That phase is
    shown for an empty copy, for one that is more than a page behind and while all is fetched anew,
    for which ``need`` is the reason. ``seconds_left`` is None while nothing can be said.

    ``clock_ahead_s`` is the seat's clock minus the server's when that is worth telling, else 0.
    ``wipe``: the session was ended with the wish that this seat forgets the centre's data.
    """

    phase: Phase
    cause: Cause = Cause.NONE
    reason: str = ""
    rows_done: int = 0
    rows_expected: int = 0
    rows_per_s: int = 0
    seconds_left: int | None = None
    stage: CopyStage = CopyStage.FETCHING
    need: Need | None = None
    clock_ahead_s: int = 0
    wipe: bool = False


_CAUSES: tuple[tuple[type[Exception], Cause], ...] = (
    (Unreachable, Cause.UNREACHABLE),
    (BadReply, Cause.BAD_REPLY),
    (ServerBusy, Cause.BUSY),
    (ServerFailed, Cause.SERVER_FAILED),
    (ServerBehind, Cause.SERVER_BEHIND),
    (StartOver, Cause.COPY_OUTDATED),
    (RequestRefused, Cause.REFUSED),
    (SessionEnded, Cause.SESSION_ENDED),
)


def cause_of(error: Exception) -> Cause:
    """The cause to show for an error; anything that is not the server's is the seat's own."""
    return next((cause for kind, cause in _CAUSES if isinstance(error, kind)), Cause.SEAT_FAILED)
