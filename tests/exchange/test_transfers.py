"""Passing a caller on over the real exchange: taken, refused, given back, never lost."""

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
    CommandRefused,
    CompleteTransfer,
    EndedBy,
    HangUp,
    Hold,
    IncomingCall,
    LineId,
    Reject,
    Resume,
    Transfer,
    TransferProgressed,
)
from tests.exchange.asterisk import Agent, Exchange
from tests.exchange.baresip import Baresip, await_heard, citizen, subscriber
from tests.exchange.seats import (
    call_in,
    desk_of,
    dial,
    hears,
    moments,
    on_duty,
    phone_hears,
    take,
    talk,
)
from tests.sip.seat import Seat, say
from tests.sip.voice import write_voice

pytestmark = pytest.mark.processes
NOT_THERE = 0.5


async def over(desk: Seat, line: LineId) -> TransferProgressed:
    """Wait for the transfer's last word and the end of the call at ``desk``."""
    last = await desk.next(TransferProgressed, lambda news: news.final)
    assert last.line == line
    await desk.next(CallEnded, lambda ended: ended.line == line)
    return last


def test_a_colleague_takes_a_blind_transfer_and_knows_the_call(
    exchange: Exchange, tmp_path: Path
) -> None:
    question = write_voice(tmp_path / "question.wav", low=400, high=1500)
    answer = write_voice(tmp_path / "answer.wav", low=3000, high=1600)
    heard, first_heard = tmp_path / "heard.wav", tmp_path / "first-heard.wav"
    agent, other = exchange.agent(), exchange.agent()

    async def play() -> None:
        desk = desk_of(exchange, agent, heard=first_heard)
        colleague = desk_of(exchange, other, heard=heard)
        async with on_duty(desk, colleague):
            await call_in(caller, exchange)
            rings = await talk(desk, exchange, agent)
            desk.client.send(Transfer(rings.line, exchange.uri(other.user)))
            there = await colleague.next(IncomingCall)
            assert there.call_id == rings.call_id
            assert (there.transferred_by, there.returned) == (agent.user, "")
            assert (there.number, there.queue) == (rings.number, rings.queue)
            colleague.client.send(Answer(there.line))
            assert (await over(desk, rings.line)).status == 200
            await hears(colleague, question, heard)
            await say(colleague, there.line, answer)
            await phone_hears(caller, answer, colleague, tmp_path / "caller-heard.wav")

    with (
        exchange.serving("7003", agent),
        citizen(tmp_path / "citizen", exchange, says=question) as caller,
    ):
        asyncio.run(play())


def test_a_queue_takes_a_blind_transfer(exchange: Exchange, tmp_path: Path) -> None:
    agent, other = exchange.agent(), exchange.agent()

    async def play() -> None:
        desk, colleague = desk_of(exchange, agent), desk_of(exchange, other)
        async with on_duty(desk, colleague):
            await call_in(caller, exchange)
            rings = await talk(desk, exchange, agent)
            desk.client.send(Transfer(rings.line, exchange.uri("7001")))
            there = await take(colleague)
            assert there.call_id == rings.call_id
            assert there.queue != rings.queue
            assert there.transferred_by == agent.user
            assert (await over(desk, rings.line)).status == 200

    with (
        exchange.serving("7003", agent),
        exchange.serving("7001", other),
        citizen(tmp_path / "citizen", exchange) as caller,
    ):
        asyncio.run(play())


def test_an_agent_need_not_wait_until_the_queue_serves_whom_she_sent_there(
    exchange: Exchange, tmp_path: Path
) -> None:
    agent, absent = exchange.agent(), exchange.agent()

    async def play() -> None:
        desk = desk_of(exchange, agent)
        async with on_duty(desk):
            await call_in(caller, exchange)
            rings = await talk(desk, exchange, agent)
            desk.client.send(Transfer(rings.line, exchange.uri("7002")))
            last = await desk.next(TransferProgressed, lambda news: news.final)
            assert last.status // 100 == 2
            assert (await desk.next(CallEnded)).ended_by is EndedBy.AGENT
            exchange.await_console("queue show 7002", lambda said: "has 1 calls" in said)

    with (
        exchange.serving("7003", agent),
        exchange.serving("7002", absent),
        citizen(tmp_path / "citizen", exchange) as caller,
    ):
        asyncio.run(play())


