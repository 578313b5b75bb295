"""Who moves the conference bridge on, whatever happens to the sound devices (step ①).

Every call's sound moves by a frame each time a frame is fetched for the speaker, so the speaker's
device is the clock. Devices are unplugged, stall and are exchanged; a thread of our own stands by
and fetches in real time while no speaker does, so that the calls keep sending and nobody hangs up
on a desk that has only lost its headset.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

from sip.engine.bridge import FRAME_MS, SILENCE, Bridge
from sip.engine.recorder import SpeakerRecorder

STALL_S = 0.25
"""A speaker that fetches nothing for so long has stopped; shorter pauses a device catches up."""
_LEAST_LOOK_S = 0.01
_FRAME_S = FRAME_MS / 1000
_LATEST_S = 0.2
"""Further behind than this, lost time is not made up for."""


class Microphone(Protocol):
    def take(self) -> list[bytes]:
        """Return the frames that the bridge is given before the next one is fetched from it."""
        ...


class Clock:
    """Lets one speaker fetch from the bridge, and gives it what one microphone hears. Any thread.

    Whoever is not in charge is told so (None) or not heard. Between ``stop`` and ``start`` nobody
    is, and the bridge is not touched.
    """

    def __init__(
        self,
        bridge: Bridge,
        recorder: SpeakerRecorder | None,
        *,
        on_stall: Callable[[], None] = lambda: None,
    ) -> None:
        """``on_stall`` is called, in the clock's thread, when the speaker in charge stops."""
        self._bridge = bridge
        self._recorder = recorder
        self._on_stall = on_stall
        self._out, self._in = threading.Lock(), threading.Lock()
        self._speaker: object | None = None
        self._microphone: Microphone | None = None
        self._fetched_at = 0.0
        self._nudge = threading.Event()
        self._running = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        if not self._running:
            self._running = True
            self._fetched_at = time.monotonic()
            self._thread = threading.Thread(target=self._stand_by, name="clock", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Nobody touches the bridge any more when this returns."""
        self._running = False
        self._nudge.set()
        with self._out:
            self._speaker = None
        with self._in:
            self._microphone = None
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()

    def use_speaker(self, speaker: object | None) -> None:
        """From now on ``speaker`` fetches; None for nobody, then the clock does it alone."""
        with self._out:
            self._speaker = speaker if self._running else None
            self._fetched_at = time.monotonic()
        self._nudge.set()

    def use_microphone(self, microphone: Microphone | None) -> None:
        """From now on ``microphone`` is heard; None for nobody, then it is silent.

        The one before is not asked any more when this returns.
        """
        with self._in:
            self._microphone = microphone if self._running else None

    def fetch(self, speaker: object) -> bytes | None:
        """Return one frame for ``speaker``, None when it is not in charge."""
        with self._out:
            if speaker is not self._speaker:
                return None
            self._fetched_at = time.monotonic()
            return self._move()

    def register_thread(self, name: str) -> object:
        return self._bridge.register_thread(name)

    def _move(self) -> bytes:
        with self._in:
            spoken = [SILENCE] if self._microphone is None else self._microphone.take()
            for frame in spoken:
                self._bridge.put(frame)
        frame = self._bridge.get()
        if self._recorder is not None:
            self._recorder.feed(frame)
        return frame

    # --- the thread that stands by ---------------------------------------------------------------

    def _stand_by(self) -> None:
        registered = self._bridge.register_thread("clock")
        due: float | None = None  # when the next frame is; None while a speaker fetches them
        while registered and self._running:
            if not self._moved_instead():
                due = None
                stalled_at = self._fetched_at + STALL_S
                self._nudge.wait(max(_LEAST_LOOK_S, stalled_at - time.monotonic()))
                self._nudge.clear()
                continue
            now = time.monotonic()
            if due is None and self._speaker is not None:
                self._on_stall()
            if due is None or now - due > _LATEST_S:
                due = now
            due += _FRAME_S
            time.sleep(max(0.0, due - now))

    def _moved_instead(self) -> bool:
        """Move the bridge on if no speaker does; return whether that was so."""
        with self._out:
            stalled = time.monotonic() - self._fetched_at > STALL_S
            if not self._running or not (self._speaker is None or stalled):
                return False
            self._move()
            return True
