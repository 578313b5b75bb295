"""A seat for tests: a real engine behind a real client, and its events in the order they came."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from sip.client import EngineClient, Patience
from sip.messages import (
    Account,
    Answer,
    CallAnswered,
    CallProgressed,
    Event,
    IncomingCall,
    LevelsMeasured,
    LineId,
    MakeCall,
    PlaybackFinished,
    PlayFile,
    SoundSettings,
    Transport,
)
from tests.sip.voice import HEARD, likeness

LIMIT_S = 20.0
UNGUARDED = (sys.executable, "-m", "tests.sip.malformed.unguarded_engine")
"""The engine whose library sees everything, and dies of some of it."""
E = TypeVar("E")


class Seat:
    """Collects what one client reports; ``next`` walks through it and waits for more."""

    def __init__(
        self,
        user: str,
        *,
        sound: SoundSettings | None = None,
        transports: tuple[Transport, ...] = (Transport.UDP,),
        ring_tone: bool = False,
        command: Sequence[str] | None = None,
        patience: Patience | None = None,
        registrar: str = "",
        account: Account | None = None,
        exchange: tuple[str, ...] = (),
        bind_address: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self.events: list[Event] = []
        self._read = 0
        self._came = asyncio.Event()
        self.client = EngineClient(
            account=account or Account(user=user, registrar=registrar),
            sound=sound or SoundSettings(backend="null"),
            on_event=self._take,
            bind_address=bind_address,
            exchange=exchange,
            transports=transports,
            port=port,
            ring_tone=ring_tone,
            call_tones=ring_tone,
            command=command,
            patience=patience or Patience(),
        )

    def _take(self, event: Event) -> None:
        self.events.append(event)
        self._came.set()

    async def next(
        self,
        kind: type[E],
        when: Callable[[E], bool] = lambda _event: True,
        *,
        limit: float = LIMIT_S,
    ) -> E:
        """Return the next event of ``kind`` that was not passed yet; fails after ``limit`` s."""
        try:
            async with asyncio.timeout(limit):
                while True:
                    while self._read < len(self.events):
                        event = self.events[self._read]
                        self._read += 1
                        if isinstance(event, kind) and when(event):
                            return event
                    self._came.clear()
                    await self._came.wait()
        except TimeoutError:
            seen = [e for e in self.events if not isinstance(e, LevelsMeasured)]
            raise AssertionError(f"no {kind.__name__} within {limit} s, but {seen}") from None

    def seen(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]


@contextlib.asynccontextmanager
async def running(*seats: Seat) -> AsyncIterator[None]:
    """Start the seats' engines and stop them whatever happens."""
    try:
        for seat in seats:
            await seat.client.start()
        yield
    finally:
        await asyncio.gather(*(seat.client.stop() for seat in seats))


def recording(path: Path) -> SoundSettings:
    """Return a null sound device whose speaker is recorded to ``path``."""
    return SoundSettings(backend="null", speaker_record=str(path))


async def ring(caller: Seat, desk: Seat) -> tuple[LineId, LineId]:
    """Let ``caller`` ring ``desk``; return the caller's line and the desk's."""
    line = caller.client.new_line()
    caller.client.send(MakeCall(line, desk.client.local_uri))
    rings = await desk.next(IncomingCall)
    await caller.next(CallProgressed)
    return line, rings.line


async def talk(caller: Seat, desk: Seat) -> tuple[LineId, LineId]:
    """Bring ``caller`` and ``desk`` into an answered call; return the caller's line, the desk's."""
    line, desk_line = await ring(caller, desk)
    desk.client.send(Answer(desk_line))
    await desk.next(CallAnswered)
    await caller.next(CallAnswered)
    return line, desk_line


async def say(seat: Seat, line: LineId, voice: Path) -> None:
    """Play ``voice`` into the call once, to its end."""
    seat.client.send(PlayFile(line, str(voice)))
    await seat.next(PlaybackFinished)


async def say_until_heard(
    seat: Seat, line: LineId, voice: Path, heard: Path, *, enough: float = HEARD
) -> None:
    """Play ``voice`` until it is in ``heard``: three times at most.

    Sound is real time: on a machine that is busy with something else a piece may be lost. What is
    broken is never heard.
    """
    for _ in range(3):
        await say(seat, line, voice)
        for _ in range(3):  # the recording is written with each of them
            await seat.next(LevelsMeasured)
        if await asyncio.to_thread(likeness, voice, heard) > enough:
            return
    raise AssertionError(f"{voice.name} was not heard")
