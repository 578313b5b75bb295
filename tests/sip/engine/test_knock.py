"""Whether somebody listens at the exchange's port is seen without asking the program there."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Iterator

import pytest

from sip.engine.knock import KNOCK_S, Knocker
from tests.exchange.ports import free_port

HERE = "127.0.0.1"
TRIES = 200


@pytest.fixture
def knocker() -> Iterator[Knocker]:
    made = Knocker()
    yield made
    made.close()


@pytest.fixture
def times() -> Iterator[float]:
    return itertools.count(1.0, KNOCK_S)


def _listener(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listening.bind((HERE, port))
    listening.settimeout(20)
    return listening


def test_a_port_that_nobody_listens_at_is_noticed_and_forgotten_when_somebody_does(
    knocker: Knocker, times: Iterator[float]
) -> None:
    port = free_port()
    knocker.aim(HERE, HERE, port)
    assert any(knocker.nobody_there(next(times)) for _ in range(TRIES))
    with _listener(port) as listening:
        for _ in range(3):  # the answers to the last ones of before
            knocker.nobody_there(next(times))
        assert not any(knocker.nobody_there(next(times)) for _ in range(TRIES))
        assert listening.recv(100) == b"\r\n\r\n"


def test_it_knocks_no_oftener_than_it_says_and_nowhere_without_a_way(knocker: Knocker) -> None:
    with _listener(0) as listening:
        knocker.aim(HERE, HERE, int(listening.getsockname()[1]))
        for now in (1.0, 1.0 + KNOCK_S / 2, 1.0 + 2 * KNOCK_S):
            knocker.nobody_there(now)
        knocker.aim("", "", 5060)
        assert not knocker.nobody_there(9.0)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as another:
            another.sendto(b"end", listening.getsockname())
        assert [listening.recv(100) for _ in range(3)] == [b"\r\n\r\n", b"\r\n\r\n", b"end"]


def test_an_address_that_is_not_ours_any_more_is_nobodys_end(knocker: Knocker) -> None:
    knocker.aim("192.0.2.1", HERE, 5060)
    assert not knocker.nobody_there(1.0)
