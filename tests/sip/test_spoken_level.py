"""What the microphone itself gives, muted or not: a sound server's, spoken into."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from sip.messages import CallMuted, LevelsMeasured, SetMute, SoundSettings
from tests.sip.seat import Seat, running, talk
from tests.sip.sound_server import sound_server
from tests.sip.voice import write_voice

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="pulseaudio is not installed"),
]
LOUD_DB = -40.0


def test_speaking_while_muted_can_be_seen_and_is_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = write_voice(tmp_path / "voice.wav", seconds=60)

    async def play() -> None:
        desk, caller = Seat("1001", sound=SoundSettings(backend="pulseaudio")), Seat("2001")
        async with running(desk, caller):
            line, desk_line = await talk(caller, desk)
            said = await desk.next(LevelsMeasured, lambda level: level.spoken_db > LOUD_DB)
            assert said.sent_db > LOUD_DB
            desk.client.send(SetMute(desk_line, True))
            await desk.next(CallMuted)
            await desk.next(LevelsMeasured, lambda level: level.sent_db <= -90)
            for _ in range(10):
                muted = await desk.next(LevelsMeasured)
                assert muted.spoken_db > LOUD_DB
                assert muted.sent_db <= -90
            silent = await caller.next(LevelsMeasured, lambda level: level.received_db <= -90)
            assert silent.line == line

    with sound_server(tmp_path) as server:
        monkeypatch.setenv("PULSE_SERVER", server.server)
        with server.speaking(voice):
            asyncio.run(play())
