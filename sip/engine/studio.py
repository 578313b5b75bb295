"""All sound of one engine but the calls' own: devices, tones, ring, trying out (steps ① and ②)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from pjsua2 import pjsua2 as pj

from sip.engine.bridge import Bridge, BridgeError
from sip.engine.line_sound import Speakers
from sip.engine.recorder import SpeakerRecorder
from sip.engine.sound import Sound
from sip.engine.tones import Farewell, Tone, TonePlayer
from sip.messages import (
    CommandRefused,
    Configure,
    Event,
    Listen,
    MicrophoneMeasured,
    SoundChanged,
    SoundState,
    TestRing,
    UseSound,
)
from sip.text import clean_text

SoundCommand = UseSound | TestRing | Listen

_log = logging.getLogger(__name__)


class Calls(Protocol):
    """What the studio must know of the calls; see Switchboard."""

    @property
    def busy(self) -> bool: ...

    @property
    def ringing(self) -> bool: ...

    @property
    def talking(self) -> bool: ...

    @property
    def alerting(self) -> bool: ...


class Studio:
    """Belongs to the engine's thread. Raises OSError when the speaker cannot be recorded."""

    def __init__(
        self, *, endpoint: pj.Endpoint, wish: Configure, send: Callable[[Event], None]
    ) -> None:
        self._wish = wish
        self._send = send
        self.listening = False
        """Whether the desk is told what the microphone hears."""
        self._testing = False
        self._farewell = Farewell()
        self._recorder: SpeakerRecorder | None = None
        self._sound = self._bring_up(endpoint)
        devices = endpoint.audDevManager()
        self.ends = Speakers(devices.getCaptureDevMedia(), devices.getPlaybackDevMedia())
        self._tones = TonePlayer(self.ends.speaker)
        _keep_flowing(self.ends)

    def _bring_up(self, endpoint: pj.Endpoint) -> Sound | None:
        settings = self._wish.sound
        try:
            bridge = Bridge()
        except BridgeError as problem:
            _log.warning("no sound: %s", problem)
            endpoint.audDevManager().setNullDev()
            self._send(SoundChanged(SoundState.FAILED, detail=clean_text(str(problem))))
            return None
        if settings.speaker_record:
            path = Path(settings.speaker_record)
            self._recorder = SpeakerRecorder(path, append=self._wish.incarnation > 1)
        return Sound(bridge=bridge, settings=settings, recorder=self._recorder)

    def obey(self, command: SoundCommand) -> None:
        """Do what the desk asks, or send CommandRefused."""
        if self._sound is None:
            self._send(CommandRefused(type(command).__name__, None, "there is no sound"))
            return
        match command:
            case UseSound(settings):
                self._sound.use(settings)
            case TestRing(on):
                self._testing = on
            case Listen(on):
                self.listening = self._sound.meter.on = on

    def hear(self, event: Event) -> None:
        """Learn from what the desk is told."""
        self._farewell.hear(event)

    def mind(self, calls: Calls) -> None:
        """Bring devices and tones to what the calls need; often, and at each change of them."""
        tone = self._farewell.now() if self._wish.call_tones else Tone.SILENT
        rings = calls.ringing and not calls.talking and self._wish.ring_tone
        if self._sound is not None:
            talk = calls.busy or self.listening or tone is not Tone.SILENT
            self._sound.want(talk=talk, ring=rings or self._testing)
            while news := self._sound.poll():
                self._send(news)
        self._tones.set(self._tone(calls, tone, rings=rings))

    def _tone(self, calls: Calls, farewell: Tone, *, rings: bool) -> Tone:
        if rings:
            silent = self._sound is None or self._sound.ring_is_silent
            return Tone.RING if silent else Tone.SILENT
        if calls.ringing and self._wish.ring_tone:
            return Tone.WAITING
        if calls.alerting and self._wish.call_tones:
            return Tone.RINGBACK
        return Tone.SILENT if calls.busy else farewell

    def measure(self) -> None:
        """Once in a round."""
        if self._recorder is not None:
            self._recorder.flush()
        if self.listening and self._sound is not None:
            level_db, peak_db = self._sound.meter.take()
            self._send(MicrophoneMeasured(level_db, peak_db))

    def stop(self, limit_s: float) -> None:
        """Close the devices; the bridge is not touched any more when this returns."""
        if self._sound is not None:
            self._sound.stop(limit_s)
        if self._recorder is not None:
            self._recorder.close()


def _keep_flowing(ends: Speakers) -> None:
    """Let the bridge always take what the microphone gives, heard by nobody.

    Else a frame stays in the bridge's buffer when a call is wired or cut off, and what she says
    comes later by that from then on (sip.engine.reservoir).
    """
    wire = pj.AudioMediaTransmitParam()
    wire.level = 0.0
    ends.microphone.startTransmit2(ends.speaker, wire)
