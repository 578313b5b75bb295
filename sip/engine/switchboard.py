"""The calls of one engine: what the desk asks of them and what happens to them (steps ① and ②)."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from typing import assert_never

from pjsua2 import pjsua2 as pj

from sip.engine.account import SipAccount
from sip.engine.callbacks import (
    DigitSeen,
    FileEnded,
    Invited,
    MediaSeen,
    Note,
    Notes,
    Replaced,
    SipCall,
    StateSeen,
    TransactionSeen,
    TransferSeen,
)
from sip.engine.conference import Room
from sip.engine.incoming import incoming_call
from sip.engine.line import ASKING, Line
from sip.engine.line_sound import Speakers
from sip.engine.outgoing import outgoing
from sip.engine.refusal import RefusedError
from sip.engine.transfer import Transfers
from sip.engine.watch import Verdict
from sip.identity import CallerIdentity, connected, identify, parse_address
from sip.messages import (
    Answer,
    CallAnswered,
    CallEnded,
    CallIdentified,
    CallMuted,
    CallProgressed,
    Command,
    CommandRefused,
    CompleteTransfer,
    Conference,
    Configure,
    DtmfReceived,
    EndedBy,
    Event,
    HangUp,
    Hold,
    LineId,
    Listen,
    MakeCall,
    Ping,
    PlaybackFinished,
    PlayFile,
    Pong,
    Register,
    Reject,
    RequestStatistics,
    Resume,
    SendDtmf,
    SetMute,
    ShutDown,
    StopPlayback,
    TestRing,
    Transfer,
    TransferProgressed,
    UseSound,
)
from sip.text import clean_text

FIGURES_S = 1.0
GRACE_S = 3.0
"""So long the other side may take to confirm our hang-up; then the call is over for the desk."""

_FORGOTTEN = 481
_NETWORK_STATUSES = {408, _FORGOTTEN, 502, 503, 504}

_log = logging.getLogger(__name__)


class Switchboard:
    """Every call of the engine by its name. All methods belong to the engine's thread.

    ``exchange_answers`` is for others to set: whether the exchange can be reached right now.
    """

    def __init__(
        self,
        *,
        wish: Configure,
        account: SipAccount,
        ends: Speakers,
        notes: Notes,
        send: Callable[[Event], None],
    ) -> None:
        self.exchange_answers = True
        self._wish = wish
        self._account = account
        self._ends = ends
        self._notes = notes
        self._send = send
        self._lines: dict[LineId, Line] = {}
        self._leaving: list[SipCall] = []  # over for the desk, but not yet for the library
        self._room = Room()
        self._transfers = Transfers()
        self._incoming = 0
        self._figures_at = 0.0

    @property
    def busy(self) -> bool:
        """Whether there is any call at all."""
        return bool(self._lines)

    @property
    def ringing(self) -> bool:
        return any(line.ringing for line in self._lines.values())

    @property
    def talking(self) -> bool:
        return any(line.answered for line in self._lines.values())

    @property
    def alerting(self) -> bool:
        """Whether the agent waits for somebody whose phone rings, and hears nothing."""
        return any(line.alerting for line in self._lines.values())

    def hang_up_all(self) -> None:
        for line in self._lines.values():
            with contextlib.suppress(pj.Error, RefusedError):
                line.hang_up()

    def move(self) -> None:
        """Take every call along to this machine's new address."""
        for line in self._lines.values():
            with contextlib.suppress(RefusedError, pj.Error):
                line.move()

    def drop_all(self) -> None:
        """Let go of what is left: a call somebody still holds when the library goes aborts it."""
        self._lines.clear()
        self._leaving.clear()
        self._room, self._transfers = Room(), Transfers()

    # --- ten times a second ----------------------------------------------------------------------

    def measure(self) -> None:
        """Look after every call: levels, figures, digits on their way, and whether it is alive."""
        now = time.monotonic()
        figures = now - self._figures_at >= FIGURES_S
        if figures:
            self._figures_at = now
        for line in tuple(self._lines.values()):
            with contextlib.suppress(pj.Error, RefusedError):
                if line.answered:
                    line.note_packets(now)
                    line.go_on_dialling()
                    self._send(line.levels())
                    if figures:
                        self._send(line.statistics(now))
            self._watch(line, now)

    def _watch(self, line: Line, now: float) -> None:
        if line.left_at is not None:
            if now - line.left_at >= GRACE_S:
                self._over(line, 0, "")
            return
        if self._transfers.deserted(line, now):
            self._hang_up(line, EndedBy.CALLER, 200, "the caller is gone")
            return
        self._tell(self._transfers.released(line, now))
        verdict = line.watch.judge(now, talking=line.talking, reachable=self.exchange_answers)
        if verdict is Verdict.ASK and line.known:
            with contextlib.suppress(pj.Error, RefusedError):
                line.ask()
        elif verdict is Verdict.LOST:
            self._hang_up(line, EndedBy.NETWORK, 408, "no sign of life")

    def _hang_up(self, line: Line, ended_by: EndedBy, status: int, reason: str) -> None:
        """End a call that is over already, without waiting for the other side."""
        with contextlib.suppress(pj.Error, RefusedError):
            line.hang_up(ended_by=ended_by)
        line.ended_by = ended_by
        self._over(line, status, reason)

    def _tell(self, event: Event | None) -> None:
        if event is not None:
            self._send(event)

    # --- commands --------------------------------------------------------------------------------

    def obey(self, command: Command) -> None:
        """Do what the desk asks, or send CommandRefused."""
        line = getattr(command, "line", None)
        try:
            self._do(command)
        except RefusedError as problem:
            self._send(CommandRefused(type(command).__name__, line, str(problem)))
        except pj.Error as problem:
            reason = clean_text(problem.reason)
            self._send(CommandRefused(type(command).__name__, line, reason))

    def _do(self, command: Command) -> None:  # noqa: C901, PLR0912 - one arm for each command
        match command:
            case Ping(token):
                self._send(Pong(token))
            case MakeCall():
                self._make_call(command)
            case Answer(line):
                self._line(line).answer()
            case Reject(line, status):
                self._line(line).reject(status)
            case HangUp(line):
                self._line(line).hang_up()
            case Hold(line):
                self._line(line).hold()
            case Resume(line):
                self._line(line).resume()
            case SetMute(line, muted):
                self._line(line).set_mute(muted=muted)
                self._send(CallMuted(line, muted))
            case SendDtmf(line, digits):
                self._line(line).send_dtmf(digits)
            case PlayFile(line, path):
                self._stop_playing(self._line(line))
                self._line(line).play(path, self._notes)
            case StopPlayback(line):
                self._stop_playing(self._line(line))
            case RequestStatistics(line):
                self._send(self._line(line).statistics(time.monotonic()))
            case Transfer(line, uri):
                self._transfers.blind(self._line(line), uri)
            case CompleteTransfer(line, consulted):
                self._transfers.attended(self._line(line), self._line(consulted))
            case Conference(lines):
                self._send(self._room.set([self._line(line) for line in lines]))
            case Configure():
                raise RefusedError("the engine is configured already")
            case ShutDown():
                raise RefusedError("not here")
            case UseSound() | TestRing() | Listen() | Register():
                raise RefusedError("not here")
            case _:
                assert_never(command)

    def _line(self, line: LineId) -> Line:
        try:
            return self._lines[line]
        except KeyError as problem:
            raise RefusedError("there is no such call") from problem

    def _make_call(self, wish: MakeCall) -> None:
        if wish.line in self._lines or not wish.line.startswith(f"{self._wish.incarnation}-o"):
            raise RefusedError("the line's name belongs to another call or engine")
        operation = outgoing(wish, self._wish.account)
        call = SipCall(self._account, self._notes)
        line = Line(line=wish.line, call=call, incoming=False, ends=self._ends)
        line.who = "", parse_address(wish.uri).user
        line.call_id = dict(wish.headers).get(self._wish.headers.call_id, "")
        self._lines[wish.line] = line
        try:
            call.makeCall(wish.uri, operation)
        except pj.Error:
            del self._lines[wish.line]
            raise

    def _stop_playing(self, line: Line) -> None:
        if (path := line.sound.stop_playing()) is not None:
            self._send(PlaybackFinished(line.id, path))

    # --- what the library noted ------------------------------------------------------------------

    def follow(self, note: Note) -> None:  # noqa: C901, PLR0912 - one arm for each note
        """Work off what a callback noted."""
        match note:
            case Invited(call, message, _source):
                self._invited(call, message)
            case FileEnded(player):
                for each in self._lines.values():
                    if each.sound.player is player:
                        self._stop_playing(each)
            case StateSeen(call, state, status, reason):
                self._state_seen(call, state, status, clean_text(reason))
            case MediaSeen(call):
                self._media_seen(call)
            case DigitSeen(call, digit):
                if line := self._line_of(call):
                    self._send(DtmfReceived(line.id, digit))
            case TransactionSeen():
                if line := self._line_of(note.call):
                    self._transaction_seen(line, note)
            case TransferSeen(call, status, reason, final):
                if line := self._line_of(call):
                    told = TransferProgressed(line.id, status, clean_text(reason), final)
                    self._tell(self._transfers.follow(line, told, time.monotonic()))
            case Replaced(call, new):
                self._replaced(call, new)
            case _:
                assert_never(note)

    def _line_of(self, call: SipCall) -> Line | None:
        return next((line for line in self._lines.values() if line.call is call), None)

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
        self._lines[name] = line
        self._send(incoming_call(name, who))

    def _caller_returns(self, who: CallerIdentity) -> None:
        """The target did not take him: he is on the new call, and no more on the old one."""
        line, last_word = self._transfers.returned(who.call_id, who.returned)
        self._tell(last_word)
        if line is not None:
            line.passing = False
            self._transfers.forget(line)
            self._hang_up(line, EndedBy.CALLER, 200, who.returned)

    def _state_seen(self, call: SipCall, state: int, status: int, reason: str) -> None:
        if state == pj.PJSIP_INV_STATE_DISCONNECTED and call in self._leaving:
            self._leaving.remove(call)
        if (line := self._line_of(call)) is None:
            return
        if state == pj.PJSIP_INV_STATE_EARLY and not line.incoming:
            line.progressed = True
            self._send(CallProgressed(line.id, status, reason))
        elif state == pj.PJSIP_INV_STATE_CONFIRMED and not line.answered:
            line.answered = True
            self._send(CallAnswered(line.id, line.codec(), line.encrypted()))
        elif state == pj.PJSIP_INV_STATE_DISCONNECTED:
            self._over(line, status, reason)

    def _over(self, line: Line, status: int, reason: str) -> None:
        """The call is over for the desk, whatever the library still waits for."""
        del self._lines[line.id]
        if line.call.getId() != pj.PJSUA_INVALID_ID:
            self._leaving.append(line.call)
        line.sound.stop_playing()
        self._tell(self._room.leave(line))
        ended_by = _ended_by(line, status)
        if passed_on := self._transfers.ended(line, ended_by):
            self._send(passed_on)
            ended_by = EndedBy.AGENT
        self._send(CallEnded(line.id, status, reason, ended_by))

    def _media_seen(self, call: SipCall) -> None:
        if (line := self._line_of(call)) is None:
            return
        change = line.held_change()
        # All of them: pjmedia 2.15 may cut the microphone from every call when a port goes.
        for each in self._lines.values():
            with contextlib.suppress(pj.Error, RefusedError):
                each.connect()
        left = self._room.leave(line) if line.held_by_agent else None
        self._room.connect()
        self._tell(change)
        self._tell(left)

    def _transaction_seen(self, line: Line, seen: TransactionSeen) -> None:
        if seen.heard:
            line.watch.heard(time.monotonic())
        if seen.ours and seen.heard and seen.method == ASKING and seen.status == _FORGOTTEN:
            # The library ends by itself only calls that were answered.
            self._hang_up(line, EndedBy.NETWORK, _FORGOTTEN, "the exchange does not know the call")
            return
        if seen.message and (who := connected(seen.message)) and who != line.who:
            line.who = who
            self._send(CallIdentified(line.id, *who))

    def _replaced(self, call: SipCall, new: SipCall) -> None:
        if (line := self._line_of(call)) is None:
            self._leaving.append(new)
            return
        self._leaving.append(call)
        line.call = new
        who = parse_address(new.getInfo().remoteUri)
        line.who = who.name, who.user
        self._send(CallIdentified(line.id, *line.who))
        self._media_seen(new)


def _ended_by(line: Line, status: int) -> EndedBy:
    if line.ended_by is not None:
        return line.ended_by
    return EndedBy.NETWORK if status in _NETWORK_STATUSES else EndedBy.CALLER
