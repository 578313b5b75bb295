"""PulseAudio's own client library, as far as devices and streams of speech need it (step ①).

Reached with ctypes: it is on every desktop that has PulseAudio or PipeWire, and miniaudio opens
the same file. Nothing here waits for the server; what does is in sip.engine.pulse_server.
"""

from __future__ import annotations

import ctypes
import functools
from typing import Any, NamedTuple

from sip.engine.bridge import RATE_HZ

FILE = "libpulse.so.0"
ANY = 0xFFFFFFFF
"""A size that the server may choose."""
NO_SIZE = ctypes.c_size_t(-1).value
"""The answer of a stream that has ended to how much it takes."""
DO_NOT_START_ONE = 0x1
DEVICE_EVENTS = 0x0001 | 0x0002 | 0x0080
"""What is subscribed to: sinks, sources, and the server, which says what is its default."""
STREAM_FLAGS = 0x0200 | 0x2000
"""``DONT_MOVE``: a device that is unplugged ends its stream. ``ADJUST_LATENCY``: the sizes asked
for are those of the whole way to the loudspeaker."""
SEEK_RELATIVE = 0

_S16LE = 3


class States(NamedTuple):
    """The values of an enumeration of libpulse's that end waiting."""

    ready: int
    ended: tuple[int, int]


CONTEXT, STREAM, OPERATION = States(4, (5, 6)), States(2, (3, 4)), States(1, (2, 2))
"""``pa_context_state_t``, ``pa_stream_state_t`` and ``pa_operation_state_t``."""


class _Sample(ctypes.Structure):
    """``pa_sample_spec``."""

    _fields_ = (("format", ctypes.c_int), ("rate", ctypes.c_uint32), ("channels", ctypes.c_uint8))


class Sizes(ctypes.Structure):
    """``pa_buffer_attr``, in bytes."""

    _fields_ = tuple(
        (name, ctypes.c_uint32) for name in ("maxlength", "tlength", "prebuf", "minreq", "fragsize")
    )


class Described(ctypes.Structure):
    """How ``pa_sink_info`` and ``pa_source_info`` begin."""

    _fields_ = (
        ("name", ctypes.c_char_p), ("index", ctypes.c_uint32), ("description", ctypes.c_char_p)
    )  # fmt: skip


class Server(ctypes.Structure):
    """How ``pa_server_info`` begins."""

    _fields_ = (
        ("about", ctypes.c_char_p * 4),  # user, host, version and name
        ("sample", _Sample),
        ("default_sink", ctypes.c_char_p),
        ("default_source", ctypes.c_char_p),
    )


SPEECH = _Sample(_S16LE, RATE_HZ, 1)

ON_STATE = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)
"""``pa_stream_notify_cb_t``: the stream, what was given with it."""
ON_WRITABLE = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p)
"""``pa_stream_request_cb_t``: the stream, how many bytes it takes, what was given with it."""
ON_SERVER = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(Server), ctypes.c_void_p)
"""``pa_server_info_cb_t``: the context, the server, what was given with it."""
ON_DESCRIBED = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.POINTER(Described), ctypes.c_int, ctypes.c_void_p
)
"""``pa_sink_info_cb_t`` and ``pa_source_info_cb_t``: the context, one of them, or that it was the
last (not 0), what was given with it."""
ON_EVENT = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.c_int, ctypes.c_uint32, ctypes.c_void_p
)  # fmt: skip
"""``pa_context_subscribe_cb_t``: the context, what of what, which, what was given with it."""
ON_DONE = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
"""``pa_context_success_cb_t``: the context, whether, what was given with it."""

_POINTER, _SIZE, _INT, _TEXT = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_char_p
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "pa_mainloop_new": (_POINTER, ()),
    "pa_mainloop_free": (None, (_POINTER,)),
    "pa_mainloop_get_api": (_POINTER, (_POINTER,)),
    "pa_mainloop_prepare": (_INT, (_POINTER, _INT)),
    "pa_mainloop_poll": (_INT, (_POINTER,)),
    "pa_mainloop_dispatch": (_INT, (_POINTER,)),
    "pa_mainloop_iterate": (_INT, (_POINTER, _INT, _POINTER)),
    "pa_mainloop_run": (_INT, (_POINTER, _POINTER)),
    "pa_mainloop_quit": (None, (_POINTER, _INT)),
    "pa_context_new": (_POINTER, (_POINTER, _TEXT)),
    "pa_context_connect": (_INT, (_POINTER, _TEXT, _INT, _POINTER)),
    "pa_context_get_state": (_INT, (_POINTER,)),
    "pa_context_errno": (_INT, (_POINTER,)),
    "pa_context_disconnect": (None, (_POINTER,)),
    "pa_context_unref": (None, (_POINTER,)),
    "pa_context_set_state_callback": (None, (_POINTER, ON_STATE, _POINTER)),
    "pa_context_set_subscribe_callback": (None, (_POINTER, ON_EVENT, _POINTER)),
    "pa_context_subscribe": (_POINTER, (_POINTER, _INT, ON_DONE, _POINTER)),
    "pa_context_get_server_info": (_POINTER, (_POINTER, ON_SERVER, _POINTER)),
    "pa_context_get_sink_info_list": (_POINTER, (_POINTER, ON_DESCRIBED, _POINTER)),
    "pa_context_get_source_info_list": (_POINTER, (_POINTER, ON_DESCRIBED, _POINTER)),
    "pa_operation_get_state": (_INT, (_POINTER,)),
    "pa_operation_unref": (None, (_POINTER,)),
    "pa_stream_new": (_POINTER, (_POINTER, _TEXT, _POINTER, _POINTER)),
    "pa_stream_connect_playback":
        (_INT, (_POINTER, _TEXT, _POINTER, _INT, _POINTER, _POINTER)),
    "pa_stream_connect_record": (_INT, (_POINTER, _TEXT, _POINTER, _INT)),
    "pa_stream_get_state": (_INT, (_POINTER,)),
    "pa_stream_set_state_callback": (None, (_POINTER, ON_STATE, _POINTER)),
    "pa_stream_set_write_callback": (None, (_POINTER, ON_WRITABLE, _POINTER)),
    "pa_stream_disconnect": (_INT, (_POINTER,)),
    "pa_stream_unref": (None, (_POINTER,)),
    "pa_stream_writable_size": (_SIZE, (_POINTER,)),
    "pa_stream_write":
        (_INT, (_POINTER, _TEXT, _SIZE, _POINTER, ctypes.c_int64, _INT)),
    "pa_stream_peek":
        (_INT, (_POINTER, ctypes.POINTER(_POINTER), ctypes.POINTER(_SIZE))),
    "pa_stream_drop": (_INT, (_POINTER,)),
    "pa_strerror": (_TEXT, (_INT,)),
}  # fmt: skip

_FACILITY, _SERVER, _KIND, _CHANGE = 0x0F, 7, 0x30, 0x10


def is_of_plugs(event: int) -> bool:
    """Whether a ``pa_subscription_event_type_t`` says more than that somebody set a volume."""
    return event & _KIND != _CHANGE or event & _FACILITY == _SERVER


@functools.cache
def library(file: str) -> Any:  # noqa: ANN401 - a foreign library
    """Return it with its functions' types set. Raises OSError or AttributeError without it."""
    found = ctypes.CDLL(file)
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(found, name)
        function.restype, function.argtypes = result, arguments
    return found
