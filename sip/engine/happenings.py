"""What happens to calls without the desk's doing, as the library noted it (steps ① and ②)."""

from __future__ import annotations

import logging
import time
from typing import assert_never

from pjsua2 import pjsua2 as pj

from sip.engine.callbacks import (
    CHANGING,
    DigitSeen,
    FileEnded,
    Invited,
    MediaSeen,
    Note,
    Replaced,
    SipCall,
    StateSeen,
    TransactionSeen,
    TransferSeen,
)
from sip.engine.incoming import incoming_call
from sip.engine.line import ASKING, Line
from sip.engine.line_sound import Speakers
from sip.engine.lines import FORGOTTEN, Lines
from sip.engine.refusal import RefusedError
from sip.identity import CallerIdentity, connected, identify, parse_address
from sip.messages import (
    CallAnswered,
    CallIdentified,
    CallProgressed,
    Configure,
    DtmfReceived,
    EndedBy,
    LineId,
    TransferProgressed,
)
from sip.text import clean_text

_FINAL = 200

_log = logging.getLogger(__name__)


class Happenings:
    """Works off notes, one after the other, outside the library's callbacks. Engine's thread."""

    def __init__(self, *, wish: Configure, ends: Speakers, lines: Lines) -> None:
        self._wish = wish
        self._ends = ends
        self._lines = lines
        self._incoming = 0

    def follow(self, note: Note) -> None:  # noqa: C901, PLR0912 - one arm for each note
        """Work off what a callback noted."""
        match note:
            case Invited(call, message, _source):
                self._invited(call, message)
            case FileEnded(player):
                for each in self._lines:
                    if each.sound.player is player:
                        self._lines.stop_playing(each)
            case StateSeen(call, state, status, reason):
                self._state_seen(call, state, status, clean_text(reason))
            case MediaSeen(call):
                if line := self._lines.of(call):
                    self._media_seen(line)
            case DigitSeen(call, digit):
                if line := self._lines.of(call):
                    self._lines.tell(DtmfReceived(line.id, digit))
            case TransactionSeen():
                if line := self._lines.of(note.call):
                    self._transaction_seen(line, note)
            case TransferSeen(call, status, reason, final):
                if line := self._lines.of(call):
                    told = TransferProgressed(line.id, status, clean_text(reason), final)
                    self._lines.tell(self._lines.transfers.follow(line, told, time.monotonic()))
            case Replaced(call, new):
                self._replaced(call, new)
            case _:
                assert_never(note)

    # --- a new call ------------------------------------------------------------------------------

    def _invited(self, call: SipCall, message: str) -> None:
        self._incoming += 1
        name = LineId(f"{self._wish.incarnation}-i{self._incoming}")
        line = Line(line=name, call=call, incoming=True, ends=self._ends)
        try:
            line.ring()
        except (pj.Error, RefusedError) as problem:  # gave up at once, or nothing we can talk
            _log.info("%s could not ring: %s", name, problem)
            return
        who = identify(message, self._wish.headers)
        line.who, line.call_id = (who.name, who.number), who.call_id
        if who.returned:
            self._caller_returns(who)
        self._lines.add(line)
        self._lines.tell(incoming_call(name, who))

    def _caller_returns(self, who: CallerIdentity) -> None:
        """The target did not take him: he is on the new call, and no more on the old one."""
        line, last_word = self._lines.transfers.returned(who.call_id, who.returned)
        self._lines.tell(last_word)
        if line is not None:
            self._lines.transfers.forget(line)
            self._lines.hang_up(line, EndedBy.CALLER, 200, who.returned)
        for left in self._lines:  # whom the library has not told us yet that he is gone
            if left.left and who.call_id and left.call_id == who.call_id:
                self._lines.over(left, 200, who.returned)

    # --- a call that is there --------------------------------------------------------------------

    def _state_seen(self, call: SipCall, state: int, status: int, reason: str) -> None:
        if state == pj.PJSIP_INV_STATE_DISCONNECTED:
            self._lines.let_go(call)
        if (line := self._lines.of(call)) is None:
            return
        if state == pj.PJSIP_INV_STATE_EARLY and not line.incoming:
            line.progressed = True
            self._lines.tell(CallProgressed(line.id, status, reason))
        elif state == pj.PJSIP_INV_STATE_CONFIRMED and not line.answered:
            line.answered = True
            self._lines.tell(CallAnswered(line.id, line.codec(), line.encrypted()))
        elif state == pj.PJSIP_INV_STATE_DISCONNECTED:
            self._lines.over(line, status, reason)

    def _media_seen(self, line: Line) -> None:
        change = line.held_change()
        left = self._lines.room.leave(line) if line.held_by_agent else None
        self._lines.connect()
        self._lines.tell(change)
        self._lines.tell(left)

    def _transaction_seen(self, line: Line, seen: TransactionSeen) -> None:
        if seen.heard:
            line.watch.heard(time.monotonic())
        if seen.ours and seen.heard and seen.method == ASKING and seen.status == FORGOTTEN:
            # The library ends by itself only calls that were answered.
            reason = "the exchange does not know the call"
            self._lines.hang_up(line, EndedBy.NETWORK, FORGOTTEN, reason)
            return
        if seen.ours and seen.method in CHANGING and seen.status >= _FINAL:
            line.note_change(seen.status, time.monotonic(), heard=seen.heard)
        if seen.message and (who := connected(seen.message)) and who != line.who:
            line.who = who
            self._lines.tell(CallIdentified(line.id, *who))

    def _replaced(self, call: SipCall, new: SipCall) -> None:
        if (line := self._lines.of(call)) is None:
            self._lines.keep(new)
            return
        self._lines.keep(call)
        line.call = new
        try:
            who = parse_address(new.getInfo().remoteUri)
        except pj.Error:  # over already: its last state comes next
            return
        line.who = who.name, who.user
        self._lines.tell(CallIdentified(line.id, *line.who))
        self._media_seen(line)
