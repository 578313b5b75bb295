"""What exchanges do with a transfer: finish it, refuse it, keep silent (a peer of bytes)."""

from __future__ import annotations

import asyncio

import pytest

from sip.messages import (
    CallEnded,
    CallStatistics,
    CommandRefused,
    CompleteTransfer,
    EndedBy,
    HangUp,
    IncomingCall,
    LineId,
    Reject,
    Transfer,
    TransferProgressed,
)
from tests.sip.dialog import Dialog, answered, port_of
from tests.sip.raw_peer import RawPeer, raw_peer
from tests.sip.seat import Seat, running, talk

pytestmark = pytest.mark.processes
TARGET = "sip:1002@127.0.0.1"


async def refer(peer: RawPeer, desk: Seat, line: LineId) -> None:
    desk.client.send(Transfer(line, TARGET))
    request = await peer.request(b"REFER", status=202)
    assert b"Refer-To: " in request
    assert TARGET.encode() in request


async def notify(dialog: Dialog, status: int, *, final: bool) -> None:
    """Say how the target answered so far (RFC 3515 2.4.5)."""
    state = b"terminated;reason=noresource" if final else b"active;expires=60"
    await dialog.send(
        b"NOTIFY",
        b"Event: refer\r\nSubscription-State: %s\r\nContent-Type: message/sipfrag\r\n" % state,
        body=b"SIP/2.0 %d Whatever\r\n" % status,
    )


def test_the_leg_ends_when_the_target_took_the_call() -> None:
    async def play() -> None:
        desk = Seat("1001")
        async with running(desk):
            with raw_peer(port_of(desk)) as peer:
                dialog, line = await answered(peer, desk)
                await refer(peer, desk, line)
                await notify(dialog, 180, final=False)
                progress = await desk.next(TransferProgressed, lambda news: news.status == 180)
                assert not progress.final
                await notify(dialog, 200, final=True)
                last = await desk.next(TransferProgressed, lambda news: news.final)
                assert (last.line, last.status) == (line, 200)
                await peer.request(b"BYE")
                assert (await desk.next(CallEnded)).ended_by is EndedBy.AGENT

    asyncio.run(play())


def test_a_refused_refer_leaves_the_call_and_another_can_be_tried() -> None:
    async def play() -> None:
        desk = Seat("1001")
        async with running(desk):
            with raw_peer(port_of(desk)) as peer:
                _, line = await answered(peer, desk)
                for _ in range(2):
                    desk.client.send(Transfer(line, TARGET))
                    await peer.request(b"REFER", status=403)
                    last = await desk.next(TransferProgressed)
                    assert (last.line, last.status, last.final) == (line, 403, True)
                assert not desk.seen(CallEnded)

    asyncio.run(play())


def test_a_call_that_the_exchange_ends_after_it_accepted_was_passed_on() -> None:
    async def play() -> None:
        desk = Seat("1001")
        async with running(desk):
            with raw_peer(port_of(desk)) as peer:
                dialog, line = await answered(peer, desk)
                await refer(peer, desk, line)
                await notify(dialog, 180, final=False)
                await desk.next(TransferProgressed, lambda news: news.status == 180)
                await dialog.send(b"BYE")
                last = await desk.next(TransferProgressed)
                assert (last.status, last.final) == (202, True)
                assert (await desk.next(CallEnded)).ended_by is EndedBy.AGENT

    asyncio.run(play())


def test_a_caller_whom_the_exchange_keeps_without_a_word_is_let_go() -> None:
    async def play() -> None:
        desk = Seat("1001")
        async with running(desk):
            with raw_peer(port_of(desk)) as peer:
                dialog, line = await answered(peer, desk)
                await refer(peer, desk, line)
                await notify(dialog, 100, final=False)
                last = await desk.next(TransferProgressed, lambda news: news.final)
                assert (last.line, last.status) == (line, 202)
                await peer.request(b"BYE")
                assert (await desk.next(CallEnded)).ended_by is EndedBy.AGENT

    asyncio.run(play())


