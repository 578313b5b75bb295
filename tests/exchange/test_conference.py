"""Three on one call over the real exchange, and the agent who leaves them to it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sip.messages import (
    CallAnswered,
    CallEnded,
    CallHeld,
    CompleteTransfer,
    Conference,
    ConferenceChanged,
    Hold,
    Resume,
    TransferProgressed,
)
from tests.exchange.asterisk import Exchange
from tests.exchange.baresip import citizen, colleague
from tests.exchange.seats import (
    call_in,
    desk_of,
    dial_only,
    hears,
    likeness_of,
    on_duty,
    phone_hears,
    phone_hears_anew,
    talk,
)
from tests.sip.seat import say
from tests.sip.voice import write_voice

pytestmark = pytest.mark.processes
BOTH_AT_ONCE = 0.6
"""Of two voices of the same loudness each is likely to 0.7 of what is heard."""


def test_three_hear_each_other_and_two_go_on_without_the_agent(
    exchange: Exchange, tmp_path: Path
) -> None:
    question = write_voice(tmp_path / "question.wav", low=300, high=1300)
    advice = write_voice(tmp_path / "advice.wav", low=3200, high=2000)
    greeting = write_voice(tmp_path / "greeting.wav", low=1300, high=2000)
    heard = tmp_path / "heard.wav"
    agent, expert_agent = exchange.agent(), exchange.agent()

    async def play() -> None:
        desk = desk_of(exchange, agent, heard=heard)
        async with on_duty(desk):
            await call_in(caller, exchange)
            rings = await talk(desk, exchange, agent)
            desk.client.send(Hold(rings.line))
            await desk.next(CallHeld)
            consulted = dial_only(desk, exchange, expert_agent.user)
            await desk.next(CallAnswered)
            desk.client.send(Resume(rings.line))
            await desk.next(CallHeld)
            desk.client.send(Conference((rings.line, consulted)))
            await desk.next(ConferenceChanged)
            await hears(desk, question, heard, enough=BOTH_AT_ONCE)
            await hears(desk, advice, heard, enough=BOTH_AT_ONCE)
            # Through two jitter buffers and a null clock a busy machine loses a piece now and then.
            for phone, voice in ((caller, advice), (expert, question)):
                path = tmp_path / f"at-{phone.port}.wav"
                await phone_hears(phone, voice, desk, path, enough=BOTH_AT_ONCE)
            await say(desk, rings.line, greeting)
            await phone_hears(caller, greeting, desk, tmp_path / "caller.wav", enough=BOTH_AT_ONCE)
            assert likeness_of(caller, question, tmp_path / "caller.wav") < 0.5
            # She leaves, and they go on.
            desk.client.send(CompleteTransfer(rings.line, consulted))
            ends = {(await desk.next(CallEnded)).line for _ in range(2)}
            assert ends == {rings.line, consulted}
            last = desk.seen(TransferProgressed)[-1]
            assert (last.status, last.final) == (200, True)
            assert desk.seen(ConferenceChanged)[-1].lines == ()
        await phone_hears_anew(caller, advice, tmp_path / "caller.wav")
        await phone_hears_anew(expert, question, tmp_path / "expert.wav")

    with (
        exchange.serving("7003", agent),
        citizen(tmp_path / "citizen", exchange, says=question) as caller,
        colleague(tmp_path / "expert", exchange, expert_agent, says=advice, auto=True) as expert,
    ):
        asyncio.run(play())
