"""The calls of one engine: what the desk asks of them and what happens to them (steps ① and ②)."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import assert_never

from pjsua2 import pjsua2 as pj

from sip.engine.account import SipAccount
from sip.engine.callbacks import Note, Notes, SipCall
from sip.engine.happenings import Happenings
from sip.engine.line import Line
from sip.engine.line_sound import Speakers
from sip.engine.lines import Lines
from sip.engine.outgoing import outgoing
from sip.engine.refusal import RefusedError
from sip.engine.rounds import Rounds
from sip.identity import parse_address
from sip.messages import (
    Answer,
    CallMuted,
    Command,
    CommandRefused,
    CompleteTransfer,
    Conference,
    Configure,
    Event,
    HangUp,
    Hold,
    Listen,
    MakeCall,
    Ping,
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
from sip.text import clean_text


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
        self._lines = Lines(send)
        self._rounds = Rounds(self._lines)
        self._happenings = Happenings(wish=wish, ends=ends, lines=self._lines)

    @property
    def busy(self) -> bool:
        """Whether there is any call at all."""
        return bool(self._lines)

    @property
    def ringing(self) -> bool:
        return any(line.ringing for line in self._lines)

    @property
    def talking(self) -> bool:
        return any(line.answered for line in self._lines)

    @property
    def alerting(self) -> bool:
        """Whether the agent waits for somebody whose phone rings, and hears nothing."""
        return any(line.alerting for line in self._lines)

    @property
    def playing(self) -> bool:
        """Whether a file plays into one of them."""
        return any(line.sound.player is not None for line in self._lines)

    def measure(self) -> None:
        """Make a round; call it some times a second."""
        self._rounds.make(time.monotonic(), exchange_answers=self.exchange_answers)

    def follow(self, note: Note) -> None:
        """Work off what a callback noted."""
        self._happenings.follow(note)

    def hang_up_all(self) -> None:
        for line in self._lines:
            with contextlib.suppress(pj.Error, RefusedError):
                line.hang_up()

    def move(self) -> None:
        """Take every call along to this machine's new address."""
        for line in self._lines:
            with contextlib.suppress(RefusedError, pj.Error):
                line.move()

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
                self._lines.named(line).answer()
            case Reject(line, status):
                self._lines.named(line).reject(status)
            case HangUp(line):
                self._lines.named(line).hang_up()
            case Hold(line):
                self._lines.named(line).hold()
            case Resume(line):
                self._lines.named(line).resume()
            case SetMute(line, muted):
                self._lines.named(line).set_mute(muted=muted)
                self._send(CallMuted(line, muted))
            case SendDtmf(line, digits):
                self._lines.named(line).send_dtmf(digits)
            case PlayFile(line, path):
                self._lines.stop_playing(self._lines.named(line))
                self._lines.named(line).play(path, self._notes)
            case StopPlayback(line):
                self._lines.stop_playing(self._lines.named(line))
            case RequestStatistics(line):
                self._send(self._lines.named(line).statistics(time.monotonic()))
            case Transfer(line, uri):
                self._lines.transfers.blind(self._lines.named(line), uri)
            case CompleteTransfer(line, consulted):
                self._lines.transfers.attended(
                    self._lines.named(line), self._lines.named(consulted)
                )
            case Conference(lines):
                self._send(self._lines.room.set([self._lines.named(line) for line in lines]))
            case Configure():
                raise RefusedError("the engine is configured already")
            case ShutDown():
                raise RefusedError("not here")
            case UseSound() | TestRing() | Listen() | Register():
                raise RefusedError("not here")
            case _:
                assert_never(command)

    def _make_call(self, wish: MakeCall) -> None:
        if wish.line in self._lines or not wish.line.startswith(f"{self._wish.incarnation}-o"):
            raise RefusedError("the line's name belongs to another call or engine")
        operation = outgoing(wish, self._wish.account)
        call = SipCall(self._account, self._notes)
        line = Line(line=wish.line, call=call, incoming=False, ends=self._ends)
        line.who = "", parse_address(wish.uri).user
        line.call_id = dict(wish.headers).get(self._wish.headers.call_id, "")
        self._lines.add(line)
        try:
            call.makeCall(wish.uri, operation)
        except pj.Error:
            self._lines.take_back(line)
            raise
