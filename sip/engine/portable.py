"""Sound devices of every system, through miniaudio (step ①)."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any, Self

import miniaudio

from sip.engine.bridge import RATE_HZ
from sip.engine.devices import Device, SoundError


@dataclass(frozen=True, slots=True, eq=False)
class Portable:
    """One opened device; it calls its pump in a thread of miniaudio's from ``start`` on.

    miniaudio cannot tell when a device has ``ended``.
    """

    device: miniaudio.PlaybackDevice | miniaudio.CaptureDevice
    ended: bool = False

    @classmethod
    def open(
        cls,
        kind: type[miniaudio.PlaybackDevice] | type[miniaudio.CaptureDevice],
        device: Device,
        period_ms: int,
        backends: Sequence[miniaudio.Backend],
    ) -> Self:
        """``kind`` is a speaker or a microphone. Raises SoundError."""
        try:
            return cls(
                kind(
                    miniaudio.SampleFormat.SIGNED16,
                    nchannels=1,
                    sample_rate=RATE_HZ,
                    buffersize_msec=period_ms,
                    device_id=device.handle,
                    backends=list(backends),
                    app_name="Zuoxi",
                )
            )
        except miniaudio.MiniaudioError as problem:
            raise SoundError(str(problem)) from problem

    def start(self, run: Generator[Any, Any, None]) -> None:
        """Let ``run``, begun already, work. Raises SoundError, and it is closed then."""
        try:
            self.device.start(run)
        except miniaudio.MiniaudioError as problem:
            self.close()
            raise SoundError(str(problem)) from problem

    def close(self) -> None:
        """May wait for the sound system; without one that answers it does not return."""
        context = self.device._context
        self.device.close()
        # miniaudio 1.71 never frees it, and with it a connection to the sound server.
        miniaudio.lib.ma_context_uninit(context)
