"""An exchange that is known by its name, and a name server that stops answering."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sip.messages import (
    CallAnswered,
    CallEnded,
    EngineLost,
    LevelsMeasured,
    MakeCall,
    Register,
    RegistrationChanged,
    Transport,
)
from tests.exchange.asterisk import Exchange
from tests.exchange.asterisk import exchange as running_exchange
from tests.network.name_server import NameServer
from tests.network.wire import Wire, wire
from tests.sip.seat import Seat, recording, running, say_until_heard
from tests.sip.voice import write_voice

pytestmark = pytest.mark.processes
NAME = "exchange.zuoxi.test"
PATIENT = ("env", "RES_OPTIONS=timeout:5 attempts:2")
"""The system's own patience with a name server: far longer than the desk's with its engine."""


@pytest.fixture
def laid() -> Iterator[Wire]:
    with wire() as laid:
        yield laid


@pytest.fixture
def names(laid: Wire) -> Iterator[NameServer]:
    with closing(NameServer(laid.near, laid.near)) as names, laid.asking(laid.near):
        yield names


@pytest.fixture
def centre(laid: Wire) -> Iterator[Exchange]:
    """An exchange whose certificate is for its name alone."""
    with running_exchange(lambda plan: replace(plan, address=laid.near, names=(NAME,))) as centre:
        yield centre


def _command(laid: Wire) -> tuple[str, ...]:
    ip, *inside = laid.engine
    at = inside.index(laid.namespace) + 1
    return (ip, *inside[:at], *PATIENT, *inside[at:])


def test_a_dead_name_server_stops_neither_engine_nor_call(
    laid: Wire, names: NameServer, centre: Exchange, tmp_path: Path
) -> None:
    voice, heard = write_voice(tmp_path / "voice.wav"), tmp_path / "heard.wav"
    agent = centre.agent(encrypted=True)
    where = f"{NAME}:{centre.ports.tls}"
    account = replace(centre.account(agent, Transport.TLS), registrar=where, domain=NAME)
    desk = Seat(
        agent.user,
        account=account,
        transports=(Transport.TLS,),
        bind_address="",
        command=_command(laid),
        sound=recording(heard),
    )

    async def registered() -> None:
        await desk.next(RegistrationChanged, lambda news: news.registered)

    async def levels(count: int) -> None:
        """Five a second, and a question to the exchange every second."""
        for _ in range(count):
            await desk.next(LevelsMeasured)
            assert not desk.seen(EngineLost)

    async def play() -> None:
        async with running(desk):
            await registered()
            names.silent = True
            desk.client.send(Register())
            await registered()
            call = desk.client.new_line()
            desk.client.send(MakeCall(call, f"sip:*43@{where};transport=tls"))
            await desk.next(CallAnswered)
            assert await asyncio.to_thread(names.asked.wait, 20)
            await levels(30)
            laid.readdress()
            await asyncio.to_thread(
                centre.await_console, "pjsip show contacts", lambda said: f"@{laid.far}:" in said
            )
            await levels(20)
            await say_until_heard(desk, call, voice, heard)
            assert not desk.seen(CallEnded)

    asyncio.run(play())
