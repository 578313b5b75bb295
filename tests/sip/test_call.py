"""Two real engines call each other over loopback (steps ① and ②)."""

from __future__ import annotations

import asyncio
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
    PlaybackFinished,
    PlayFile,
    SoundChanged,
    SoundState,
)
from tests.sip.seat import Seat, recording, running
from tests.sip.voice import likeness, write_voice

pytestmark = pytest.mark.processes


def test_a_caller_rings_is_answered_heard_and_hangs_up(tmp_path: Path) -> None:
    voice, heard = write_voice(tmp_path / "voice.wav"), tmp_path / "heard.wav"

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
            caller.client.send(PlayFile(line, str(voice)))
            assert (await caller.next(PlaybackFinished)).path == str(voice)

            caller.client.send(HangUp(line))
            assert (await caller.next(CallEnded)).ended_by is EndedBy.AGENT
            ended = await desk.next(CallEnded)
            assert (ended.line, ended.ended_by) == (rings.line, EndedBy.CALLER)
            await desk.next(SoundChanged, lambda news: news.state is SoundState.CLOSED)

    asyncio.run(play())
    assert likeness(voice, heard) > 0.8
