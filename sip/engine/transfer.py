"""Passing a call on: what was asked, what the target says to it, and whose the call is (step ②).

An exchange takes the caller off our call as soon as it accepts a REFER. When the target does not
take him, it says so, and either gives him back on the same call (RFC 5589) or calls us anew; then
nothing will ever come of the old call, although nobody ends it. So who has nobody left is found by
the silence on it.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from enum import Enum, auto

from pjsua2 import pjsua2 as pj

from sip.engine.line import Line
from sip.engine.refusal import RefusedError
from sip.messages import EndedBy, TransferProgressed
from sip.text import is_sip_uri

RELEASED_S = 3.0
"""Without a packet for so long since a transfer was accepted, the exchange has the caller."""
DESERTED_S = 10.0
"""Without a packet for so long since a transfer failed, there is no caller. Longer: he may be one
whose silence is not sent."""
ON_THE_WAY_S = 0.5
"""Packets that are seen so shortly after the exchange's word were sent before it."""

_ACCEPTED, _RINGING = 202, 180
_REASONS = {"busy": 486, "no-answer": 480, "refused": 603, "unreachable": 404}


class Stage(Enum):
    ASKED = auto()
    ACCEPTED = auto()
    RINGING = auto()  # the target's phone does: worth waiting for
    FAILED = auto()


@dataclass(slots=True)
class _Passing:
    consulted: Line | None
    stage: Stage = Stage.ASKED
    since: float = 0.0


class Transfers:
    """The transfers under way, and those that failed while their call is still there.

    Every method belongs to the engine's thread; times are monotonic seconds.
    """

    def __init__(self) -> None:
        self._passing: dict[Line, _Passing] = {}

    def blind(self, line: Line, uri: str) -> None:
        """Send the other side of ``line`` to ``uri``. Raises RefusedError, pj.Error."""
        if not is_sip_uri(uri):
            raise RefusedError("no SIP URI")
        self._must_rest(line)
        line.transfer(uri)
        self._passing[line] = _Passing(None)

    def attended(self, line: Line, consulted: Line) -> None:
        """Connect the other sides of both. Raises RefusedError, pj.Error."""
        if line is consulted:
            raise RefusedError("a call cannot be connected with itself")
        self._must_rest(line)
        self._must_rest(consulted)
        line.transfer_to(consulted)
        self._passing[line] = _Passing(consulted)

    def _must_rest(self, line: Line) -> None:
        for one, passing in self._passing.items():
            if line in (one, passing.consulted) and passing.stage is not Stage.FAILED:
                raise RefusedError("the call is being transferred already")

    def follow(
        self, line: Line, progress: TransferProgressed, now: float
    ) -> TransferProgressed | None:
        """Work off what the target says. With a final 2xx our legs end, and we end them.

        None for what comes after the end.
        """
        passing = self._passing.get(line)
        if passing is None or passing.stage is Stage.FAILED:
            return None
        passing.since = now
        if not progress.final:
            passing.stage = Stage.RINGING if progress.status >= _RINGING else Stage.ACCEPTED
            line.passing = True
        elif progress.status // 100 == 2:
            self._take_leave(line)
        else:
            passing.stage, passing.consulted = Stage.FAILED, None
            line.passing = False
        return progress

    def _take_leave(self, line: Line) -> None:
        passing = self._passing.pop(line)
        for leg in (line, passing.consulted):
            if leg is not None:
                with contextlib.suppress(pj.Error, RefusedError):
                    leg.hang_up()

    def released(self, line: Line, now: float) -> TransferProgressed | None:
        """Let go of a caller whom the exchange took and keeps, in a queue for example.

        Nobody's phone rings for him, so that no word would come until somebody takes him there.
        """
        passing = self._passing.get(line)
        if passing is None or passing.stage is not Stage.ACCEPTED or not line.talking:
            return None
        if now - max(passing.since, line.packet_at) < RELEASED_S:
            return None
        self._take_leave(line)
        return TransferProgressed(line.id, _ACCEPTED, "Accepted", final=True)

    def deserted(self, line: Line, now: float) -> bool:
        """Whether a transfer failed and the caller is not on ``line`` any more."""
        passing = self._passing.get(line)
        if passing is None or passing.stage is not Stage.FAILED:
            return False
        if line.packet_at > passing.since + ON_THE_WAY_S:  # he is, as if nothing had been
            del self._passing[line]
            return False
        return line.talking and now - max(passing.since, line.awaited_at) >= DESERTED_S

    def returned(self, call_id: str, reason: str) -> tuple[Line | None, TransferProgressed | None]:
        """Find the call whose caller now calls again, and what is still to be said of it."""
        for line, passing in self._passing.items():
            if line.call_id == call_id:
                last = TransferProgressed(line.id, _REASONS.get(reason, 480), reason, final=True)
                return line, None if passing.stage is Stage.FAILED else last
        return None, None

    def forget(self, line: Line) -> None:
        """No more is to be said of it."""
        self._passing.pop(line, None)

    def ended(self, line: Line, ended_by: EndedBy) -> TransferProgressed | None:
        """``line`` is over. Who was accepted elsewhere before is there now, and that is success."""
        passing = self._passing.pop(line, None)
        for other in self._passing.values():
            if other.consulted is line:
                other.consulted = None
        accepted = passing is not None and passing.stage in (Stage.ACCEPTED, Stage.RINGING)
        if accepted and ended_by is not EndedBy.NETWORK:
            return TransferProgressed(line.id, _ACCEPTED, "Accepted", final=True)
        return None
