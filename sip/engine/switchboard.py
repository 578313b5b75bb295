"""The calls of one engine: what the desk asks of them and what happens to them (steps ① and ②)."""

from __future__ import annotations

import contextlib
import logging
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
    SipCall,
    StateSeen,
)
from sip.engine.line import Line, RefusedError, Speakers
from sip.identity import identify
from sip.messages import (
    Answer,
    CallAnswered,
    CallEnded,
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
    IncomingCall,
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
    UseSound,
)
from sip.text import clean_text, is_header, is_sip_uri, name_addr, sip_uri

_NETWORK_STATUSES = {408, 502, 503, 504}

_log = logging.getLogger(__name__)


class Switchboard:
    """Every call of the engine by its name. All methods belong to the engine's thread."""

    def __init__(
        self,
        *,
        wish: Configure,
        account: SipAccount,
        ends: Speakers,
        notes: Notes,
        send: Callable[[Event], None],
    ) -> None:
        self._wish = wish
        self._account = account
        self._ends = ends
        self._notes = notes
        self._send = send
        self._lines: dict[LineId, Line] = {}
        self._incoming = 0

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

    def measure(self) -> None:
        """Send the levels of every answered call."""
        for line in self._lines.values():
            if line.answered:
                with contextlib.suppress(pj.Error, RefusedError):
                    line.note_packets()
                    self._send(line.levels())

    def hang_up_all(self) -> None:
        for line in self._lines.values():
            with contextlib.suppress(pj.Error, RefusedError):
                line.hang_up()

    def drop_all(self) -> None:
        """Let go of what is left: a call somebody still holds when the library goes aborts it."""
        self._lines.clear()

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
                self._send(self._line(line).statistics())
            case Configure():
                raise RefusedError("the engine is configured already")
            case ShutDown():
                raise RefusedError("not here")
            case Transfer() | CompleteTransfer() | Conference():
                raise RefusedError("not yet")
            case UseSound() | TestRing() | Listen() | Register():
                raise RefusedError("not yet")
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
        if not is_sip_uri(wish.uri):
            raise RefusedError("no SIP URI")
        operation = pj.CallOpParam(True)
        for name, value in wish.headers:
            if not is_header(name, value):
                raise RefusedError("a header holds what must not be sent")
            header = pj.SipHeader()
            header.hName, header.hValue = name, value
            operation.txOption.headers.append(header)
        if wish.from_user or wish.from_name:
            account = self._wish.account
            uri = sip_uri(wish.from_user or account.user, account.domain)
            operation.txOption.localUri = name_addr(wish.from_name, uri)
        call = SipCall(self._account, self._notes)
        line = Line(line=wish.line, call=call, incoming=False, ends=self._ends)
        self._lines[wish.line] = line
        try:
            call.makeCall(wish.uri, operation)
        except pj.Error:
            del self._lines[wish.line]
            raise

    def _stop_playing(self, line: Line) -> None:
        if (path := line.stop_playing()) is not None:
            self._send(PlaybackFinished(line.id, path))

    # --- what the library noted ------------------------------------------------------------------

    def follow(self, note: Note) -> None:
        """Work off what a callback noted."""
        match note:
            case Invited(call, message, _source):
                self._invited(call, message)
            case StateSeen(call, state, status, reason):
                self._state_seen(call, state, status, clean_text(reason))
            case MediaSeen(call):
                self._media_seen(call)
            case DigitSeen(call, digit):
                if line := self._line_of(call):
                    self._send(DtmfReceived(line.id, digit))
            case FileEnded(player):
                for line in self._lines.values():
                    if line.player is player:
                        self._stop_playing(line)
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
        self._lines[name] = line
        who = identify(message, self._wish.headers)
        self._send(
            IncomingCall(
                line=name,
                call_id=who.call_id,
                name=who.name,
                number=who.number,
                anonymous=who.anonymous,
                dialled=who.dialled,
                queue=who.queue,
                menu_path=who.menu_path,
                waited_s=who.waited_s,
                from_uri=who.from_uri,
                transferred_by=who.transferred_by,
                returned=who.returned,
            )
        )

    def _state_seen(self, call: SipCall, state: int, status: int, reason: str) -> None:
        if (line := self._line_of(call)) is None:
            return
        if state == pj.PJSIP_INV_STATE_EARLY and not line.incoming:
            self._send(CallProgressed(line.id, status, reason))
        elif state == pj.PJSIP_INV_STATE_CONFIRMED:
            line.answered = True
            self._send(CallAnswered(line.id, line.codec()))
        elif state == pj.PJSIP_INV_STATE_DISCONNECTED:
            del self._lines[line.id]
            line.stop_playing()
            self._send(CallEnded(line.id, status, reason, _ended_by(line, status)))

    def _media_seen(self, call: SipCall) -> None:
        if (line := self._line_of(call)) is None:
            return
        # All of them: pjmedia 2.15 may cut the microphone from every call when a port goes.
        for each in self._lines.values():
            with contextlib.suppress(pj.Error, RefusedError):
                each.connect()
        if change := line.held_change():
            self._send(change)


def _ended_by(line: Line, status: int) -> EndedBy:
    if line.ended_here:
        return EndedBy.AGENT
    return EndedBy.NETWORK if status in _NETWORK_STATUSES else EndedBy.CALLER
