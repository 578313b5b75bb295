"""kill -9 of the desk during a call: the caller is let go, the words and their call come back."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agent_app.domain.calls import EndReason
from agent_app.domain.ids import InteractionId
from sip import messages as m
from sip.client import EngineClient
from tests.e2e.desk_process import BASIS, WORDS
from tests.e2e.stage import Desk, play
from tests.process_state import wait_until_gone
from ui.application import DeskApplication

pytestmark = pytest.mark.processes

ROOT = Path(__file__).resolve().parents[2]


class Caller:
    """A caller outside the desk's process tree."""

    def __init__(self) -> None:
        self.events: list[m.Event] = []
        self._news = asyncio.Event()
        self.engine = EngineClient(
            account=m.Account(user="caller"),
            sound=m.SoundSettings(backend="null"),
            on_event=self._hear,
        )

    def _hear(self, event: m.Event) -> None:
        self.events.append(event)
        self._news.set()

    async def hears(self, kind: type[m.Event], limit_s: float) -> None:
        async with asyncio.timeout(limit_s):
            while not any(isinstance(event, kind) for event in self.events):
                self._news.clear()
                await self._news.wait()


def read_line(desk: subprocess.Popen[str]) -> dict[str, object]:
    assert desk.stdout is not None
    line = desk.stdout.readline()
    assert line, "the desk ended early"
    facts: dict[str, object] = json.loads(line)
    return facts


async def call_and_kill(desk: subprocess.Popen[str]) -> str:
    """Ring the desk, wait until it has typed, kill it; returns the interaction's id."""
    facts = await asyncio.to_thread(read_line, desk)
    caller = Caller()
    await caller.engine.start()
    line = caller.engine.new_line()
    headers = ((m.HeaderNames().queue, "咨询"), (m.HeaderNames().menu_path, "2-1"))
    caller.engine.send(
        m.MakeCall(line, f"sip:1001@{facts['address']}", headers, "张伟", "+8613800138000")
    )
    await caller.hears(m.CallAnswered, 20)
    typed = await asyncio.to_thread(read_line, desk)
    os.kill(desk.pid, signal.SIGKILL)
    killed_s = time.monotonic()
    await caller.hears(m.CallEnded, 10)
    await asyncio.to_thread(wait_until_gone, int(str(facts["engine"])))
    print(f"hung up and gone after {time.monotonic() - killed_s:.2f} s")  # noqa: T201
    await caller.engine.stop()
    return str(typed["interaction"])


def test_a_killed_desk_hangs_up_and_comes_back_with_the_words(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    desk_process = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.desk_process", str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with desk_process:
        try:
            interaction = InteractionId(asyncio.run(call_and_kill(desk_process)))
        finally:
            desk_process.kill()

    async def story(desk: Desk) -> None:
        await desk.driver.until("the draft is back", lambda: interaction in desk.seat.focus.tabs)
        desk.seat.focus.select(interaction)
        await desk.driver.until("its card", lambda: desk.driver.read("caller-name") == "张伟")
        assert desk.driver.read("question-field") == WORDS
        assert desk.driver.read("basis-field") == BASIS
        draft = desk.seat.summaries.draft(interaction)
        assert draft is not None
        assert draft.call.end_reason is EndReason.LOST
        assert (draft.call.queue, draft.call.menu_path) == ("咨询", "2-1")

    play(qapp, tmp_path, story)
