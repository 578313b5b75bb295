"""Spares the library from looking the exchange's name up (step ①).

Over TLS every request is addressed to the name that the certificate vouches for. The library looks
it up for each of them, in the thread that carries the calls: with a name server that does not
answer it would stand still at every question whether the exchange is there. What
``sip.engine.network.Names`` knows is put in its place, and the name stays the one that the
certificate must be for. The library's Python has no way to that, the C functions below it have;
where they are missing, everything is as without.
"""

from __future__ import annotations

import ctypes
import logging
import socket
import struct
from collections.abc import Callable

from pjsua2 import _pjsua2
from pjsua2 import pjsua2 as pj

from sip.engine.network import SIPS_PORT

_POOL_BYTES = 1_000
_ROOM, _MOST_ADDRESSES = 16, 8
"""PJSIP_MAX_RESOLVED_ADDRESSES is 8 or 16 as the library was built: room for that of the one, no
more than the other can hold."""
_SOCKADDR_IN_BYTES = 16

_log = logging.getLogger(__name__)


class _HostInfo(ctypes.Structure):
    """``pjsip_host_info`` of pjsip 2.15."""

    _fields_ = (
        ("flag", ctypes.c_uint),
        ("kind", ctypes.c_int),
        ("host", ctypes.c_void_p),
        ("host_length", ctypes.c_ssize_t),
        ("port", ctypes.c_int),
    )


class _Address(ctypes.Structure):
    """An entry of ``pjsip_server_addresses`` with an IPv4 address in it."""

    _fields_ = (
        ("kind", ctypes.c_int),
        ("priority", ctypes.c_uint),
        ("weight", ctypes.c_uint),
        ("family", ctypes.c_ushort),
        ("port", ctypes.c_ushort),
        ("host", ctypes.c_uint),
        ("rest", ctypes.c_byte * 20),
        ("length", ctypes.c_int),
    )


class ServerAddresses(ctypes.Structure):
    """``pjsip_server_addresses``."""

    _fields_ = (("count", ctypes.c_uint), ("entries", _Address * _ROOM))


_Answer = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_Resolve = ctypes.CFUNCTYPE(
    None,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.POINTER(_HostInfo),
    ctypes.c_void_p,
    ctypes.c_void_p,
)


class Resolver:
    """Stands there as long as the library runs; keep it so long. The engine's thread only.

    ``addresses`` says what is known of a name, without waiting.
    """

    def __init__(
        self, addresses: Callable[[str], tuple[str, ...]], library_path: str = _pjsua2.__file__
    ) -> None:
        self._addresses = addresses
        self._resolve = _Resolve(self._on_question)  # one pointer: the library's whole structure
        self._own = ctypes.c_void_p()  # a second resolver of the library, for all other questions
        try:
            library = ctypes.CDLL(library_path)
            make_pool, endpoint = library.pjsua_pool_create, library.pjsua_get_pjsip_endpt
            create, put = library.pjsip_resolver_create, library.pjsip_endpt_set_ext_resolver
            self._ask = library.pjsip_resolve
        except (OSError, AttributeError) as problem:
            _log.warning("names are looked up by the library: %s", problem)
            return
        make_pool.restype = endpoint.restype = ctypes.c_void_p
        make_pool.argtypes = (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_size_t)
        create.argtypes = put.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        self._ask.argtypes = (ctypes.c_void_p,) * 5
        self._ask.restype = None
        pool = make_pool(b"names", _POOL_BYTES, _POOL_BYTES)
        if create(pool, ctypes.byref(self._own)) == 0:
            put(endpoint(), ctypes.byref(self._resolve))

    def _on_question(
        self, _resolver: int, pool: int, asked: ctypes._Pointer[_HostInfo], token: int, answer: int
    ) -> None:
        try:
            found = self._look_up(asked.contents)
        except Exception:  # noqa: BLE001 - the border to C
            _log.exception("resolver")
            found = None
        if found is not None:
            _Answer(answer)(0, token, ctypes.byref(found))
        else:
            self._ask(self._own, pool, asked, token, answer)

    def _look_up(self, asked: _HostInfo) -> ServerAddresses | None:
        if asked.kind != pj.PJSIP_TRANSPORT_TLS:  # only there the way is given by a name
            return None
        name = ctypes.string_at(asked.host, asked.host_length).decode("ascii", "replace")
        known = self._addresses(name)
        return tls_addresses(known, asked.port or SIPS_PORT) if known else None


def tls_addresses(known: tuple[str, ...], port: int) -> ServerAddresses:
    """Return the IPv4 addresses as an answer: the library tries one after the other."""
    known = known[:_MOST_ADDRESSES]
    found = ServerAddresses(count=len(known))
    for entry, address in zip(found.entries, known, strict=False):
        entry.kind, entry.family = pj.PJSIP_TRANSPORT_TLS, socket.AF_INET
        entry.port, entry.length = socket.htons(port), _SOCKADDR_IN_BYTES
        (entry.host,) = struct.unpack("=I", socket.inet_aton(address))
    return found
