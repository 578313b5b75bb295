"""One call of the engine: what may be done with it (steps ① and ②)."""

from __future__ import annotations

import time
from collections import deque

from pjsua2 import pjsua2 as pj

from sip.engine.callbacks import Notes, SipCall
from sip.engine.holding import COLLIDED, Holding
from sip.engine.line_figures import LineFigures
from sip.engine.line_sound import LineSound, Speakers
from sip.engine.moving import Moving
from sip.engine.refusal import RefusedError
from sip.engine.watch import Watch
from sip.messages import SILENCE_DB, CallHeld, CallStatistics, EndedBy, LevelsMeasured, LineId
from sip.text import is_dtmf

ASKING = "OPTIONS"
"""The request that changes nothing and tells whether the other side still knows the call."""

REST_S = 0.5
"""A hold lasts so long at least. Where it was taken back within some milliseconds, Asterisk 22 went
on playing music to the caller for good, in two of three calls."""

_FIRST_AUDIO = -1
_OPEN = (pj.PJSUA_CALL_MEDIA_ACTIVE, pj.PJSUA_CALL_MEDIA_REMOTE_HOLD)
_SECURE = (pj.PJMEDIA_TP_PROTO_RTP_SAVP, pj.PJMEDIA_TP_PROTO_RTP_SAVPF)


