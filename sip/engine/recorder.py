"""Writes what the speaker was given to a WAV file, for tests and the demo (SoundSettings).

The sound callback only appends to a queue; the engine's loop writes and corrects the header each
time, so that the file is a valid WAV whenever the process is killed.
"""

from __future__ import annotations

import logging
import struct
from collections import deque
from pathlib import Path

from sip.engine.bridge import RATE_HZ

_log = logging.getLogger(__name__)

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_RIFF_REST = _HEADER.size - 8


def wav_header(data_bytes: int) -> bytes:
    """Return the 44 bytes that stand before ``data_bytes`` of 16 kHz mono 16-bit samples."""
    fmt = (16, 1, 1, RATE_HZ, 2 * RATE_HZ, 2, 16)
    return _HEADER.pack(
        b"RIFF", _RIFF_REST + data_bytes, b"WAVE", b"fmt ", *fmt, b"data", data_bytes
    )


class SpeakerRecorder:
    """One WAV file. ``feed`` from the sound thread, ``flush`` and ``close`` from the engine's."""

    def __init__(self, path: Path, *, append: bool) -> None:
        """Begin the file, or go on with it after the engine was restarted. Raises OSError."""
        self._waiting: deque[bytes] = deque()
        again = append and path.exists() and path.stat().st_size >= _HEADER.size
        self._file = path.open("r+b" if again else "w+b", buffering=0)
        if not again:
            self._file.write(wav_header(0))
        self._size = self._file.seek(0, 2) - _HEADER.size
        self._failed = False

    def feed(self, samples: bytes) -> None:
        if not self._failed:
            self._waiting.append(samples)

    def flush(self) -> None:
        """Write what was fed so far. A disk that is full ends the recording, not the call."""
        if not self._waiting or self._failed:
            return
        block = b"".join(self._waiting.popleft() for _ in range(len(self._waiting)))
        try:
            self._write(block)
        except OSError as problem:
            _log.warning("the speaker is not recorded any more: %s", problem)
            self._failed = True

    def _write(self, block: bytes) -> None:
        self._file.seek(0, 2)
        self._file.write(block)
        self._size += len(block)
        self._file.seek(0)
        self._file.write(wav_header(self._size))

    def close(self) -> None:
        self.flush()
        self._file.close()
