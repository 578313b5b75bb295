"""Two real engines call each other over loopback (steps ① and ②)."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from sip.messages import (
    Answer,
    CallAnswered,
    CallEnded,
    CallProgressed,
    EndedBy,
    HangUp,
    IncomingCall,
    MakeCall,
    SoundChanged,
    SoundState,
)
from tests.sip.seat import Seat, recording, running, say_until_heard, talk
from tests.sip.voice import write_voice

pytestmark = pytest.mark.processes


@pytest.mark.parametrize("rate_hz", [8_000, 16_000])
def test_a_caller_rings_is_answered_heard_and_hangs_up(rate_hz: int, tmp_path: Path) -> None:
    voice = write_voice(tmp_path / "voice.wav", rate_hz=rate_hz)
    heard = tmp_path / "heard.wav"

    async def play() -> None:
        desk, caller = Seat("1001", sound=recording(heard)), Seat("2001")
        async with running(desk, caller):
            line = caller.client.new_line()
            headers = (("X-Zuoxi-Queue", "咨询"), ("X-Zuoxi-Menu", "2-1"), ("X-Zuoxi-Waited", "42"))
            caller.client.send(
                MakeCall(line, desk.client.local_uri, headers, "张伟", "13800138000")
            )
            rings = await desk.next(IncomingCall)
            assert (rings.name, rings.number, rings.dialled) == ("张伟", "13800138000", "1001")
            assert (rings.queue, rings.menu_path, rings.waited_s) == ("咨询", "2-1", 42)
            assert not rings.anonymous
            assert (await caller.next(CallProgressed)).status == 180

            desk.client.send(Answer(rings.line))
            assert (await desk.next(CallAnswered)).codec == "PCMA"
            assert (await caller.next(CallAnswered)).line == line
            await say_until_heard(caller, line, voice, heard)

            caller.client.send(HangUp(line))
            assert (await caller.next(CallEnded)).ended_by is EndedBy.AGENT
            ended = await desk.next(CallEnded)
            assert (ended.line, ended.ended_by) == (rings.line, EndedBy.CALLER)
            await desk.next(SoundChanged, lambda news: news.state is SoundState.CLOSED)

    asyncio.run(play())


def test_everything_is_bound_to_the_one_address_that_was_given() -> None:
    async def play() -> None:
        desk, caller = Seat("1001"), Seat("2001")
        async with running(desk, caller):
            await talk(caller, desk)
            assert desk.client.engine is not None
            addresses = _udp_addresses(desk.client.engine.pid)
            assert len(addresses) >= 3  # SIP, RTP, RTCP
            assert set(addresses) == {"0100007F"}  # 127.0.0.1

    asyncio.run(play())


def _udp_addresses(pid: int) -> list[str]:
    """Return the local addresses of a process's UDP sockets as the kernel writes them."""
    own = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            own.add(str(descriptor.readlink()))
    rows = [row.split() for row in Path(f"/proc/{pid}/net/udp").read_text().splitlines()[1:]]
    return [row[1].partition(":")[0] for row in rows if f"socket:[{row[9]}]" in own]
