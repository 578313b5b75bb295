"""Sound in and out of a PulseAudio server with known times, through its simple C interface.

PulseAudio's own command line tools buffer as they like; here each block has the time at which its
first sample enters or leaves the server, by the server's own count of what is still on the way.
"""

from __future__ import annotations

import array
import ctypes
import ctypes.util
import time
from typing import Self

from bench.sheet import BenchError

RATE_HZ = 16_000
BLOCK = RATE_HZ // 200
"""5 ms."""
_BLOCK_BYTES = 2 * BLOCK
_S16LE = 3
_PLAY, _RECORD = 1, 2
_ANY = 0xFFFFFFFF


class _Sample(ctypes.Structure):
    _fields_ = (("format", ctypes.c_int), ("rate", ctypes.c_uint32), ("channels", ctypes.c_uint8))


class _Buffer(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_uint32) for name in ("maxlength", "tlength", "prebuf", "minreq", "fragsize")
    )


class Stream:
    """One mono 16-bit stream of 16 kHz; blocking, for a thread of its own."""

    def __init__(self, server: str, device: str, direction: int, name: str) -> None:
        """Raises BenchError when server or device is not there."""
        library = ctypes.util.find_library("pulse-simple")
        if library is None:
            raise BenchError("libpulse-simple is not installed")
        self._lib = ctypes.CDLL(library)
        self._lib.pa_simple_new.restype = ctypes.c_void_p
        self._lib.pa_simple_get_latency.restype = ctypes.c_uint64
        for function in ("pa_simple_write", "pa_simple_read"):
            getattr(self._lib, function).argtypes = (
                ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(ctypes.c_int),
            )  # fmt: skip
        self._lib.pa_simple_get_latency.argtypes = (
            ctypes.c_void_p, ctypes.POINTER(ctypes.c_int),
        )  # fmt: skip
        self._lib.pa_simple_free.argtypes = (ctypes.c_void_p,)
        sample = _Sample(_S16LE, RATE_HZ, 1)
        attributes = _Buffer(_ANY, 6 * _BLOCK_BYTES, 0, _BLOCK_BYTES, _BLOCK_BYTES)
        error = ctypes.c_int()
        self._stream = self._lib.pa_simple_new(
            server.encode(), b"bench", direction, device.encode(), name.encode(),
            ctypes.byref(sample), None, ctypes.byref(attributes), ctypes.byref(error),
        )  # fmt: skip
        if not self._stream:
            raise BenchError(f"no sound from {device}: error {error.value}")

    @classmethod
    def player(cls, server: str, device: str) -> Self:
        return cls(server, device, _PLAY, "instrument plays")

    @classmethod
    def recorder(cls, server: str, device: str) -> Self:
        return cls(server, device, _RECORD, "instrument listens")

    def write(self, block: array.array[int]) -> float:
        """Play a block; returns the monotonic second at which its first sample is heard."""
        at = time.monotonic() + self._latency_s()
        data = block.tobytes()
        self._checked(self._lib.pa_simple_write, data, len(data))
        return at

    def read(self) -> tuple[float, array.array[int]]:
        """The next 5 ms and the monotonic second of their first sample."""
        buffer = ctypes.create_string_buffer(_BLOCK_BYTES)
        self._checked(self._lib.pa_simple_read, buffer, _BLOCK_BYTES)
        at = time.monotonic() - self._latency_s() - BLOCK / RATE_HZ
        return at, array.array("h", buffer.raw)

    def close(self) -> None:
        self._lib.pa_simple_free(self._stream)

    def _latency_s(self) -> float:
        error = ctypes.c_int()
        return float(self._lib.pa_simple_get_latency(self._stream, ctypes.byref(error))) / 1e6

    def _checked(self, function: object, data: object, size: int) -> None:
        error = ctypes.c_int()
        assert callable(function)
        if function(self._stream, data, size, ctypes.byref(error)) < 0:
            raise BenchError(f"the sound server went away: error {error.value}")
