"""Loss, delay, pulled cables and new addresses, between a desk and a real exchange.

What is waited for has wide limits; the figures that are printed say how long it really took.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from sip.messages import (
    CallAnswered,
    CallEnded,
    CallStatistics,
    EndedBy,
    EngineLost,
    LevelsMeasured,
    LineId,
    MakeCall,
    RegistrationCause,
    RegistrationChanged,
    Transport,
)
from tests.network.cable import Trouble
from tests.network.conftest import Line
from tests.sip.seat import Seat, running, say_until_heard
from tests.sip.voice import likeness, write_voice

pytestmark = pytest.mark.processes
LIMIT_S, SOUND_S = 15.0, 30.0
OUTAGE_S, SHORT_OUTAGE_S, HICCUP_S = 30.0, 8.0, 4.0
TRANSPORTS = (Transport.UDP, Transport.TCP, Transport.TLS)


async def _registered(desk: Seat) -> None:
    await desk.next(RegistrationChanged, lambda news: news.registered, limit=LIMIT_S)


async def _lost(desk: Seat) -> RegistrationCause:
    news = await desk.next(RegistrationChanged, lambda news: not news.registered, limit=LIMIT_S)
    return news.cause


async def _echo(line: Line, desk: Seat, transport: Transport = Transport.UDP) -> LineId:
    """Let ``desk`` call the exchange's echo."""
    call = desk.client.new_line()
    desk.client.send(MakeCall(call, line.exchange.uri("*43", transport)))
    await desk.next(CallAnswered)
    return call


async def _since(began: float, seconds: float) -> None:
    """The fault lasts so long: its duration is the test, nothing is waited for."""
    await asyncio.sleep(max(0.0, began + seconds - time.monotonic()))


def _say(what: str, began: float) -> None:
    print(f"{what}: {time.monotonic() - began:.2f} s")  # noqa: T201 - a figure for who runs it


def test_a_call_lives_and_is_understood_through_loss_and_jitter(line: Line, tmp_path: Path) -> None:
    async def play() -> None:
        voice = write_voice(tmp_path / "voice.wav")
        desk, heard = line.desk(tmp_path)
        async with running(desk):
            await _registered(desk)
            # 5 % and a spread of 80 ms each way, and an echo goes both.
            line.wire.trouble(Trouble(loss=0.05, delay_ms=60, jitter_ms=40))
            call = await _echo(line, desk)
            # The first seconds teach the jitter buffer; unrelated sound is below 0.1.
            await desk.next(CallStatistics, lambda said: said.sent_packets > 200)
            await say_until_heard(desk, call, voice, heard, enough=0.6)
            print(f"likeness: {likeness(voice, heard):.2f}")  # noqa: T201
            assert not desk.seen(CallEnded)
            assert all(news.registered for news in desk.seen(RegistrationChanged))

    asyncio.run(play())


def test_a_long_outage_is_shown_and_ends_only_the_call(line: Line, tmp_path: Path) -> None:
    async def play() -> None:
        (idle, _), (talking, _) = line.desk(tmp_path), line.desk(tmp_path)
        async with running(idle, talking):
            await _registered(idle)
            await _registered(talking)
            await _echo(line, talking)
            await talking.next(CallStatistics, lambda said: said.received_packets > 20)
            line.wire.pull()
            pulled = time.monotonic()
            assert await _lost(idle) is RegistrationCause.NO_ANSWER
            _say("pulled, shown after", pulled)
            assert await _lost(talking) is RegistrationCause.NO_ANSWER
            await talking.next(CallStatistics, lambda said: said.since_last_packet_s >= 5)
            _say("no sound, said after", pulled)
            await _since(pulled, OUTAGE_S)
            line.wire.plug()
            plugged = time.monotonic()
            await _registered(idle)
            _say("plugged, registered after", plugged)
            assert (await talking.next(CallEnded)).ended_by is EndedBy.NETWORK
            await _registered(talking)
            await _echo(line, talking)

    asyncio.run(play())


