"""What can be dialled, by whom, and how it ends."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from sip.messages import (
    CallAnswered,
    CallEnded,
    CallIdentified,
    HangUp,
    HeaderNames,
    IncomingCall,
    Transport,
)
from tests.exchange.asterisk import Agent, Exchange
from tests.exchange.baresip import Baresip, await_heard, baresip, citizen, colleague, subscriber
from tests.exchange.seats import desk_of, dial_only, on_duty
from tests.sip.voice import write_voice

pytestmark = pytest.mark.processes


def test_the_echo_says_back_what_was_said(exchange: Exchange, tmp_path: Path) -> None:
    voice = write_voice(tmp_path / "voice.wav")
    with colleague(tmp_path / "phone", exchange, exchange.agent(), says=voice) as phone:
        phone.call(exchange.uri("*43"))
        await_heard(voice, phone, tmp_path)


def test_over_tls_both_sides_speak_encrypted_and_are_heard(
    exchange: Exchange, tmp_path: Path
) -> None:
    voice = write_voice(tmp_path / "voice.wav")
    agent = exchange.agent(encrypted=True)
    with colleague(
        tmp_path / "phone", exchange, agent, says=voice, transport=Transport.TLS
    ) as phone:
        phone.call(exchange.uri("*43", Transport.TLS))
        await_heard(voice, phone, tmp_path)
        assert "AES_CM_128_HMAC_SHA1_80" in (tmp_path / "phone" / "log").read_text(
            "utf-8", "replace"
        )


def test_an_encrypted_agent_cannot_speak_in_the_clear(exchange: Exchange, tmp_path: Path) -> None:
    agent = exchange.agent(encrypted=True)
    with colleague(tmp_path / "phone", exchange, agent) as phone:
        phone.dial(exchange.uri("*43"))
        assert "488" in str(phone.wait("CALL_CLOSED")["param"])


@pytest.mark.parametrize(
    ("number", "status"),
    [("0012125550100", 403), ("13800138000", 404), ("hello", 404), ("1", 484), ("1099", 480)],
    ids=["abroad", "no public network", "no number", "no extension", "nobody there"],
)
def test_what_an_agent_cannot_reach_ends_with_a_reason(
    exchange: Exchange, number: str, status: int
) -> None:
    async def play() -> None:
        desk = desk_of(exchange, exchange.agent())
        async with on_duty(desk):
            dial_only(desk, exchange, number)
            assert (await desk.next(CallEnded)).status == status

    asyncio.run(play())


@pytest.mark.parametrize("number", ["1001", "7001", "*43", "801", "13900139000", "*81001"])
def test_a_citizen_reaches_the_hotline_only(
    exchange: Exchange, tmp_path: Path, number: str
) -> None:
    with citizen(tmp_path / "citizen", exchange) as caller:
        caller.dial(exchange.uri(number))
        assert "404" in str(caller.wait("CALL_CLOSED")["param"])


def test_nobody_calls_without_the_password(exchange: Exchange, tmp_path: Path) -> None:
    liar = Agent(exchange.agent().user, "wrong")
    account = f"<sip:{liar.user}@{exchange.host()}>;auth_pass={liar.password};regint=0"
    with baresip(tmp_path / "liar", account) as phone:
        phone.dial(exchange.uri("*43"))
        assert "401" in str(phone.wait("CALL_CLOSED")["param"])


def test_a_call_out_comes_from_the_hotline_and_tells_no_name(
    exchange: Exchange, tmp_path: Path
) -> None:
    voice = write_voice(tmp_path / "voice.wav")
    agent = exchange.agent()
    with (
        subscriber(tmp_path / "home", exchange, "13900139000", says=voice, auto=True) as home,
        colleague(tmp_path / "agent", exchange, agent) as phone,
    ):
        phone.call(exchange.uri("13900139000"))
        event = home.wait("CALL_ESTABLISHED")
        assert event["peeruri"].startswith("sip:12366@")
        await_heard(voice, phone, tmp_path)
        log = (tmp_path / "home" / "log").read_text("utf-8", "replace")
        assert agent.user not in log


def test_a_colleagues_ringing_call_is_picked_up_as_the_same_call(
    exchange: Exchange, tmp_path: Path
) -> None:
    voice = write_voice(tmp_path / "voice.wav")

    async def play() -> None:
        first, second = exchange.agent(), exchange.agent()
        ringing, picker = desk_of(exchange, first), desk_of(exchange, second)
        with (
            exchange.serving("7003", first),
            citizen(tmp_path / "citizen", exchange, says=voice) as caller,
        ):
            async with on_duty(ringing, picker):
                await asyncio.to_thread(caller.call, exchange.uri("12366"))
                await asyncio.to_thread(caller.press, "3")
                rings = await ringing.next(IncomingCall)
                dial_only(picker, exchange, f"*8{first.user}")
                await picker.next(CallAnswered)
                assert (await ringing.next(CallEnded)).line == rings.line
                picked = await picker.next(CallIdentified)
                assert picked.number == "13800138000"

    asyncio.run(play())


def test_nothing_rings_there_and_the_pick_up_says_so(exchange: Exchange) -> None:
    async def play() -> None:
        picker = desk_of(exchange, exchange.agent())
        async with on_duty(picker):
            dial_only(picker, exchange, "*81098")
            assert (await picker.next(CallEnded)).status == 480

    asyncio.run(play())


def test_who_is_in_a_room_hears_the_others(exchange: Exchange, tmp_path: Path) -> None:
    low = write_voice(tmp_path / "low.wav", low=300, high=1000, seconds=0.4)
    high = write_voice(tmp_path / "high.wav", low=2000, high=2900, seconds=0.6)

    with contextlib.ExitStack() as phones:

        def enter(name: str, says: Path | None) -> Baresip:
            phone = phones.enter_context(
                colleague(tmp_path / name, exchange, exchange.agent(), says=says, pause_s=1)
            )
            phone.call(exchange.uri("850"))
            return phone

        first, _, third = enter("first", low), enter("second", high), enter("third", None)
        await_heard(high, first, tmp_path)
        await_heard(low, third, tmp_path)
        await_heard(high, third, tmp_path)


def test_a_consultation_carries_the_id_of_the_call_it_is_about(exchange: Exchange) -> None:
    async def play() -> None:
        expert = exchange.agent()
        asking, asked = desk_of(exchange, exchange.agent()), desk_of(exchange, expert)
        async with on_duty(asking, asked):
            name = HeaderNames().call_id
            number = expert.user
            line = dial_only(asking, exchange, number, ((name, "zuoxi-17.4"),))
            assert (await asked.next(IncomingCall)).call_id == "zuoxi-17.4"
            asking.client.send(HangUp(line))
            await asked.next(CallEnded)
            dial_only(asking, exchange, number, ((name, "a,b)$(id)/../\u00e9"),))
            assert (await asked.next(IncomingCall)).call_id == "abid.."

    asyncio.run(play())
