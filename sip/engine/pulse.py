"""Streams of a PulseAudio server, asked for whole periods only (step ①).

miniaudio 1.71 leaves it to the server how much a stream asks for at once, and that is a quarter of
the period: four wakes of a thread where one would do, and half of what a call costs the processor.
So on PulseAudio its own library is used: a speaker that asks for one period at a time, and a
microphone without a thread, which is looked at whenever the bridge is moved on.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Generator

from sip.engine import libpulse
from sip.engine.bridge import RATE_HZ
from sip.engine.libpulse import NO_SIZE, STREAM, STREAM_FLAGS
from sip.engine.pulse_server import Connection

PERIODS = 2
"""Of the speaker: one plays while the next is fetched."""
LATEST_S = 0.2
"""Further behind than this, it has stood still: lost time is not made up for."""
DRIFT = 0.001
"""So much faster than ours may a speaker's clock be."""
_DO_NOT_WAIT = 0


class _Stream(Connection):
    """A connection with one stream."""

    _stream: int | None = None

    @property
    def ended(self) -> bool:
        """Whether the stream is over for good: its device or its server is gone. Any thread."""
        stream = self._stream
        return stream is None or self._lib.pa_stream_get_state(stream) != STREAM.ready

    def _leave(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            self._lib.pa_stream_disconnect(stream)
            self._lib.pa_stream_unref(stream)

    def _open(self, choose: Callable[[int], int]) -> None:
        """Open the stream; ``choose`` says which way the sound goes, from or to which device.

        Raises PulseRefusedError, or SoundError when nothing answers; all is closed then.
        """
        lib = self._lib
        with self._closed_if_refused():
            spec = ctypes.byref(libpulse.SPEECH)
            stream = lib.pa_stream_new(self._context, b"call", spec, None)
            if not stream:
                raise self._refusal()
            self._stream = stream
            if choose(stream) < 0:
                raise self._refusal()
            self._wait(lambda: int(lib.pa_stream_get_state(stream)), STREAM)


class Pace:
    """Keeps a speaker whose server stood still from moving the calls on by all of it at once.

    The server asks for what it missed in any number of steps. Times are monotonic seconds.
    """

    def __init__(self, period_s: float, now: float) -> None:
        self._step_s = period_s * (1 - DRIFT)
        self._most_s = PERIODS * period_s + LATEST_S
        self._fetched_to = now

    def may_fetch(self, now: float) -> bool:
        """Return whether the next period is one of sound, or one of silence that was missed."""
        if now - self._fetched_to > LATEST_S:
            self._fetched_to = now
        if self._fetched_to - now > self._most_s:
            return False
        self._fetched_to += self._step_s
        return True


class Playback(_Stream):
    """A speaker's stream; it has a thread of its own from ``start`` on."""

    def __init__(self, device: str, period_ms: int) -> None:
        """``device`` is the server's name for it. Raises PulseRefusedError and SoundError."""
        super().__init__()
        self._period = RATE_HZ * period_ms // 1000
        size = 2 * self._period
        # No reserve to begin with: what is late is skipped, so that the way never gets longer.
        sizes = libpulse.Sizes(libpulse.ANY, PERIODS * size, 0, size, libpulse.ANY)
        name, connect = device.encode(), self._lib.pa_stream_connect_playback
        self._open(
            lambda stream: int(connect(stream, name, ctypes.byref(sizes), STREAM_FLAGS, None, None))
        )

    def start(self, run: Generator[bytes, int, None]) -> None:
        """Play what ``run``, begun already, yields for the number of samples that it is sent."""
        self._go_on_alone("speaker", lambda: self._play(run))

    def _play(self, run: Generator[bytes, int, None]) -> None:
        """Stay in the library's loop: the server has to say more than what it wants to be played.

        Raises what ``run`` raises.
        """
        lib, loop, stream = self._lib, self._loop, self._stream
        pace, faults = Pace(self._period / RATE_HZ, time.monotonic()), list[Exception]()

        def fill(_stream: object, writable: int, _data: object) -> None:
            try:
                self._fill(run, pace, writable)
            except Exception as fault:  # noqa: BLE001 - the border to C
                faults.append(fault)
                lib.pa_mainloop_quit(loop, 0)

        def look(*_: object) -> None:
            if self.ended:
                lib.pa_mainloop_quit(loop, 0)

        on_writable, on_state = libpulse.ON_WRITABLE(fill), libpulse.ON_STATE(look)
        lib.pa_stream_set_write_callback(stream, on_writable, None)
        lib.pa_stream_set_state_callback(stream, on_state, None)
        fill(None, lib.pa_stream_writable_size(stream), None)  # wanted before anybody listened
        lib.pa_mainloop_run(loop, None)
        lib.pa_stream_set_write_callback(stream, libpulse.ON_WRITABLE(), None)
        lib.pa_stream_set_state_callback(stream, libpulse.ON_STATE(), None)
        for fault in faults:
            raise fault

    def _fill(self, run: Generator[bytes, int, None], pace: Pace, writable: int) -> None:
        size = 2 * self._period
        while size <= writable != NO_SIZE:
            block = run.send(self._period) if pace.may_fetch(time.monotonic()) else bytes(size)
            self._lib.pa_stream_write(self._stream, block, size, None, 0, libpulse.SEEK_RELATIVE)
            writable -= size


class Recording(_Stream):
    """A microphone's stream. It has no thread: ``pull`` fetches what came in the meantime."""

    def __init__(self, device: str, period_ms: int) -> None:
        """``device`` is the server's name for it. Raises PulseRefusedError and SoundError."""
        super().__init__()
        self._data, self._size = ctypes.c_void_p(), ctypes.c_size_t()
        self._at = ctypes.byref(self._data), ctypes.byref(self._size)
        period = 2 * RATE_HZ * period_ms // 1000
        sizes = libpulse.Sizes(*[libpulse.ANY] * 4, period)
        name, connect = device.encode(), self._lib.pa_stream_connect_record
        self._open(lambda stream: int(connect(stream, name, ctypes.byref(sizes), STREAM_FLAGS)))

    def pull(self) -> bytes:
        """Return the 16-bit samples that came since the last time; never waits.

        For one thread at a time, and not after ``close``.
        """
        lib, loop, stream, size = self._lib, self._loop, self._stream, self._size
        while lib.pa_mainloop_iterate(loop, _DO_NOT_WAIT, None) > 0:
            pass
        heard = b""
        while lib.pa_stream_peek(stream, *self._at) == 0 and size.value:
            # No address: a hole, as where the server had nothing for a while.
            heard += ctypes.string_at(self._data, size.value) if self._data else bytes(size.value)
            lib.pa_stream_drop(stream)
        return heard
