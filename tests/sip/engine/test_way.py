"""Which way leads to the exchange, who may ring, and what the kernel is told of it."""

from __future__ import annotations

import ipaddress
import threading

import pytest

from sip.engine.network import Host, Names, own_address_towards, parse_host
from sip.engine.socket_filter import Local, program
from sip.engine.way import Way, WayFinder
from sip.messages import Account, Configure

LIMIT_S = 20.0


def _finder(registrar: str = "", *, exchange: tuple[str, ...] = (), bind: str = "") -> WayFinder:
    account = Account("1001", registrar=registrar)
    return WayFinder(Configure(1, account, bind_address=bind, exchange=exchange))


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("10.0.0.5", Host("10.0.0.5")),
        ("exchange.example:5080", Host("exchange.example", 5080)),
        ("sip:exchange.example;transport=tls", Host("exchange.example")),
        ("sips:1001@exchange.example:5061;lr", Host("exchange.example", 5061)),
        ("", Host("")),
    ],
)
def test_a_host_is_read_out_of_what_settings_hold(text: str, host: Host) -> None:
    assert parse_host(text) == host


def test_the_interface_that_leads_to_the_exchange_is_found_without_asking_it() -> None:
    assert own_address_towards("127.0.0.1", 5060) == "127.0.0.1"


def test_names_are_looked_up_and_addresses_are_known_at_once() -> None:
    names = Names(("127.0.0.9", "localhost"))
    assert names.addresses("127.0.0.9") == ("127.0.0.9",)
    waited = threading.Event()
    for _ in range(int(LIMIT_S / 0.01)):
        if names.addresses("localhost"):
            break
        waited.wait(0.01)
    assert names.addresses("localhost") == ("127.0.0.1",)
    assert names.addresses("elsewhere") == ()
    names.stop()


def test_practice_is_rung_by_this_machine_only() -> None:
    finder = _finder()
    assert finder.find() == Way("127.0.0.1", "")
    assert finder.may_ring() == {ipaddress.IPv4Network("127.0.0.0/8")}


def test_the_registrar_may_ring_and_nobody_else() -> None:
    finder = _finder("127.0.0.7:5070")
    assert finder.find() == Way("127.0.0.1", "127.0.0.7")
    assert ipaddress.IPv4Network("127.0.0.7/32") in finder.may_ring()
    assert ipaddress.IPv4Network("127.0.0.9/32") not in finder.may_ring()


def test_the_configured_hosts_take_the_registrars_place() -> None:
    finder = _finder("127.0.0.7", exchange=("127.0.0.8", "sip:127.0.0.9:5060"))
    assert finder.may_ring() == {
        ipaddress.IPv4Network("127.0.0.8/32"), ipaddress.IPv4Network("127.0.0.9/32"),
    }  # fmt: skip


def test_a_bound_address_is_kept() -> None:
    assert _finder("127.0.0.7", bind="127.0.0.3").find() == Way("127.0.0.3", "127.0.0.7")


def test_a_name_that_is_not_known_yet_is_no_way() -> None:
    finder = _finder("exchange.invalid")
    assert finder.find() is None
    assert finder.start == "127.0.0.1"
    finder.stop()


def test_the_kernels_program_ends_in_letting_nothing_in() -> None:
    friends = frozenset({ipaddress.IPv4Network("10.0.0.5/32")})
    code = program(friends, Local("10.0.0.9", 4711))
    assert len(code) == 4 + 5 + 1
    assert all(len(instruction) == 8 for instruction in code)
    assert code[-1] == b"\x06\0\0\0\0\0\0\0"
    assert program(frozenset(), None) == [code[-1]]