def test_while_the_target_rings_the_silence_of_the_call_is_no_fault() -> None:
    async def play() -> None:
        desk = Seat("1001")
        async with running(desk):
            with raw_peer(port_of(desk)) as peer:
                dialog, line = await answered(peer, desk)
                await refer(peer, desk, line)
                await notify(dialog, 180, final=False)
                await desk.next(TransferProgressed, lambda news: news.status == 180)
                for _ in range(5):
                    figures = await desk.next(CallStatistics)
                assert figures.since_last_packet_s < 2
                assert not desk.seen(CallEnded)

    asyncio.run(play())


def test_a_failed_transfer_leaves_a_caller_who_is_still_there_and_no_empty_call() -> None:
    async def play() -> None:
        desk = Seat("1001")
        async with running(desk):
            with raw_peer(port_of(desk)) as peer:
                dialog, line = await answered(peer, desk)
                await refer(peer, desk, line)
                await notify(dialog, 486, final=True)
                last = await desk.next(TransferProgressed, lambda news: news.final)
                assert (last.line, last.status) == (line, 486)
                await desk.next(CallStatistics)
                assert not desk.seen(CallEnded)
                # This peer never sends sound: nobody is on that call.
                assert (await desk.next(CallEnded)).ended_by is EndedBy.CALLER

    asyncio.run(play())


def test_who_comes_back_is_not_on_two_calls() -> None:
    async def play() -> None:
        desk = Seat("1001")
        async with running(desk):
            with raw_peer(port_of(desk)) as peer, raw_peer(port_of(desk)) as again:
                named = b"X-Zuoxi-Call-ID: 4711\r\n"
                dialog, line = await answered(peer, desk, extra=named)
                await refer(peer, desk, line)
                await notify(dialog, 180, final=False)
                await desk.next(TransferProgressed, lambda news: news.status == 180)
                await again.send(again.invite(extra=named + b"X-Zuoxi-Returned: no-answer\r\n"))
                last = await desk.next(TransferProgressed)
                assert (last.line, last.status, last.final) == (line, 480, True)
                ended = await desk.next(CallEnded)
                assert (ended.line, ended.ended_by) == (line, EndedBy.CALLER)
                rings = await desk.next(IncomingCall)
                assert (rings.call_id, rings.returned) == ("4711", "no-answer")
                await peer.request(b"BYE")

    asyncio.run(play())


def test_who_comes_back_in_the_moment_in_which_we_leave_is_not_on_two_calls() -> None:
    """The target's phone rings, which ends the transfer, and refuses at once."""

    async def play() -> None:
        desk = Seat("1001")
        async with running(desk):
            with raw_peer(port_of(desk)) as peer, raw_peer(port_of(desk)) as again:
                for turn in range(10):
                    named = b"X-Zuoxi-Call-ID: 47%d\r\n" % turn
                    dialog, line = await answered(peer, desk, extra=named)
                    await refer(peer, desk, line)
                    back = again.invite(extra=named + b"X-Zuoxi-Returned: busy\r\n")
                    await asyncio.gather(notify(dialog, 200, final=True), again.send(back))
                    rings = await desk.next(IncomingCall)
                    (ended,) = (one for one in desk.seen(CallEnded) if one.line == line)
                    assert ended.ended_by is EndedBy.AGENT
                    assert desk.events.index(ended) < desk.events.index(rings)
                    desk.client.send(Reject(rings.line))
                    await peer.request(b"BYE")
                    assert (await desk.next(CallEnded)).line == rings.line

    asyncio.run(play())


def test_a_transfer_that_makes_no_sense_is_refused() -> None:
    async def play() -> None:
        desk, one, two = Seat("1001"), Seat("1"), Seat("2")
        async with running(desk, one, two):
            _, first = await talk(one, desk)
            _, second = await talk(two, desk)
            gone = LineId("1-i99")
            for command in (
                Transfer(first, "sip:1002@127.0.0.1\r\nX: y"),
                Transfer(gone, TARGET),
                CompleteTransfer(first, first),
                CompleteTransfer(first, gone),
            ):
                desk.client.send(command)
                refused = await desk.next(CommandRefused)
                assert refused.command == type(command).__name__
            desk.client.send(HangUp(second))
            assert (await desk.next(CallEnded)).line == second

    asyncio.run(play())
