"""What the SIP library is told of a name, in the bytes that it reads."""

from __future__ import annotations

import ctypes
import struct

import pytest
from pjsua2 import pjsua2 as pj

from sip.engine.resolver import Resolver, tls_addresses

ENTRY = "=iIIH2s4s20xi"
"""Transport, priority, weight, a socket address in the room that IPv6 needs, its length."""
AF_INET, LENGTH = 2, 16


def test_each_address_of_a_name_is_told_in_turn() -> None:
    found = bytes(tls_addresses(("192.0.2.1", "198.51.100.7"), 5061))
    (count,) = struct.unpack_from("=I", found)
    entries = list(struct.iter_unpack(ENTRY, found[4 : 4 + count * struct.calcsize(ENTRY)]))
    head = (pj.PJSIP_TRANSPORT_TLS, 0, 0, AF_INET, b"\x13\xc5")
    assert entries == [
        (*head, b"\xc0\x00\x02\x01", LENGTH),
        (*head, b"\xc6\x33\x64\x07", LENGTH),
    ]


def test_more_addresses_than_the_library_takes_are_left_out() -> None:
    known = tuple(f"192.0.2.{number}" for number in range(40))
    found = tls_addresses(known, 5061)
    assert found.count == 8
    assert ctypes.sizeof(found) == 4 + 16 * struct.calcsize(ENTRY)


def test_a_library_of_another_build_looks_names_up_itself(
    caplog: pytest.LogCaptureFixture,
) -> None:
    Resolver(lambda _name: (), library_path="libother.so")
    assert "names are looked up by the library" in caplog.text
