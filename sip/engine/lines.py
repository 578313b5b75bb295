"""All calls of the engine, and how one of them ends (step ②)."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from pjsua2 import pjsua2 as pj

from sip.engine.callbacks import SipCall
from sip.engine.conference import Room
from sip.engine.line import Line
from sip.engine.refusal import RefusedError
from sip.engine.transfer import Transfers
from sip.messages import CallEnded, EndedBy, Event, LineId, PlaybackFinished

FORGOTTEN = 481
_NETWORK_STATUSES = {408, FORGOTTEN, 502, 503, 504}


class Lines:
    """The calls by their names, and what binds them. Engine's thread.

    ``tell`` sends an event to the desk, and nothing for None.
    """

    def __init__(self, send: Callable[[Event], None]) -> None:
        self.room = Room()
        self.transfers = Transfers()
        self._send = send
        self._lines: dict[LineId, Line] = {}
        self._leaving: list[SipCall] = []  # over for the desk, but not yet for the library

    def tell(self, event: Event | None) -> None:
        if event is not None:
            self._send(event)

    def __iter__(self) -> Iterator[Line]:
        """The lines of this moment: they may end meanwhile."""
        return iter(tuple(self._lines.values()))

    def __contains__(self, line: LineId) -> bool:
        return line in self._lines

    def __bool__(self) -> bool:
        return bool(self._lines)

    def named(self, line: LineId) -> Line:
        """Raises RefusedError."""
        try:
            return self._lines[line]
        except KeyError as problem:
            raise RefusedError("there is no such call") from problem

    def of(self, call: SipCall) -> Line | None:
        return next((line for line in self if line.call is call), None)

    def add(self, line: Line) -> None:
        self._lines[line.id] = line

    def take_back(self, line: Line) -> None:
        """It never became a call."""
        del self._lines[line.id]

    def connect(self) -> None:
        """Wire all of them anew: pjmedia 2.15 may cut the microphone from every call when one port
        goes."""
        for line in self:
            with contextlib.suppress(pj.Error, RefusedError):
                line.connect()
        self.room.connect()

    def stop_playing(self, line: Line) -> None:
        if (path := line.sound.stop_playing()) is not None:
            self.tell(PlaybackFinished(line.id, path))

    # --- the end of a call -----------------------------------------------------------------------

    def hang_up(self, line: Line, ended_by: EndedBy, status: int, reason: str) -> None:
        """End a call that is over already, without waiting for the other side."""
        with contextlib.suppress(pj.Error, RefusedError):
            line.hang_up(ended_by=ended_by)
        line.ended_by = ended_by
        self.over(line, status, reason)

    def over(self, line: Line, status: int, reason: str) -> None:
        """The call is over for the desk, whatever the library still waits for."""
        del self._lines[line.id]
        if line.call.getId() != pj.PJSUA_INVALID_ID:
            self.keep(line.call)
        line.sound.stop_playing()
        self.tell(self.room.leave(line))
        ended_by = _ended_by(line, status)
        if passed_on := self.transfers.ended(line, ended_by):
            self.tell(passed_on)
            ended_by = EndedBy.AGENT
        self.tell(CallEnded(line.id, status, reason, ended_by))

    def keep(self, call: SipCall) -> None:
        """Hold on to the object of a call that the library still knows."""
        self._leaving.append(call)

    def let_go(self, call: SipCall) -> None:
        if call in self._leaving:
            self._leaving.remove(call)

    def clear(self) -> None:
        """Let go of everything: a call somebody still holds when the library goes aborts it."""
        self._lines.clear()
        self._leaving.clear()
        self.room, self.transfers = Room(), Transfers()


def _ended_by(line: Line, status: int) -> EndedBy:
    if line.ended_by is not None:
        return line.ended_by
    return EndedBy.NETWORK if status in _NETWORK_STATUSES else EndedBy.CALLER
