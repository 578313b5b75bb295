"""A seat and a real exchange: registered, refused, lost, and registered again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from dataclasses import replace

import pytest

from sip.client import Patience
from sip.messages import (
    CallAnswered,
    CallStatistics,
    EngineReady,
    IncomingCall,
    MakeCall,
    Register,
    RegistrationCause,
    RegistrationChanged,
    Transport,
)
from tests.exchange.asterisk import Exchange
from tests.exchange.asterisk import exchange as running_exchange
from tests.sip.seat import Seat, running

pytestmark = pytest.mark.processes
LIMIT_S = 15.0
TRANSPORTS = (Transport.UDP, Transport.TCP, Transport.TLS)


def _desk(exchange: Exchange, transport: Transport = Transport.UDP) -> Seat:
    agent = exchange.agent(encrypted=transport is Transport.TLS)
    account = exchange.account(agent, transport)
    return Seat(agent.user, account=account, transports=(transport,), bind_address="")


async def _registered(desk: Seat) -> None:
    await desk.next(RegistrationChanged, lambda news: news.registered, limit=LIMIT_S)


async def _lost(desk: Seat) -> RegistrationCause:
    news = await desk.next(RegistrationChanged, lambda news: not news.registered, limit=LIMIT_S)
    return news.cause


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_call_is_encrypted_over_tls_and_says_so_otherwise(
    exchange: Exchange, transport: Transport
) -> None:
    async def play() -> None:
        desk = _desk(exchange, transport)
        async with running(desk):
            await _registered(desk)
            desk.client.send(MakeCall(desk.client.new_line(), exchange.uri("*43", transport)))
            secret = transport is Transport.TLS
            assert (await desk.next(CallAnswered)).encrypted is secret
            assert (await desk.next(CallStatistics)).encrypted is secret

    asyncio.run(play())


def test_a_wrong_password_and_an_unknown_extension_are_told_apart_from_silence(
    exchange: Exchange,
) -> None:
    async def play() -> None:
        agent = exchange.agent()
        account = exchange.account(agent)
        wrong = Seat(agent.user, account=replace(account, password="no"), bind_address="")
        unknown = Seat("4711", account=replace(account, user="4711"), bind_address="")
        async with running(wrong, unknown):
            assert await _lost(wrong) is RegistrationCause.WRONG_PASSWORD
            # So that nobody can find out which extensions there are, Asterisk says the same.
            assert await _lost(unknown) is RegistrationCause.WRONG_PASSWORD
            wrong.client.send(Register())
            assert await _lost(wrong) is RegistrationCause.WRONG_PASSWORD

    asyncio.run(play())


def test_register_is_answered_also_when_nothing_changes(exchange: Exchange) -> None:
    async def play() -> None:
        desk = _desk(exchange)
        async with running(desk):
            await _registered(desk)
            desk.client.send(Register())
            await _registered(desk)

    asyncio.run(play())


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_an_exchange_that_was_killed_is_told_and_found_again(transport: Transport) -> None:
    async def play(exchange: Exchange) -> None:
        desk = _desk(exchange, transport)
        async with running(desk):
            await _registered(desk)
            exchange.kill()
            assert await _lost(desk) is RegistrationCause.NO_ANSWER
            await asyncio.to_thread(exchange.restart, forget=True)
            await _registered(desk)
            await asyncio.to_thread(
                exchange.await_console,
                "pjsip show contacts",
                lambda said: "Objects found: 1" in said,
            )

    with running_exchange() as exchange:
        asyncio.run(play(exchange))


def test_an_exchange_that_was_back_before_anybody_asked_rings_the_seat_again() -> None:
    async def play(exchange: Exchange) -> None:
        agent = exchange.agent()
        desk = Seat(agent.user, account=exchange.account(agent), bind_address="")
        other = _desk(exchange)
        async with running(desk, other):
            await _registered(desk)
            for _ in range(3):  # it was away for less than the second between two questions
                await asyncio.to_thread(exchange.restart, forget=True)
                await asyncio.to_thread(
                    exchange.await_console,
                    "pjsip show contacts",
                    lambda said: f" {agent.user}/" in said and "Avail" in said,
                )
            other.client.send(MakeCall(other.client.new_line(), exchange.uri(agent.user)))
            await desk.next(IncomingCall)
        assert not [line for line in exchange.complaints() if "\\r" in line or "parse" in line]

    with running_exchange() as exchange:
        asyncio.run(play(exchange))


def test_an_exchange_that_stops_answering_for_a_while_is_told() -> None:
    async def play(exchange: Exchange) -> None:
        desk = _desk(exchange)
        async with running(desk):
            await _registered(desk)
            with exchange.frozen():
                assert await _lost(desk) is RegistrationCause.NO_ANSWER
            await _registered(desk)

    with running_exchange() as exchange:
        asyncio.run(play(exchange))


PATIENCES = (Patience(), Patience(silent_s=LIMIT_S))
"""The engine that stands still is ended and started again, or goes on by itself."""


@pytest.mark.parametrize("patience", PATIENCES, ids=["restarted", "awaited"])
def test_a_seat_that_missed_the_exchanges_question_is_rung_as_soon_as_it_is_back(
    exchange: Exchange, patience: Patience
) -> None:
    agent = exchange.agent()

    def may_be_rung() -> bool:
        return "Avail" in _contact(exchange, agent.user)

    async def play() -> None:
        account = exchange.account(agent)
        desk = Seat(agent.user, account=account, bind_address="", patience=patience)
        async with running(desk):
            await _registered(desk)
            before = _contact(exchange, agent.user)
            engine = desk.seen(EngineReady)[-1].pid
            os.kill(engine, signal.SIGSTOP)
            try:
                exchange.console(f"pjsip qualify {agent.user}")
                await asyncio.to_thread(
                    exchange.await_console,
                    "pjsip show contacts",
                    lambda said: "Unavail" in said or before not in said,
                )
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(engine, signal.SIGCONT)
            await _registered(desk)
            now = await asyncio.to_thread(
                exchange.await_console, "pjsip show contacts", lambda _said: may_be_rung()
            )
            # Asterisk would ask the old contact again after a quarter of a minute.
            assert before.split()[1] not in now

    asyncio.run(play())


def _contact(exchange: Exchange, user: str) -> str:
    """What the exchange says of where ``user`` is: URI, its name there, how it answers."""
    lines = exchange.console("pjsip show contacts").splitlines()
    return next((line for line in lines if f" {user}/" in line), "")
