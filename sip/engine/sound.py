"""The sound devices of one engine: opened while they are needed, chosen anew at every plug (①).

What is wanted is one value that the engine's thread replaces at any time; a thread of its own
brings the devices to it, because opening one can take long. It looks at what is plugged in before
each step, when the sound system tells of a change, and now and then by itself.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass, replace

from sip.engine.bridge import FRAME_MS, Bridge
from sip.engine.clock import Clock
from sip.engine.devices import (
    Device,
    Devices,
    NoDeviceError,
    SoundError,
    named,
    ranked,
    ringing,
)
from sip.engine.levels import Meter
from sip.engine.opened import Opened, Opener
from sip.engine.plugged import Plugged
from sip.engine.pumps import MicrophonePump, SpeakerPump
from sip.engine.recorder import SpeakerRecorder
from sip.engine.ring import RingDevices
from sip.engine.slot import Slot
from sip.messages import DevicesFound, SoundChanged, SoundSettings, SoundState
from sip.text import clean_text

BUSY_LOOK_S, IDLE_LOOK_S = 1.0, 5.0
"""How often the devices are looked at, with sound open and without."""
TOLD_LOOK_S = 3.0
"""With sound open, where the sound system tells of changes: only what stalls is looked for."""
LONGEST_PERIOD_MS = 40
MICROPHONE_MS = 10
"""A microphone's period: what it collects waits once more until the bridge takes it."""
LATE_MOST = 8
"""So many late callbacks in one opening, and the periods do not hold on this machine."""
HUNG_S = 5.0
"""The sound system has not answered for so long: say so."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Wish:
    """``talk``: speaker and microphone are open; ``ring``: the ring devices ring."""

    settings: SoundSettings
    talk: bool = False
    ring: bool = False
    stop: bool = False


class Sound:
    """Speaker, microphone and ring devices, or the clock in the speaker's place.

    Methods belong to the engine's thread and return at once; ``poll`` says what became of them.
    ``meter`` measures the microphone while it is on.
    """

    def __init__(
        self, *, bridge: Bridge, settings: SoundSettings, recorder: SpeakerRecorder | None
    ) -> None:
        self.meter = Meter()
        self._wish = _Wish(settings)
        self._wake = threading.Event()
        self._news: deque[SoundChanged | DevicesFound] = deque()
        self._clock = Clock(bridge, recorder, on_stall=self._wake.set)
        self._speaker = Slot[SpeakerPump](
            open_device=self._open_speaker, put_in_charge=self._clock.use_speaker
        )
        self._microphone = Slot[MicrophonePump](
            open_device=self._open_microphone, put_in_charge=self._clock.use_microphone
        )
        self._rings = RingDevices()
        self._opener = Opener(settings.backend.lower())
        self._plugged = Plugged(self._wake.set)
        self._period_ms = FRAME_MS
        self._said = SoundChanged(SoundState.CLOSED)
        self._found = DevicesFound((), ())
        self._known: frozenset[bytes] = frozenset()
        self._done: _Wish | None = None
        self._busy_since: float | None = None
        self._hung_told = False
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
        self._thread.start()

    # --- for the engine's thread -----------------------------------------------------------------

    @property
    def ring_is_silent(self) -> bool:
        """Whether it should ring and no device of its own does."""
        return self._wish.ring and self._done is self._wish and self._rings.silent

    def want(self, *, talk: bool, ring: bool) -> None:
        if (talk, ring) != (self._wish.talk, self._wish.ring):
            self._put(replace(self._wish, talk=talk, ring=ring))

    def use(self, settings: SoundSettings) -> None:
        """Other devices from now on; ``speaker_record`` stays what it was."""
        self._put(replace(self._wish, settings=settings))

    def stop(self, limit_s: float) -> None:
        """Close for good; waits for the devices at most ``limit_s`` seconds.

        The bridge is not touched any more when this returns.
        """
        self._put(replace(self._wish, stop=True))
        self._thread.join(limit_s)
        self._clock.stop()

    def poll(self) -> SoundChanged | DevicesFound | None:
        """Return the oldest news that was not returned yet."""
        busy_since = self._busy_since
        hung = busy_since is not None and time.monotonic() - busy_since > HUNG_S
        if hung and not self._hung_told:
            _log.warning("sound: the sound system does not answer")
            detail = "The sound system does not answer."
            self._news.append(replace(self._said, state=SoundState.FAILED, detail=detail))
        elif self._hung_told and not hung:
            self._news.append(self._said)
        self._hung_told = hung
        return self._news.popleft() if self._news else None

    def _put(self, wish: _Wish) -> None:
        self._wish = wish
        self._wake.set()

    # --- the sound thread ------------------------------------------------------------------------

    def _run(self) -> None:
        while not (wish := self._wish).stop:
            self._busy_since = time.monotonic()
            self._work(wish)
            self._done = wish
            self._busy_since = None
            busy_s = TOLD_LOOK_S if self._plugged.told else BUSY_LOOK_S
            self._wake.wait(busy_s if wish.talk or wish.ring else IDLE_LOOK_S)
            self._wake.clear()
        self._close()

    def _close(self) -> None:
        self._rings.stop()
        self._microphone.empty()
        self._speaker.empty()
        self._clock.stop()
        self._plugged.close()

    def _work(self, wish: _Wish) -> None:
        """Bring the devices to what is wanted and tell what changed."""
        settings = wish.settings
        self._opener = Opener(settings.backend.lower())
        problem = ""
        devices = Devices()
        try:
            devices = self._plugged.look(self._opener)
        except NoDeviceError:
            pass
        except SoundError as error:
            if wish is self._done and self._speaker.moves:
                return  # what runs knows better; the next look will tell
            problem = str(error)
        self._note_changes(wish, devices)
        self._mind_period(settings)
        self._rings.ring(
            self._opener,
            ringing(devices.speakers, settings.rings) if wish.ring else [],
            settings.ring_volume,
        )
        if wish.talk:
            self._clock.start()
            self._speaker.fill(ranked(devices.speakers, settings.speakers), self._period_ms)
            self._microphone.fill(
                ranked(devices.microphones, settings.microphones) if devices.speakers else [],
                MICROPHONE_MS,
            )
        else:
            self._microphone.empty()
            self._speaker.empty()
            self._clock.stop()
        self._tell(devices, settings)
        self._say(self._changed(wish, devices, problem))

    def _note_changes(self, wish: _Wish, devices: Devices) -> None:
        plugged = frozenset(d.identity for d in (*devices.speakers, *devices.microphones))
        if plugged != self._known or wish is not self._done:
            self._known = plugged
            self._speaker.forgive()
            self._microphone.forgive()

    def _mind_period(self, settings: SoundSettings) -> None:
        """Longer periods for a machine on which short ones do not hold."""
        opened = self._speaker.opened
        late = opened.pump.late if opened is not None else 0
        least = max(FRAME_MS, settings.period_ms)
        if late >= LATE_MOST and self._period_ms < LONGEST_PERIOD_MS:
            _log.warning("sound: %d ms periods do not hold", self._period_ms)
            least = LONGEST_PERIOD_MS
        self._period_ms = max(least, self._period_ms)

    def _open_speaker(self, device: Device, period_ms: int) -> Opened[SpeakerPump]:
        pump = SpeakerPump(self._clock, period_ms=period_ms)
        return self._opener.speaker(device, pump, period_ms)

    def _open_microphone(self, device: Device, period_ms: int) -> Opened[MicrophonePump]:
        pump = MicrophonePump(self.meter)
        return self._opener.microphone(device, pump, period_ms)

    # --- what is told ----------------------------------------------------------------------------

    def _changed(self, wish: _Wish, devices: Devices, problem: str) -> SoundChanged:
        rings = self._rings.names
        complaints = [problem, self._rings.complaint]
        if not wish.talk:
            return SoundChanged(SoundState.CLOSED, "", "", _words(complaints), rings)
        settings = wish.settings
        complaints += [
            self._speaker.complaint,
            self._microphone.complaint,
            _missing(devices.speakers, settings.speakers),
            _missing(devices.microphones, settings.microphones),
        ]
        state = SoundState.OPEN
        if self._speaker.opened is None:
            state = SoundState.FAILED if problem or devices.speakers else SoundState.NO_DEVICE
        elif self._microphone.opened is None:
            state = SoundState.NO_MICROPHONE
        return SoundChanged(
            state, self._speaker.name, self._microphone.name, _words(complaints), rings
        )

    def _say(self, news: SoundChanged) -> None:
        if news != self._said:
            self._said = news
            self._news.append(news)

    def _tell(self, devices: Devices, settings: SoundSettings) -> None:
        speaker = next(iter(ranked(devices.speakers, settings.speakers)), None)
        microphone = next(iter(ranked(devices.microphones, settings.microphones)), None)
        found = DevicesFound(
            speakers=tuple(device.name for device in devices.speakers),
            microphones=tuple(d.name for d in devices.microphones if not d.monitor),
            speaker=speaker.name if speaker is not None else "",
            microphone=microphone.name if microphone is not None else "",
            rings=tuple(device.name for device in ringing(devices.speakers, settings.rings)),
        )
        if found != self._found:
            self._found = found
            self._news.append(found)


def _missing(devices: tuple[Device, ...], names: tuple[str, ...]) -> str:
    if not names or any(named(devices, name) for name in names):
        return ""
    return f"{names[0]} is not there, another device is used."


def _words(complaints: list[str]) -> str:
    return clean_text(" ".join(dict.fromkeys(filter(None, complaints))))
