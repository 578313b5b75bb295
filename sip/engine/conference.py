"""Who hears whom besides the agent: calls mixed in the bridge (step ②)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from itertools import permutations

from pjsua2 import pjsua2 as pj

from sip.engine.line import Line
from sip.engine.line_sound import unwire
from sip.engine.refusal import RefusedError
from sip.messages import ConferenceChanged, LineId


class Room:
    """The one conference of this engine. Every method belongs to the engine's thread."""

    def __init__(self) -> None:
        self._members: tuple[Line, ...] = ()

    def set(self, lines: Iterable[Line]) -> ConferenceChanged:
        """Let exactly ``lines`` hear each other. Raises RefusedError."""
        wanted = tuple(dict.fromkeys(lines))
        for line in wanted:
            line.must_be_answered()
            if line.held_by_agent or line.left:
                raise RefusedError("a call that is held or over has no part in a conference")
        return self._become(wanted)

    def leave(self, line: Line) -> ConferenceChanged | None:
        """Take ``line`` out: held by the agent, or over. None if it was not in."""
        if line not in self._members:
            return None
        return self._become(tuple(each for each in self._members if each is not line))

    def _become(self, wanted: tuple[Line, ...]) -> ConferenceChanged:
        before, self._members = self._members, wanted if len(wanted) > 1 else ()
        for one, other in permutations(before, 2):
            if one not in self._members or other not in self._members:
                _wire(one, other, together=False)
        self.connect()
        return ConferenceChanged(self.lines)

    @property
    def lines(self) -> tuple[LineId, ...]:
        return tuple(line.id for line in self._members)

    def connect(self) -> None:
        """Wire every pair, again after each change of media. Repeatable.

        Who holds from the other side stays a member, but would play music to the others.
        """
        for one, other in permutations(self._members, 2):
            _wire(one, other, together=one.talking and other.talking)


def _wire(one: Line, other: Line, *, together: bool) -> None:
    source, sink = one.audio(), other.audio()
    if source is None or sink is None:
        return
    if together:
        with contextlib.suppress(pj.Error):  # a port that just went: its media event wires anew
            source.startTransmit(sink)
    else:
        unwire(source, sink)
