"""One call of the engine: what may be done with it, and its sound (steps ① and ②)."""

from __future__ import annotations

import contextlib
import time
import wave
from dataclasses import dataclass
from pathlib import Path

from pjsua2 import pjsua2 as pj

from sip.engine.callbacks import FilePlayer, Notes, SipCall
from sip.engine.levels import level_db
from sip.messages import SILENCE_DB, CallHeld, CallStatistics, LevelsMeasured, LineId
from sip.text import clean_text, is_dtmf

_FIRST_AUDIO = -1
_CONNECTED = (pj.PJSUA_CALL_MEDIA_ACTIVE, pj.PJSUA_CALL_MEDIA_REMOTE_HOLD)


class RefusedError(Exception):
    """The command makes no sense now; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Speakers:
    """The bridge's own ends: what the agent speaks into and hears from."""

    microphone: pj.AudioMedia
    speaker: pj.AudioMedia


class Line:
    """A call from its INVITE to its end. Every method belongs to the engine's thread.

    Methods raise RefusedError, or pj.Error when the library refuses.
    """

    def __init__(self, *, line: LineId, call: SipCall, incoming: bool, ends: Speakers) -> None:
        self.id = line
        self.call = call
        self.incoming = incoming
        self.answered = False
        self.ended_here = False
        self.muted = False
        self.player: FilePlayer | None = None
        self._ends = ends
        self._held = (False, False)
        self._packets = 0
        self._packets_at = time.monotonic()

    @property
    def ringing(self) -> bool:
        return self.incoming and not self.answered

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

    def hang_up(self, status: int = 0) -> None:
        operation = pj.CallOpParam()
        operation.statusCode = status
        self._live().hangup(operation)
        self.ended_here = True

    def hold(self) -> None:
        self._must_be_answered()
        self._live().setHold(pj.CallOpParam(True))

    def resume(self) -> None:
        self._must_be_answered()
        operation = pj.CallOpParam(True)
        operation.opt.flag |= pj.PJSUA_CALL_UNHOLD
        self._live().reinvite(operation)

    def send_dtmf(self, digits: str) -> None:
        self._must_be_answered()
        if not is_dtmf(digits):
            raise RefusedError("no digits that can be sent")
        self._live().dialDtmf(digits)

    # --- sound -----------------------------------------------------------------------------------

    def connect(self) -> None:
        """Wire the call to microphone, speaker and file as its media state says. Repeatable."""
        if (audio := self._audio()) is None:
            return
        self._apply_mute(audio)
        if self._media_status() not in _CONNECTED:
            with contextlib.suppress(pj.Error):  # was not wired
                self._ends.microphone.stopTransmit(audio)
            with contextlib.suppress(pj.Error):
                audio.stopTransmit(self._ends.speaker)
            return
        self._ends.microphone.startTransmit(audio)
        audio.startTransmit(self._ends.speaker)
        if self.player is not None:
            self.player.startTransmit(audio)

    def held_change(self) -> CallHeld | None:
        """Return who holds, if that is different from the last time it was asked."""
        status = self._media_status()
        by_agent = status == pj.PJSUA_CALL_MEDIA_LOCAL_HOLD
        # While we hold, the library does not tell whether the other side does as well.
        by_caller = status == pj.PJSUA_CALL_MEDIA_REMOTE_HOLD or (by_agent and self._held[1])
        if (by_agent, by_caller) == self._held:
            return None
        self._held = by_agent, by_caller
        return CallHeld(self.id, by_agent, by_caller)

    def set_mute(self, *, muted: bool) -> None:
        self.muted = muted
        if (audio := self._audio()) is not None:
            self._apply_mute(audio)

    def _apply_mute(self, audio: pj.AudioMedia) -> None:
        # Everything the bridge gives this call is multiplied by this: silent whatever is wired.
        audio.adjustRxLevel(0.0 if self.muted else 1.0)

    def play(self, path: str, notes: Notes) -> None:
        self._must_be_answered()
        _must_be_playable(path)
        if (audio := self._audio()) is None:
            raise RefusedError("the call has no sound now")
        self.player = FilePlayer(notes, path)
        self.player.startTransmit(audio)

    def stop_playing(self) -> str | None:
        """Drop the file that plays; return its path, None if there was none."""
        player, self.player = self.player, None
        return player.path if player is not None else None

    def levels(self) -> LevelsMeasured:
        """Return what is heard and sent right now, in dBFS of the mean amplitude."""
        audio = self._audio()
        if audio is None or not audio_is_open(self._media_status()):
            return LevelsMeasured(self.id, SILENCE_DB, SILENCE_DB)
        sent = SILENCE_DB if self.muted else level_db(audio.getRxLevel())
        return LevelsMeasured(self.id, level_db(audio.getTxLevel()), sent)

    # --- figures ---------------------------------------------------------------------------------

    def codec(self) -> str:
        try:
            return str(self._live().getStreamInfo(0).codecName)
        except (pj.Error, RefusedError):
            return ""

    def note_packets(self) -> None:
        """See whether packets arrived since the last look; call it some times a second."""
        stat = self._live().getStreamStat(0)
        if stat.rtcp.rxStat.pkt != self._packets:
            self._packets, self._packets_at = stat.rtcp.rxStat.pkt, time.monotonic()

    def statistics(self) -> CallStatistics:
        self._must_be_answered()
        self.note_packets()
        whole = self._live().getStreamStat(0)  # its fields live no longer than this object
        stat = whole.rtcp
        return CallStatistics(
            line=self.id,
            codec=self.codec(),
            received_packets=stat.rxStat.pkt,
            lost_packets=stat.rxStat.loss,
            sent_packets=stat.txStat.pkt,
            jitter_ms=stat.rxStat.jitterUsec.mean / 1000,
            round_trip_ms=stat.rttUsec.mean / 1000,
            since_last_packet_s=round(time.monotonic() - self._packets_at, 3),
        )

    # --- what the library knows ------------------------------------------------------------------

    def _live(self) -> SipCall:
        if self.call.getId() == pj.PJSUA_INVALID_ID:
            raise RefusedError("the call is over")
        return self.call

    def _must_be_answered(self) -> None:
        if not self.answered:
            raise RefusedError("the call is not answered")

    def _audio(self) -> pj.AudioMedia | None:
        try:
            return self._live().getAudioMedia(_FIRST_AUDIO)
        except (pj.Error, RefusedError):
            return None

    def _media_status(self) -> int:
        try:
            info = self._live().getInfo()  # its fields live no longer than this object
        except (pj.Error, RefusedError):
            return int(pj.PJSUA_CALL_MEDIA_NONE)
        for media in info.media:
            if media.type == pj.PJMEDIA_TYPE_AUDIO:
                return int(media.status)
        return int(pj.PJSUA_CALL_MEDIA_NONE)


def audio_is_open(media_status: int) -> bool:
    return media_status in _CONNECTED


def _must_be_playable(path: str) -> None:
    try:
        with wave.open(str(Path(path)), "rb") as file:
            shape = file.getnchannels(), file.getsampwidth(), file.getframerate()
    except (OSError, EOFError, wave.Error) as problem:
        raise RefusedError(clean_text(f"the file cannot be played: {problem}")) from problem
    if shape not in {(1, 2, 8_000), (1, 2, 16_000)}:
        raise RefusedError("only 16-bit mono WAV files of 8 or 16 kHz can be played")
