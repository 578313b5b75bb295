"""The datagram that ends the library's sleep when a command came."""

from __future__ import annotations

import contextlib
import socket

from sip.engine.waker import Waker


def listening() -> socket.socket:
    ours = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ours.bind(("127.0.0.1", 0))
    ours.settimeout(5)
    return ours


def test_it_sends_a_keep_alive_to_the_port_it_is_aimed_at() -> None:
    with contextlib.closing(Waker()) as waker, listening() as port:
        waker.aim("127.0.0.1", port.getsockname()[1])
        waker.wake()
        assert port.recv(64) == b"\r\n\r\n"


def test_a_library_on_every_interface_is_reached_over_loopback() -> None:
    with contextlib.closing(Waker()) as waker, listening() as port:
        waker.aim("0.0.0.0", port.getsockname()[1])
        waker.wake()
        assert port.recvfrom(64)[1][0] == "127.0.0.1"


def test_before_it_is_aimed_nothing_happens() -> None:
    waker = Waker()
    waker.wake()
    assert not waker.aimed


def test_an_address_that_cannot_be_reached_leaves_the_sleep_short() -> None:
    waker = Waker()
    waker.aim("no address", 5060)
    waker.wake()
    assert not waker.aimed


def test_a_port_that_nobody_listens_on_any_more_is_no_error() -> None:
    with contextlib.closing(Waker()) as waker, listening() as port:
        waker.aim("127.0.0.1", port.getsockname()[1])
        port.close()
        waker.wake()
        waker.wake()
