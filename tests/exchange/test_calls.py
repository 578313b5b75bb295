"""What an agent does with calls of the real exchange, and who hears whom meanwhile."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sip.messages import (
    Answer,
    CallAnswered,
    CallEnded,
    CallHeld,
    CallIdentified,
    CallMuted,
    CallStatistics,
    DtmfReceived,
    EndedBy,
    HangUp,
    Hold,
    IncomingCall,
    PlayFile,
    Resume,
    SendDtmf,
    SetMute,
)
from tests.exchange.asterisk import Exchange
from tests.exchange.asterisk import exchange as own_exchange
from tests.exchange.baresip import citizen, colleague
from tests.exchange.seats import (
    call_in,
    desk_of,
    dial_only,
    hears,
    likeness_of,
    moments,
    on_duty,
    phone_hears,
    take,
)
from tests.sip.seat import say
from tests.sip.voice import loudness, write_voice

pytestmark = pytest.mark.processes
NOT_THERE = 0.5


def low_voice(path: Path) -> Path:
    return write_voice(path, low=400, high=1500)


def high_voice(path: Path) -> Path:
    return write_voice(path, low=3000, high=1600)


def test_a_held_caller_hears_music_and_nobody_hears_the_other(
    exchange: Exchange, tmp_path: Path
) -> None:
    question, secret = low_voice(tmp_path / "question.wav"), high_voice(tmp_path / "secret.wav")
    before, heard = tmp_path / "before.wav", tmp_path / "heard.wav"
    agent = exchange.agent()

    async def play() -> None:
        desk = desk_of(exchange, agent, heard=heard)
        async with on_duty(desk):
            await call_in(caller, exchange, "21")
            rings = await take(desk)
            assert (rings.number, rings.menu_path, rings.dialled) == ("13800138000", "2-1", "12366")
            assert rings.queue
            assert rings.waited_s is not None
            assert rings.call_id
            await hears(desk, question, heard)
            desk.client.send(Hold(rings.line))
            await desk.next(CallHeld, lambda held: held.by_agent)
            await moments(desk, 3)
            caller.heard(before)
            silent_from = len(loudness(heard))
            desk.client.send(PlayFile(rings.line, str(secret)))
            await moments(desk, 15)
            held = loudness(heard)[silent_from:]
            assert max(held) < 100, "the held caller was heard"
            assert desk.seen(CallStatistics)[-1].since_last_packet_s < 2
            during = loudness(caller.heard(tmp_path / "during.wav"))[len(loudness(before)) :]
            assert max(during) > 300, "no music"
            desk.client.send(Resume(rings.line))
            await desk.next(CallHeld, lambda held: not held.by_agent)
            caller.hang_up()
            assert (await desk.next(CallEnded)).ended_by is EndedBy.CALLER
        assert likeness_of(caller, secret, tmp_path / "all.wav") < NOT_THERE

    with (
        exchange.serving("7001", agent),
        citizen(tmp_path / "citizen", exchange, says=question) as caller,
    ):
        asyncio.run(play())


def test_of_two_calls_only_the_one_that_is_not_held_is_heard(
    exchange: Exchange, tmp_path: Path
) -> None:
    one_says, two_says = low_voice(tmp_path / "one.wav"), high_voice(tmp_path / "two.wav")
    to_one = write_voice(tmp_path / "to-one.wav", low=900, high=2600)
    heard = tmp_path / "heard.wav"
    agent = exchange.agent()

    async def play() -> None:
        desk = desk_of(exchange, agent, heard=heard)
        async with on_duty(desk):
            await call_in(one, exchange)
            first = (await take(desk)).line
            await hears(desk, one_says, heard)
            # The queue does not ring who talks: the second call comes straight to the agent.
            await asyncio.to_thread(two.dial, exchange.uri(agent.user))
            rings = await desk.next(IncomingCall)
            desk.client.send(Hold(first))
            await desk.next(CallHeld, lambda held: held.by_agent)
            desk.client.send(Answer(rings.line))
            await hears(desk, two_says, heard)
            desk.client.send(Hold(rings.line))
            await desk.next(CallHeld, lambda held: held.line == rings.line)
            desk.client.send(Resume(first))
            await desk.next(CallHeld, lambda held: held.line == first)
            await say(desk, first, to_one)
            await phone_hears(one, to_one, desk, tmp_path / "one-heard.wav")
            desk.client.send(HangUp(first))
            desk.client.send(HangUp(rings.line))
            await desk.next(CallEnded)
            await desk.next(CallEnded)
        assert likeness_of(two, to_one, tmp_path / "two-heard.wav") < NOT_THERE
        assert likeness_of(two, one_says, tmp_path / "two-heard.wav") < NOT_THERE
        assert likeness_of(one, two_says, tmp_path / "one-heard.wav") < NOT_THERE

    with (
        exchange.serving("7003", agent),
        citizen(tmp_path / "one", exchange, says=one_says) as one,
        colleague(tmp_path / "two", exchange, exchange.agent(), says=two_says) as two,
    ):
        asyncio.run(play())


def test_a_muted_agent_stays_muted_over_hold_and_resume(exchange: Exchange, tmp_path: Path) -> None:
    hidden, said = low_voice(tmp_path / "hidden.wav"), high_voice(tmp_path / "said.wav")
    agent = exchange.agent()

    async def play() -> None:
        desk = desk_of(exchange, agent)
        async with on_duty(desk):
            await call_in(caller, exchange)
            line = (await take(desk)).line
            desk.client.send(SetMute(line, True))
            await desk.next(CallMuted)
            await say(desk, line, hidden)
            desk.client.send(Hold(line))
            await desk.next(CallHeld)
            desk.client.send(Resume(line))
            await desk.next(CallHeld)
            await say(desk, line, hidden)
            desk.client.send(SetMute(line, False))
            await desk.next(CallMuted)
            await say(desk, line, said)
            await phone_hears(caller, said, desk, tmp_path / "heard.wav")
        assert likeness_of(caller, hidden, tmp_path / "heard.wav") < NOT_THERE

    with exchange.serving("7003", agent), citizen(tmp_path / "citizen", exchange) as caller:
        asyncio.run(play())


def test_every_digit_of_a_long_paste_arrives(exchange: Exchange) -> None:
    pasted = "1234567890*" * 2 + "99887766554411"  # 36, more than the library holds at once
    agent = exchange.agent()

    async def play() -> None:
        desk = desk_of(exchange, agent)
        async with on_duty(desk):
            line = dial_only(desk, exchange, "*43")  # says everything back, digits too
            await desk.next(CallAnswered)
            desk.client.send(SendDtmf(line, pasted[:32]))
            desk.client.send(SendDtmf(line, pasted[32:]))
            back = [(await desk.next(DtmfReceived)).digit for _ in pasted]
            assert "".join(back) == pasted

    asyncio.run(play())


def test_the_menu_understands_an_agents_keypad(exchange: Exchange) -> None:
    agent, other = exchange.agent(), exchange.agent()

    async def play() -> None:
        desk, second = desk_of(exchange, agent), desk_of(exchange, other)
        async with on_duty(desk, second):
            line = dial_only(desk, exchange, "12366")
            await desk.next(CallAnswered)
            desk.client.send(SendDtmf(line, "21"))
            assert (await second.next(IncomingCall)).menu_path == "2-1"

    with exchange.serving("7001", other):
        asyncio.run(play())


def test_a_colleagues_ringing_call_is_picked_up_and_known(
    exchange: Exchange, tmp_path: Path
) -> None:
    question, heard = low_voice(tmp_path / "question.wav"), tmp_path / "heard.wav"
    agent, other = exchange.agent(), exchange.agent()

    async def play() -> None:
        desk, picker = desk_of(exchange, agent), desk_of(exchange, other, heard=heard)
        async with on_duty(desk, picker):
            await call_in(caller, exchange)
            rings = await desk.next(IncomingCall)
            line = dial_only(picker, exchange, "*8" + agent.user)
            assert (await desk.next(CallEnded)).line == rings.line
            known = await picker.next(CallIdentified, lambda news: news.number == rings.number)
            assert known.line == line
            await hears(picker, question, heard)

    with (
        exchange.serving("7003", agent),
        citizen(tmp_path / "citizen", exchange, says=question) as caller,
    ):
        asyncio.run(play())


def test_a_call_that_a_restarted_exchange_forgot_ends(tmp_path: Path) -> None:
    with own_exchange() as exchange:
        agent, second = exchange.agent(), exchange.agent()

        async def play() -> None:
            desk, other = desk_of(exchange, agent), desk_of(exchange, second)
            async with on_duty(desk, other):
                held = dial_only(desk, exchange, "*43")
                await desk.next(CallAnswered)
                desk.client.send(Hold(held))
                await desk.next(CallHeld)
                talks = dial_only(desk, exchange, "*43")
                await desk.next(CallAnswered)
                rings = dial_only(desk, exchange, second.user)
                incoming = await other.next(IncomingCall)
                await asyncio.to_thread(exchange.restart)
                ends = {(e := await desk.next(CallEnded, limit=45)).line: e for _ in range(3)}
                assert set(ends) == {held, talks, rings}
                assert {end.ended_by for end in ends.values()} == {EndedBy.NETWORK}
                assert (await other.next(CallEnded, limit=45)).line == incoming.line

        asyncio.run(play())
