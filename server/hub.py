"""Who waits for news on this server process, and waking them (step ⑨).

Only the newest sequence number travels, so a client that reads slowly needs no queue of changes: it
gets the number that is newest when it is its turn.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from server.channels import SessionKind, SessionNews
from server.errors import ApiError
from server.tokens import Identity

SIGN_INS_KEPT = 8
"""Second sign-ins that a client has not taken yet; older ones give way."""


@dataclass(slots=True, eq=False)
class Place:
    """One open stream: ``wake`` is set when there is something, ``sign_ins`` wait to be told."""

    identity: Identity
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    sign_ins: deque[SessionNews] = field(default_factory=lambda: deque(maxlen=SIGN_INS_KEPT))


class EventHub:
    """Lives on one event loop; ``announce``, ``tell`` and ``wake_all`` may come from any thread.

    ``bind`` gives it the loop it lives on; before that and after ``close`` nothing is woken.
    """

    def __init__(self, *, clients_max: int) -> None:
        self._clients_max = clients_max
        self._loop: asyncio.AbstractEventLoop | None = None
        self._places: set[Place] = set()
        self.newest = 0
        self.closed = False

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def announce(self, newest: int) -> None:
        """A commit raised the newest sequence; numbers may arrive out of order."""
        self._soon(lambda: self._raise_newest(newest))

    def tell(self, news: SessionNews) -> None:
        """Wake the streams that this is about; an ended one finds out by itself that it is."""
        self._soon(lambda: self._tell(news))

    def wake_all(self) -> None:
        """Something may have been missed: every stream looks."""
        self._soon(self._wake_all)

    def close(self) -> None:
        """End all streams, so that the server can stop."""
        self.closed = True
        self._wake_all()

    def enter(self, identity: Identity) -> Place:
        """A client begins to wait. Raises ApiError 503 when there are too many."""
        if self.closed or len(self._places) >= self._clients_max:
            raise ApiError(503, "busy", "No more event streams now.", {"Retry-After": "30"})
        place = Place(identity)
        self._places.add(place)
        return place

    def leave(self, place: Place) -> None:
        self._places.discard(place)

    def _soon(self, act: Callable[[], None]) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(act)

    def _raise_newest(self, newest: int) -> None:
        if newest > self.newest:
            self.newest = newest
            self._wake_all()

    def _wake_all(self) -> None:
        for place in self._places:
            place.wake.set()

    def _tell(self, news: SessionNews) -> None:
        for place in self._places:
            if place.identity.agent_id != news.agent_id:
                continue
            named = place.identity.session_id in news.session_ids
            if news.kind is SessionKind.ENDED and named:
                place.wake.set()
            elif news.kind is SessionKind.SECOND_SIGN_IN and not named:
                place.sign_ins.append(news)
                place.wake.set()