def test_a_short_outage_interrupts_a_call_and_does_not_end_it(line: Line, tmp_path: Path) -> None:
    async def play() -> None:
        voice = write_voice(tmp_path / "voice.wav")
        desk, heard = line.desk(tmp_path)
        async with running(desk):
            await _registered(desk)
            call = await _echo(line, desk)
            line.wire.pull()
            pulled = time.monotonic()
            await _lost(desk)
            await _since(pulled, SHORT_OUTAGE_S)
            line.wire.plug()
            await _registered(desk)
            await say_until_heard(desk, call, voice, heard)
            assert not desk.seen(CallEnded)

    asyncio.run(play())


def test_a_desk_without_an_interface_says_so_and_comes_back(line: Line, tmp_path: Path) -> None:
    async def play() -> None:
        desk, _ = line.desk(tmp_path)
        async with running(desk):
            await _registered(desk)
            line.wire.switch_off()
            assert await _lost(desk) is RegistrationCause.NO_NETWORK
            line.wire.switch_on()
            switched_on = time.monotonic()
            await _registered(desk)
            _say("switched on, registered after", switched_on)
            await _echo(line, desk)

    asyncio.run(play())


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_new_address_is_registered_and_the_call_goes_on(
    line: Line, tmp_path: Path, transport: Transport
) -> None:
    async def play() -> None:
        voice = write_voice(tmp_path / "voice.wav")
        desk, heard = line.desk(tmp_path, transport)
        async with running(desk):
            await _registered(desk)
            await _move(line, desk)
            call = await _echo(line, desk, transport)
            await _move(line, desk)
            await _sound_flows(desk)
            await say_until_heard(desk, call, voice, heard)
            assert not desk.seen(CallEnded)
            encrypted = (await desk.next(CallStatistics)).encrypted
            assert encrypted is (transport is Transport.TLS)

    asyncio.run(play())


def test_a_call_goes_on_whose_move_to_a_new_address_got_no_answer(
    line: Line, tmp_path: Path
) -> None:
    async def play() -> None:
        voice = write_voice(tmp_path / "voice.wav")
        desk, heard = line.desk(tmp_path, Transport.TCP)
        async with running(desk):
            await _registered(desk)
            call = await _echo(line, desk, Transport.TCP)
            await desk.next(CallStatistics, lambda said: said.received_packets > 20)
            line.wire.pull_after(b"m=audio ")
            await _move(line, desk)
            await asyncio.to_thread(line.wire.await_cut)
            await _since(time.monotonic(), HICCUP_S)  # longer than a connection is kept
            line.wire.plug()
            plugged = time.monotonic()
            await _sound_flows(desk)
            _say("plugged, sound after", plugged)
            await say_until_heard(desk, call, voice, heard)
            assert not desk.seen(CallEnded)

    asyncio.run(play())


async def _move(line: Line, desk: Seat) -> None:
    address = line.wire.readdress()
    moved = time.monotonic()
    await asyncio.to_thread(
        line.exchange.await_console, "pjsip show contacts", lambda said: f"@{address}:" in said
    )
    _say("new address, registered after", moved)


async def _sound_flows(desk: Seat) -> None:
    """Wait for packets that arrive from now on: while the sound moves over, nothing can be played.

    Says what was seen where the call ends instead, or where none arrive.
    """
    before = len(desk.seen(CallStatistics))
    until = time.monotonic() + SOUND_S
    while time.monotonic() < until:
        event = await desk.next(object)
        seen = [e for e in desk.events if not isinstance(e, LevelsMeasured)]
        assert not isinstance(event, CallEnded | EngineLost), f"the call is over: {seen}"
        fresh = [said.since_last_packet_s < 1 for said in desk.seen(CallStatistics)[before:]]
        if len(fresh) >= 3 and all(fresh[-3:]):
            return
    raise AssertionError(f"no sound within {SOUND_S} s, but {seen}")
