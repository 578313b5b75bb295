"""Sessions that were ended while an access token of theirs still lives (step ⑨).

Access tokens are read without asking the database, so each process keeps in memory which of them
are void before their time. An entry is forgotten when the last token it is about has expired.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from server.errors import ApiError
from server.tables import sessions


@dataclass(frozen=True, slots=True)
class _Ended:
    wipe: bool
    forget_at: float  # Unix seconds


class EndedSessions:
    """Thread-safe; ``clock`` gives Unix seconds, ``lifetime_s`` is that of an access token."""

    def __init__(self, *, lifetime_s: int, clock: Callable[[], float]) -> None:
        self._lifetime_s = lifetime_s
        self._clock = clock
        self._lock = threading.Lock()
        self._ended: dict[str, _Ended] = {}

    def add(self, session_ids: Iterable[str], *, wipe: bool) -> None:
        """These ended now; ``wipe`` asks the seat to forget its copy of the centre's data."""
        now = self._clock()
        entry = _Ended(wipe, now + self._lifetime_s)
        with self._lock:
            kept = {key: old for key, old in self._ended.items() if old.forget_at > now}
            self._ended = kept | dict.fromkeys(session_ids, entry)

    def load(self, connection: Connection) -> bool:
        """Learn what ended while this process did not listen; True when that was something."""
        since = int(self._clock()) - self._lifetime_s
        found = connection.execute(
            select(sessions.c.id, sessions.c.wipe).where(sessions.c.voided_at >= since)
        ).all()
        news = any(not self.is_ended(row.id) for row in found)
        for wipe in (False, True):
            self.add([row.id for row in found if row.wipe == wipe], wipe=wipe)
        return news

    def is_ended(self, session_id: str) -> bool:
        return session_id in self._ended

    def check(self, session_id: str) -> None:
        """Raises ApiError 401 ``session-ended``, with ``wipe`` in the error object."""
        found = self._ended.get(session_id)
        if found is not None:
            raise session_ended(wipe=found.wipe)


def session_ended(*, wipe: bool) -> ApiError:
    return ApiError(
        401, "session-ended", "The session has ended: sign in again.", more={"wipe": wipe}
    )