class Line:
    """A call from its INVITE to its end. Every method belongs to the engine's thread.

    Methods raise RefusedError, or pj.Error when the library refuses. ``left`` says that this side
    ended it, and ``ended_by`` then why; ``who`` is the other side's name and number as far as it
    was told. While it is ``passing`` the exchange has taken the other side away for a transfer, and
    nothing is heard of it. ``sounding`` says whether it was open to sound when it was wired last.
    """

    def __init__(self, *, line: LineId, call: SipCall, incoming: bool, ends: Speakers) -> None:
        self.id = line
        self.call = call
        self.incoming = incoming
        self.answered = False
        self.progressed = False
        self.sounding = False
        self.left = False
        self.ended_by: EndedBy | None = None
        self.who = ("", "")
        self.call_id = ""
        self.passing = False
        self.sound = LineSound(ends)
        self.watch = Watch()
        self._moving = Moving(self._live, made_here=not incoming)
        self.holding = Holding(
            self._live, busy=lambda: self._moving.waiting, made_here=not incoming
        )
        self._figures = LineFigures()
        self._held = (False, False)
        self._held_at = 0.0
        self._digits: deque[str] = deque()

    @property
    def ringing(self) -> bool:
        return self.incoming and not self.answered and not self.left

    @property
    def alerting(self) -> bool:
        """Whether the other side rings and sends no sound of its own yet (RFC 3960, 3.2)."""
        waits = not self.incoming and self.progressed and not self.answered
        return waits and not self.sounding and not self.left

    @property
    def talking(self) -> bool:
        """Whether it is answered and nobody holds it."""
        return self.answered and not any(self._held) and not self.left

    @property
    def known(self) -> bool:
        """Whether the other side has said anything in this call, so that it can be asked."""
        return self.incoming or self.progressed or self.answered

    @property
    def held_by_agent(self) -> bool:
        return self._held[0]

    @property
    def packet_at(self) -> float:
        """When the last packet was seen, 0 before the first."""
        return self._figures.packet_at

    @property
    def awaited_at(self) -> float:
        """Since when packets are missing."""
        return self._figures.awaited_at

    # --- signalling ------------------------------------------------------------------------------

    def ring(self) -> None:
        self._answer(180)

    def answer(self) -> None:
        if not self.ringing:
            raise RefusedError("only a ringing call can be answered")
        self._answer(200)

    def _answer(self, status: int) -> None:
        operation = pj.CallOpParam(True)
        operation.statusCode = status
        self._live().answer(operation)

    def reject(self, status: int) -> None:
        if not self.ringing or not 400 <= status <= 699:
            raise RefusedError("only a ringing call can be refused, with a status of 400 to 699")
        self.hang_up(status)

    def hang_up(self, status: int = 0, *, ended_by: EndedBy = EndedBy.AGENT) -> None:
        operation = pj.CallOpParam()
        operation.statusCode = status
        self._live().hangup(operation)
        if not self.left:
            self.left, self.ended_by = True, ended_by

    def hold(self) -> None:
        self.must_be_answered()
        self.holding.want(time.monotonic(), held=True)

    def resume(self) -> None:
        """Take the caller back, at once or as soon as he has been held for REST_S."""
        self.must_be_answered()
        rested = self._held_at + REST_S if self.held_by_agent else 0.0
        self.holding.want(time.monotonic(), held=False, at=rested)

    def move(self) -> None:
        """Tell the other side that this machine has another address now, for SIP and for sound.

        At once or as soon as it can be: not before the call is answered, nor while another change
        of it waits for its answer.
        """
        self._moving.want(time.monotonic())
        self.go_on_moving(time.monotonic())

    def go_on_moving(self, now: float) -> None:
        """Tell what is still to be told, if it can be by now."""
        if self.answered:
            self._moving.go_on(now)

    def note_change(self, status: int, now: float, *, heard: bool) -> None:
        """A change that we asked for has its answer, made up by the library if not ``heard``."""
        self._moving.answered(status, now)
        if heard and status == COLLIDED:
            self.holding.collided(now)

    def transfer(self, uri: str) -> None:
        """Send a REFER to ``uri`` (RFC 3515); onCallTransferStatus says what becomes of it."""
        self.must_be_answered()
        self._live().xfer(uri, pj.CallOpParam())

    def transfer_to(self, consulted: Line) -> None:
        """Send a REFER to the other side of ``consulted``, replacing our call there (RFC 3891)."""
        self.must_be_answered()
        consulted.must_be_answered()
        self._live().xferReplaces(consulted._live(), pj.CallOpParam())

    def ask(self) -> None:
        """Ask the other side whether it still knows this call: OPTIONS inside the dialog.

        It says 481 where the call is forgotten, anything else where it is known, and changes
        nothing.
        """
        request = pj.CallSendRequestParam()
        request.method = ASKING
        self._live().sendRequest(request)

    def send_dtmf(self, digits: str) -> None:
        """Queue ``digits`` behind those that are still on their way."""
        self.must_be_answered()
        if not is_dtmf(digits):
            raise RefusedError("no digits that can be sent")
        self._digits.extend(digits)
        self.go_on_dialling()

    def go_on_dialling(self) -> None:
        """Hand over the digits that the stream takes; its own queue holds 32."""
        while self._digits and self.talking:
            try:
                self._live().dialDtmf(self._digits[0])
            except pj.Error:
                return
            self._digits.popleft()

    # --- sound -----------------------------------------------------------------------------------

    def connect(self) -> None:
        """Wire the call to microphone, speaker and file as its media state says. Repeatable."""
        if (audio := self.audio()) is not None:
            is_open = self.media_status() in _OPEN
            self.sounding = is_open
            self.sound.wire(audio, is_open=is_open)

    def set_mute(self, *, muted: bool) -> None:
        self.sound.set_mute(self.audio(), muted=muted)

    def play(self, path: str, notes: Notes) -> None:
        self.must_be_answered()
        if (audio := self.audio()) is None:
            raise RefusedError("the call has no sound now")
        self.sound.play(audio, path, notes)

    def held_change(self) -> CallHeld | None:
        """Return who holds, if that is different from the last time it was asked."""
        status = self.media_status()
        by_agent = status == pj.PJSUA_CALL_MEDIA_LOCAL_HOLD
        # While we hold, the library does not tell whether the other side does as well.
        by_caller = status == pj.PJSUA_CALL_MEDIA_REMOTE_HOLD or (by_agent and self._held[1])
        if (by_agent, by_caller) == self._held:
            return None
        if by_agent and not self._held[0]:
            self._held_at = time.monotonic()
        self._held = by_agent, by_caller
        return CallHeld(self.id, by_agent, by_caller)

    def levels(self) -> LevelsMeasured:
        """Return what is heard, sent and spoken right now, in dBFS of the mean amplitude."""
        audio = self.audio()
        if audio is None or not self.sounding:
            return LevelsMeasured(self.id, SILENCE_DB, SILENCE_DB)
        return self.sound.levels(self.id, audio)

    # --- figures ---------------------------------------------------------------------------------

    def codec(self) -> str:
        try:
            return str(self._live().getStreamInfo(0).codecName)
        except (pj.Error, RefusedError):
            return ""

    def encrypted(self) -> bool:
        """Whether the sound travels as SRTP and what is signalled over TLS, as negotiated."""
        try:
            secure = self._live().getStreamInfo(0).proto in _SECURE
            return secure and "transport=tls" in self._live().getInfo().localContact.lower()
        except (pj.Error, RefusedError):
            return False

    def note_packets(self, now: float) -> None:
        """See whether packets arrived since the last look; call it some times a second."""
        if self._figures.look(self._live(), now, awaited=self.talking and not self.passing):
            self.watch.heard(now)

    def statistics(self, now: float) -> CallStatistics:
        """Return all figures; the age of the last packet as of the last ``note_packets``."""
        self.must_be_answered()
        return self._figures.tell(
            self.id, self._live(), now, codec=self.codec(), encrypted=self.encrypted()
        )

    # --- what the library knows ------------------------------------------------------------------

    def must_be_answered(self) -> None:
        if not self.answered:
            raise RefusedError("the call is not answered")

    def audio(self) -> pj.AudioMedia | None:
        """The call's port of the bridge, None while it has none."""
        try:
            return self._live().getAudioMedia(_FIRST_AUDIO)
        except (pj.Error, RefusedError):
            return None

    def media_status(self) -> int:
        try:
            info = self._live().getInfo()  # its fields live no longer than this object
        except (pj.Error, RefusedError):
            return int(pj.PJSUA_CALL_MEDIA_NONE)
        for media in info.media:
            if media.type == pj.PJMEDIA_TYPE_AUDIO:
                return int(media.status)
        return int(pj.PJSUA_CALL_MEDIA_NONE)

    def _live(self) -> SipCall:
        if self.call.getId() == pj.PJSUA_INVALID_ID:
            raise RefusedError("the call is over")
        return self.call
