"""The conference bridge's master port, driven from outside pjsip (the sound half of the engine).

The wheel is built without sound devices, and its Python hides the port through which a device of
our own can clock the bridge. The C functions are exported by the extension, so they are reached
with ctypes, behind a self-test: where it fails, the library's own null clock drives the calls and
the screen says that there is no sound (DESIGN.md, "Sound").
"""

from __future__ import annotations

import ctypes
from typing import Any

from pjsua2 import _pjsua2

RATE_HZ = 16_000
FRAME_MS = 20
"""A packet's length: frames of 10 ms waited for their second half, and cost twice the calls."""
FRAME_BYTES = RATE_HZ * FRAME_MS // 1000 * 2
SILENCE = bytes(FRAME_BYTES)

_AUDIO = 1  # PJMEDIA_FRAME_TYPE_AUDIO; 0 is "nothing"
_THREAD_DESCRIPTION_BYTES = 64 * 8 * 2  # pj_thread_desc is 64 longs; twice that to be safe
_CANARY = b"\x5a" * FRAME_BYTES


class BridgeError(Exception):
    """The bridge cannot be driven from outside; the null clock has to do it."""


class _Frame(ctypes.Structure):
    """``pjmedia_frame`` of pjmedia 2.15."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("buf", ctypes.c_void_p),
        ("size", ctypes.c_size_t),
        ("timestamp", ctypes.c_uint64),
        ("bit_info", ctypes.c_uint32),
    )


class _Port:
    """One direction of the master port: a C function, and a frame of its own for it to work on."""

    def __init__(self, function: Any, port: int) -> None:  # noqa: ANN401 - a foreign function
        self._function = function
        self._port = port
        self._buffer = ctypes.create_string_buffer(2 * FRAME_BYTES)
        ctypes.memmove(ctypes.addressof(self._buffer) + FRAME_BYTES, _CANARY, FRAME_BYTES)
        self._frame = _Frame(buf=ctypes.addressof(self._buffer))
        self._timestamp = 0

    def give(self, content: bytes) -> None:
        ctypes.memmove(self._buffer, content, FRAME_BYTES)
        self._move()

    def take(self) -> bytes | None:
        """Return what the function left in the frame, None for nothing."""
        if self._move() != 0 or self._frame.type != _AUDIO:
            return None
        return ctypes.string_at(self._buffer, FRAME_BYTES)

    def _move(self) -> int:
        frame = self._frame
        frame.type, frame.size = _AUDIO, FRAME_BYTES
        frame.timestamp = self._timestamp
        self._timestamp += FRAME_BYTES // 2
        return int(self._function(self._port, frame))

    @property
    def intact(self) -> bool:
        """Whether no byte beyond a frame was ever touched."""
        return self._buffer.raw[FRAME_BYTES:] == _CANARY and self._frame.size <= FRAME_BYTES


class Bridge:
    """16 kHz mono 16-bit frames of FRAME_MS, in and out of the conference bridge.

    Built in the thread that owns pjsip, after ``libStart``. ``get`` belongs to one thread and
    ``put`` to one thread at a time, which may be another; both after ``register_thread``.
    """

    def __init__(self, library_path: str = _pjsua2.__file__) -> None:
        """Take the bridge over from pjsua. Raises BridgeError when this library does not allow."""
        try:
            library = ctypes.CDLL(library_path)  # releases the GIL around each call
            get, put = library.pjmedia_port_get_frame, library.pjmedia_port_put_frame
            self._register = library.pj_thread_register
            take_over = library.pjsua_set_no_snd_dev
        except (OSError, AttributeError) as problem:
            raise BridgeError(f"the library hides its bridge: {problem}") from problem
        take_over.restype = ctypes.c_void_p
        get.argtypes = put.argtypes = (ctypes.c_void_p, ctypes.POINTER(_Frame))
        self._register.argtypes = (ctypes.c_char_p, ctypes.c_void_p, ctypes.c_void_p)
        port = take_over()
        if not port:
            raise BridgeError("the library gave no master port")
        self._out, self._in = _Port(get, port), _Port(put, port)
        self._test()

    def _test(self) -> None:
        """Exchange one frame and see that no byte beyond it was touched."""
        self.put(SILENCE)
        if len(self.get()) != FRAME_BYTES or not (self._out.intact and self._in.intact):
            raise BridgeError("the bridge's frames have another size")

    def register_thread(self, name: str) -> object:
        """Make the calling thread known to pjlib; keep the result as long as the thread runs."""
        description = ctypes.create_string_buffer(_THREAD_DESCRIPTION_BYTES)
        handle = ctypes.c_void_p()
        self._register(name.encode(), description, ctypes.byref(handle))
        return description, handle

    def put(self, spoken: bytes) -> None:
        """Give the bridge one frame (FRAME_BYTES) from the microphone."""
        self._in.give(spoken)

    def get(self) -> bytes:
        """Return one frame for the speaker; each moves every call's sound on by one."""
        return self._out.take() or SILENCE