def test_a_number_of_the_public_network_takes_a_blind_transfer(
    exchange: Exchange, tmp_path: Path
) -> None:
    agent = exchange.agent()
    advice = write_voice(tmp_path / "advice.wav", low=400, high=1500)

    async def play() -> None:
        desk = desk_of(exchange, agent)
        async with on_duty(desk):
            await call_in(caller, exchange)
            rings = await talk(desk, exchange, agent)
            desk.client.send(Transfer(rings.line, exchange.uri("02012345678")))
            assert (await over(desk, rings.line)).status == 200
            await asyncio.to_thread(expert.wait, "CALL_ESTABLISHED")
            await asyncio.to_thread(await_heard, advice, caller, tmp_path)

    with (
        exchange.serving("7003", agent),
        citizen(tmp_path / "citizen", exchange) as caller,
        subscriber(tmp_path / "expert", exchange, "02012345678", says=advice, auto=True) as expert,
    ):
        asyncio.run(play())


@pytest.mark.parametrize(
    ("status", "reason"), [(486, "busy"), (603, "refused"), (480, "no-answer"), (0, "unreachable")]
)
def test_who_is_not_taken_comes_back_with_the_reason(
    exchange: Exchange, tmp_path: Path, status: int, reason: str
) -> None:
    question = write_voice(tmp_path / "question.wav", low=400, high=1500)
    heard = tmp_path / "heard.wav"
    agent, other = exchange.agent(), exchange.agent()

    async def play() -> None:
        desk, colleague = desk_of(exchange, agent, heard=heard), desk_of(exchange, other)
        at_work = (desk, colleague) if status else (desk,)
        async with on_duty(*at_work):
            await call_in(caller, exchange)
            rings = await talk(desk, exchange, agent)
            desk.client.send(Transfer(rings.line, exchange.uri(other.user)))
            if status:
                there = await colleague.next(IncomingCall)
                await over(desk, rings.line)
                colleague.client.send(Reject(there.line, status))
            again = await desk.next(IncomingCall)
            assert (again.returned, again.call_id) == (reason, rings.call_id)
            assert again.number == rings.number
            # Never are there two calls of one caller on the screen.
            ended = desk.seen(CallEnded)
            assert [end.line for end in ended] == [rings.line]
            assert desk.events.index(ended[0]) < desk.events.index(again)
            # The exchange calls it done as soon as the caller hears the target ring.
            rang = status != 0
            final = [news for news in desk.seen(TransferProgressed) if news.final]
            assert [news.status // 100 == 2 for news in final] == [rang]
            assert (ended[0].ended_by is EndedBy.AGENT) is rang
            desk.client.send(Answer(again.line))
            await hears(desk, question, heard)

    with (
        exchange.serving("7003", agent),
        citizen(tmp_path / "citizen", exchange, says=question) as caller,
    ):
        asyncio.run(play())


def test_a_caller_who_is_gone_meanwhile_rings_nowhere(exchange: Exchange, tmp_path: Path) -> None:
    agent, other = exchange.agent(), exchange.agent()

    async def play() -> None:
        desk, colleague = desk_of(exchange, agent), desk_of(exchange, other)
        async with on_duty(desk, colleague):
            await call_in(caller, exchange)
            rings = await talk(desk, exchange, agent)
            desk.client.send(Transfer(rings.line, exchange.uri(other.user)))
            there = await colleague.next(IncomingCall)
            assert (await over(desk, rings.line)).status == 200  # it rings there, says the exchange
            await asyncio.to_thread(caller.hang_up)
            assert (await colleague.next(CallEnded)).line == there.line
            exchange.await_console("core show channels count", lambda said: "0 active ch" in said)
            assert len(desk.seen(IncomingCall)) == 1

    with exchange.serving("7003", agent), citizen(tmp_path / "citizen", exchange) as caller:
        asyncio.run(play())


async def consult(
    desk: Seat, exchange: Exchange, agent: Agent, caller: Baresip, number: str
) -> tuple[IncomingCall, LineId]:
    """Take the caller, hold him and call ``number``; return his call and the consultation."""
    await call_in(caller, exchange)
    rings = await talk(desk, exchange, agent)
    desk.client.send(Hold(rings.line))
    await desk.next(CallHeld)
    return rings, await dial(desk, exchange, number)


def test_who_was_consulted_takes_the_call(exchange: Exchange, tmp_path: Path) -> None:
    question = write_voice(tmp_path / "question.wav", low=400, high=1500)
    answer = write_voice(tmp_path / "answer.wav", low=3000, high=1600)
    heard = tmp_path / "heard.wav"
    agent, other = exchange.agent(), exchange.agent()

    async def play() -> None:
        desk, colleague = desk_of(exchange, agent), desk_of(exchange, other, heard=heard)
        async with on_duty(desk, colleague):
            rings, consulted = await consult(desk, exchange, agent, caller, other.user)
            desk.client.send(CompleteTransfer(rings.line, consulted))
            refused = await desk.next(CommandRefused)  # nobody answered it yet
            assert refused.command == "CompleteTransfer"
            there = await talk(colleague, exchange, other)
            await desk.next(CallAnswered)
            desk.client.send(CompleteTransfer(rings.line, consulted))
            ends = [await desk.next(CallEnded) for _ in range(2)]
            assert {end.line for end in ends} == {rings.line, consulted}
            last = desk.seen(TransferProgressed)[-1]
            assert (last.status, last.final) == (200, True)
            known = await colleague.next(CallIdentified)
            assert (known.line, known.number) == (there.line, rings.number)
            await hears(colleague, question, heard)
            await say(colleague, there.line, answer)
            await phone_hears(caller, answer, colleague, tmp_path / "caller-heard.wav")

    with (
        exchange.serving("7003", agent),
        citizen(tmp_path / "citizen", exchange, says=question) as caller,
    ):
        asyncio.run(play())


@pytest.mark.parametrize("status", [486, 603])
def test_who_refuses_to_be_consulted_leaves_the_caller_with_the_agent(
    exchange: Exchange, tmp_path: Path, status: int
) -> None:
    question = write_voice(tmp_path / "question.wav", low=400, high=1500)
    heard = tmp_path / "heard.wav"
    agent, other = exchange.agent(), exchange.agent()

    async def play() -> None:
        desk, colleague = desk_of(exchange, agent, heard=heard), desk_of(exchange, other)
        async with on_duty(desk, colleague):
            rings, consulted = await consult(desk, exchange, agent, caller, other.user)
            there = await colleague.next(IncomingCall)
            colleague.client.send(Reject(there.line, status))
            ended = await desk.next(CallEnded)
            assert (ended.line, ended.ended_by) == (consulted, EndedBy.CALLER)
            assert ended.status in {486, 403, 603}  # declined outside is forbidden inside
            desk.client.send(Resume(rings.line))
            await desk.next(CallHeld, lambda held: not held.by_agent)
            await hears(desk, question, heard)

    with (
        exchange.serving("7003", agent),
        citizen(tmp_path / "citizen", exchange, says=question) as caller,
    ):
        asyncio.run(play())


def test_a_caller_or_colleague_gone_before_the_transfer_leaves_the_other_call(
    exchange: Exchange, tmp_path: Path
) -> None:
    agent, other = exchange.agent(), exchange.agent()

    async def play() -> None:
        desk, colleague = desk_of(exchange, agent), desk_of(exchange, other)
        async with on_duty(desk, colleague):
            rings, consulted = await consult(desk, exchange, agent, caller, other.user)
            await talk(colleague, exchange, other)
            await desk.next(CallAnswered)
            await asyncio.to_thread(caller.hang_up)
            assert (await desk.next(CallEnded)).line == rings.line
            desk.client.send(CompleteTransfer(rings.line, consulted))
            assert (await desk.next(CommandRefused)).reason
            await moments(desk, 5)
            assert len(desk.seen(CallEnded)) == 1
            desk.client.send(HangUp(consulted))
            assert (await colleague.next(CallEnded)).ended_by is EndedBy.CALLER

    with exchange.serving("7003", agent), citizen(tmp_path / "citizen", exchange) as caller:
        asyncio.run(play())
