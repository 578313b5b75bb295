"""Our own engines as agents of the exchange, and what people do around them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from sip.messages import (
    Answer,
    CallAnswered,
    CallProgressed,
    IncomingCall,
    LevelsMeasured,
    LineId,
    MakeCall,
    RegistrationChanged,
    SoundSettings,
    Transport,
)
from tests.exchange.asterisk import Agent, Exchange
from tests.exchange.baresip import Baresip
from tests.sip.seat import LIMIT_S, Seat, recording, running
from tests.sip.voice import HEARD, likeness, read_samples, write_samples

TRIES = 8
"""Each takes three seconds of the call."""


def desk_of(
    exchange: Exchange,
    agent: Agent,
    *,
    heard: Path | None = None,
    transport: Transport = Transport.UDP,
) -> Seat:
    """An engine of ours that registers as ``agent``; its speaker is recorded to ``heard``."""
    return Seat(
        agent.user,
        account=exchange.account(agent, transport),
        transports=(transport,),
        sound=recording(heard) if heard else SoundSettings(backend="null"),
    )


@contextlib.asynccontextmanager
async def on_duty(*desks: Seat) -> AsyncIterator[None]:
    """All of ``desks`` are registered meanwhile."""
    async with running(*desks):
        for desk in desks:
            await desk.next(RegistrationChanged, lambda news: news.registered)
        yield


async def call_in(caller: Baresip, exchange: Exchange, keys: str = "3") -> None:
    """Let ``caller`` call the hotline and pass its menu."""
    await asyncio.to_thread(caller.call, exchange.uri("12366"))
    await asyncio.to_thread(caller.press, keys)


async def take(desk: Seat) -> IncomingCall:
    """Answer the next call that rings at ``desk``."""
    rings = await desk.next(IncomingCall)
    desk.client.send(Answer(rings.line))
    await desk.next(CallAnswered, lambda answered: answered.line == rings.line)
    return rings


async def talk(desk: Seat, exchange: Exchange, agent: Agent) -> IncomingCall:
    """Answer the next call at ``desk`` of ``agent`` and wait until the exchange connected it.

    Of a call that is answered and not connected yet, Asterisk refuses a transfer (400) and forgets
    that it is held: the caller hears no music.
    """
    rings = await take(desk)
    await asyncio.to_thread(exchange.await_talking, agent)
    return rings


async def dial(desk: Seat, exchange: Exchange, number: str) -> LineId:
    """Let ``desk`` call ``number`` and wait until it rings there."""
    line = dial_only(desk, exchange, number)
    await desk.next(CallProgressed, lambda news: news.line == line)
    return line


def dial_only(
    desk: Seat, exchange: Exchange, number: str, headers: tuple[tuple[str, str], ...] = ()
) -> LineId:
    line = desk.client.new_line()
    desk.client.send(MakeCall(line, exchange.uri(number), headers))
    return line


async def moments(desk: Seat, fifths: int) -> None:
    """Let so many fifths of a second of a call pass, by the engine's own clock."""
    for _ in range(fifths):
        await desk.next(LevelsMeasured)


async def hears(desk: Seat, voice: Path, heard: Path, *, enough: float = HEARD) -> None:
    """Wait until ``voice`` is in the recording of what ``desk`` hears."""
    for _ in range(TRIES):
        await moments(desk, 15)
        if await asyncio.to_thread(likeness, voice, heard) > enough:
            return
    raise AssertionError(f"{voice.name} was not heard")


async def phone_hears(
    phone: Baresip, voice: Path, desk: Seat, path: Path, *, enough: float = HEARD
) -> None:
    """Wait until ``voice`` is in what ``phone`` heard; ``desk`` gives the time."""
    found: list[float] = []
    for _ in range(TRIES):
        await moments(desk, 15)
        found.append(await asyncio.to_thread(likeness_of, phone, voice, path))
        if found[-1] > enough:
            return
    raise AssertionError(f"{voice.name} was not heard: {found}")


async def phone_hears_anew(phone: Baresip, voice: Path, path: Path) -> None:
    """Wait until ``voice`` is in what ``phone`` hears from now on."""
    before = len(read_samples(phone.heard(path)))
    async with asyncio.timeout(LIMIT_S):
        while True:
            await asyncio.sleep(0.5)
            new = read_samples(phone.heard(path))[before:]
            if len(new) < 2 * len(read_samples(voice)):
                continue
            write_samples(path, new)
            if await asyncio.to_thread(likeness, voice, path) > HEARD:
                return


def likeness_of(phone: Baresip, voice: Path, path: Path) -> float:
    return likeness(voice, phone.heard(path))
