"""A citizen's way to an agent, and what the exchange does around it."""

from __future__ import annotations

import asyncio
import time
import wave
from pathlib import Path

import pytest

from installer.exchange.tones import write_sounds
from sip.messages import CallEnded, CallHeld, Hold, IncomingCall, Reject, Transfer
from tests.exchange.asterisk import LIMIT_S, Exchange
from tests.exchange.baresip import Baresip, await_heard, citizen, colleague
from tests.exchange.microphone import RATE_HZ
from tests.exchange.seats import call_in, desk_of, on_duty, talk
from tests.sip.voice import HEARD, HEARD_BESIDE, likeness, write_voice

pytestmark = pytest.mark.processes


def test_an_agent_is_told_all_that_the_exchange_knows_of_the_call(
    exchange: Exchange, tmp_path: Path
) -> None:
    async def play() -> None:
        agent = exchange.agent()
        desk = desk_of(exchange, agent)
        with citizen(tmp_path / "citizen", exchange, name="张伟") as caller:
            async with on_duty(desk):
                await call_in(caller, exchange, "21")
                with exchange.serving("7001", agent):
                    call = await desk.next(IncomingCall)
        assert (call.name, call.number, call.dialled) == ("张伟", "13800138000", "12366")
        assert (call.queue, call.menu_path) == ("咨询", "2-1")
        assert call.call_id.startswith("zuoxi")
        assert call.waited_s is not None
        assert (call.transferred_by, call.returned, call.anonymous) == ("", "", False)

    asyncio.run(play())


@pytest.mark.parametrize(
    ("keys", "queue", "path"),
    [("13", "个税", "1-3"), ("3", "投诉", "3"), ("0", "咨询", "0"), ("9", "咨询", "9")],
)
def test_the_menu_leads_to_the_queue_of_its_key(
    exchange: Exchange, tmp_path: Path, keys: str, queue: str, path: str
) -> None:
    numbers = {"咨询": "7001", "个税": "7002", "投诉": "7003"}

    async def play() -> None:
        agent = exchange.agent()
        desk = desk_of(exchange, agent)
        with (
            exchange.serving(numbers[queue], agent),
            citizen(tmp_path / "citizen", exchange) as caller,
        ):
            async with on_duty(desk):
                await call_in(caller, exchange, keys)
                call = await desk.next(IncomingCall)
                assert (call.queue, call.menu_path) == (queue, path)

    asyncio.run(play())


def test_both_are_heard_and_the_recording_has_both(exchange: Exchange, tmp_path: Path) -> None:
    question = write_voice(tmp_path / "question.wav", low=300, high=1200, seconds=0.5)
    answer = write_voice(tmp_path / "answer.wav", low=1900, high=2900, seconds=0.7)
    agent = exchange.agent()
    with (
        colleague(tmp_path / "agent", exchange, agent, says=answer, auto=True) as desk,
        exchange.serving("7003", agent),
        citizen(tmp_path / "citizen", exchange, says=question) as caller,
    ):
        caller.call(exchange.uri("12366"))
        caller.press("3")
        desk.wait("CALL_ESTABLISHED")
        await_heard(question, desk, tmp_path)
        await_heard(answer, caller, tmp_path)
        caller.hang_up()
        desk.wait("CALL_CLOSED")
    newest = max(exchange.recordings.glob("*/*.wav"), key=lambda file: file.stat().st_mtime)
    for voice in (question, answer):
        _await_recorded(voice, newest)


def _await_recorded(voice: Path, recording: Path) -> None:
    limit = time.monotonic() + LIMIT_S
    # Written out after the call's end; they speak whenever they like, also at the same time.
    while (found := likeness(voice, recording)) < HEARD_BESIDE:
        assert time.monotonic() < limit, f"{voice.name} is not in the recording ({found:.2f})"
        time.sleep(0.2)


def test_a_citizen_on_hold_hears_music(exchange: Exchange, tmp_path: Path) -> None:
    write_sounds(tmp_path)
    music = tmp_path / "music" / "jasmine.wav"

    async def play() -> None:
        agent = exchange.agent()
        desk = desk_of(exchange, agent)
        with (
            exchange.serving("7003", agent),
            citizen(tmp_path / "citizen", exchange) as caller,
        ):
            async with on_duty(desk):
                await call_in(caller, exchange)
                call = await talk(desk, exchange, agent)
                desk.client.send(Hold(call.line))
                await desk.next(CallHeld, lambda news: news.by_agent)
                await asyncio.to_thread(_await_music, music, caller, tmp_path)

    asyncio.run(play())


def _await_music(music: Path, ear: Baresip, folder: Path) -> None:
    """Wait until the last second that ``ear`` heard, from now on, is somewhere in ``music``."""
    last = folder / "last.wav"
    before = _last_second(ear.heard(folder / "heard.wav"), last)
    limit = time.monotonic() + LIMIT_S
    found = 0.0
    while found < HEARD:
        assert time.monotonic() < limit, f"no music was heard ({found:.2f})"
        time.sleep(0.3)
        if _last_second(ear.heard(folder / "heard.wav"), last) > before + RATE_HZ:
            found = likeness(last, music)


def _last_second(heard: Path, path: Path) -> int:
    """Write the last second of ``heard`` to ``path``; return how long the whole is, in samples."""
    with wave.open(str(heard), "rb") as whole, wave.open(str(path), "wb") as part:
        part.setparams(whole.getparams())
        whole.setpos(max(0, whole.getnframes() - RATE_HZ))
        part.writeframes(whole.readframes(RATE_HZ))
        return whole.getnframes()


def test_who_refused_a_call_is_left_alone_and_another_agent_is_rung(
    exchange: Exchange, tmp_path: Path
) -> None:
    async def play() -> None:
        first, second = exchange.agent(), exchange.agent()
        refusing, other = desk_of(exchange, first), desk_of(exchange, second)
        with citizen(tmp_path / "citizen", exchange) as caller:
            async with on_duty(refusing, other):
                with exchange.serving("7003", first):
                    await call_in(caller, exchange)
                    refused = await refusing.next(IncomingCall)
                    refusing.client.send(Reject(refused.line))
                    await refusing.next(CallEnded)
                    with exchange.manager() as manager:  # the queue tries again, and leaves her out
                        manager.wait("Hangup", lambda news: first.user in news["Channel"])
                    assert len(refusing.seen(IncomingCall)) == 1
                    with exchange.serving("7003", second):
                        rings = await other.next(IncomingCall)
                        assert rings.call_id == refused.call_id
                    assert len(refusing.seen(IncomingCall)) == 1

    asyncio.run(play())


def test_a_call_that_nobody_takes_back_waits_in_its_queue(
    exchange: Exchange, tmp_path: Path
) -> None:
    async def play() -> None:
        first, second = exchange.agent(), exchange.agent()
        passing, other = desk_of(exchange, first), desk_of(exchange, second)
        with citizen(tmp_path / "citizen", exchange) as caller:
            async with on_duty(passing, other):
                with exchange.serving("7002", first):
                    await call_in(caller, exchange, "11")
                    call = await talk(passing, exchange, first)
                passing.client.send(Transfer(call.line, exchange.uri("1098")))
                back = await passing.next(IncomingCall)
                assert (back.call_id, back.returned) == (call.call_id, "unreachable")
                passing.client.send(Reject(back.line))
                with exchange.serving("7002", second):
                    rings = await other.next(IncomingCall)
                assert (rings.call_id, rings.queue) == (call.call_id, "个税")
                assert rings.returned == ""

    asyncio.run(play())
