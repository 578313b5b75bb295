"""A phone on stage: a seat that SIPp calls or is called by, and that must live after it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from sip.messages import (
    Account,
    Answer,
    CallAnswered,
    CallEnded,
    CallStatistics,
    Event,
    IncomingCall,
    LevelsMeasured,
    LineId,
    MakeCall,
    SoundSettings,
)
from tests.sip.seat import Seat, running
from tests.sipp.sipp import Sipp, sipp, udp_port

QUICK = (sys.executable, "-m", "tests.sipp.quick_engine")
_ACCOUNT = Account("1001", password="secret")


@contextlib.asynccontextmanager
async def phone(
    folder: Path, *, command: Sequence[str] | None = None, sound: SoundSettings | None = None
) -> AsyncIterator[Seat]:
    """Run a seat; after the story it must take a genuine call, and never have lost its engine."""
    desk = Seat("1001", account=_ACCOUNT, command=command, sound=sound)
    async with running(desk):
        yield desk
        await takes_a_call(desk, folder)
        assert desk.client.incarnation == 1


async def takes_a_call(desk: Seat, folder: Path) -> None:
    """See a genuine call through, from the ring to its end."""
    async with sipp("calls_and_hangs_up", folder, target=udp_port(desk)):
        line = await answer(desk)
        await desk.next(CallEnded, lambda event: event.line == line)


async def answer(desk: Seat) -> LineId:
    """Answer the next call that rings; return its line."""
    line = (await desk.next(IncomingCall)).line
    desk.client.send(Answer(line))
    await desk.next(CallAnswered, lambda event: event.line == line)
    return line


def dial(desk: Seat, other: Sipp) -> LineId:
    """Call ``other``; return the line."""
    line = desk.client.new_line()
    desk.client.send(MakeCall(line, other.uri))
    return line


def story_of(desk: Seat, line: LineId) -> list[Event]:
    """Return what was told of ``line`` so far, without its sound."""
    told = [event for event in desk.events if getattr(event, "line", None) == line]
    return [event for event in told if not isinstance(event, LevelsMeasured | CallStatistics)]
