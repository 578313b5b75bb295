"""Lets the guard see each message before the library works with it (step ①).

The library hands what it has parsed from module to module. Its Python cannot add one, the C
functions below it can: this module comes first and swallows what ``sip.guard`` finds fault with.
The raw message is read out of a C structure whose layout belongs to this build, so it is believed
only where it proves itself; elsewhere everything passes and the desk's restart carries the rest.
"""

from __future__ import annotations

import ctypes
import logging
import time

from pjsua2 import _pjsua2

from sip.guard import Pace, fault

_FIRST = 0  # before the library's own, which begin at 8 (PJSIP_MOD_PRIORITY_TRANSPORT_LAYER)
_NAME = b"mod-zuoxi-guard"
_PACKET_OFFSET, _PACKET_BYTES = 0x140, 4_008  # pjsip_rx_data.pkt_info.packet
_TEXT_OFFSET, _LENGTH_OFFSET = 0x1148, 0x1150  # pjsip_rx_data.msg_info.msg_buf and .len
_PASS, _SWALLOW = 0, 1

_OnReceived = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)

_log = logging.getLogger(__name__)


class _Module(ctypes.Structure):
    """``pjsip_module`` of pjsip 2.15."""

    _fields_ = (
        ("previous", ctypes.c_void_p),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("name_length", ctypes.c_ssize_t),
        ("id", ctypes.c_int),
        ("priority", ctypes.c_int),
        ("life", ctypes.c_void_p * 4),
        ("on_request", _OnReceived),
        ("on_response", _OnReceived),
        ("on_sent", ctypes.c_void_p * 2),
        ("on_transaction", ctypes.c_void_p),
    )


class Doorkeeper:
    """Stands there from ``libInit`` to ``libDestroy``; keep it as long as the library runs."""

    def __init__(self, library_path: str = _pjsua2.__file__) -> None:
        """Register with the library. Where it does not allow that, nobody is kept out."""
        self.refused = 0
        self._pace = Pace()
        self._module = _Module(name=_NAME, name_length=len(_NAME), id=-1, priority=_FIRST)
        self._module.on_request = self._module.on_response = _OnReceived(self._look)
        try:
            library = ctypes.CDLL(library_path)
            endpoint_of = library.pjsua_get_pjsip_endpt
            register = library.pjsip_endpt_register_module
        except (OSError, AttributeError) as problem:
            _log.warning("no guard before the library: %s", problem)
            return
        endpoint_of.restype = ctypes.c_void_p
        register.argtypes = (ctypes.c_void_p, ctypes.POINTER(_Module))
        if register(endpoint_of(), self._module) != 0:
            _log.warning("no guard before the library: it takes no module")

    def _look(self, received: int) -> int:
        try:
            message = _message(received)
            reason = fault(message)
            if not reason and not self._pace.admits(message, time.monotonic()):
                reason = "too many calls at once"
        except Exception:  # noqa: BLE001 - the border to C
            _log.exception("guard")
            return _PASS
        if not reason:
            return _PASS
        self.refused += 1
        _log.warning("a message was kept from the library: %s", reason)
        return _SWALLOW


def _message(received: int) -> bytes:
    """Return what ``received`` (``pjsip_rx_data *``) holds, b"" if its layout is another."""
    start = received + _PACKET_OFFSET
    text = ctypes.c_void_p.from_address(received + _TEXT_OFFSET).value or 0
    length = ctypes.c_int.from_address(received + _LENGTH_OFFSET).value
    if not (start <= text and length > 0 and text + length <= start + _PACKET_BYTES):
        return b""
    return ctypes.string_at(text, length)
