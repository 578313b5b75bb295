"""kill -9 of the engine during a call: the window, the notes and the next call survive."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from agent_app.desk.phone import EngineState
from agent_app.domain.calls import EndReason
from tests.e2e.heartbeat import Heartbeat
from tests.e2e.stage import Desk, play
from ui.application import DeskApplication
from ui.formatting import clock_time

pytestmark = pytest.mark.processes

ANSWERS = 10  # an engine takes a third of a second to start, some seventy beats; a wait has none


def test_a_killed_engine_costs_the_call_and_nothing_else(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(desk: Desk) -> None:
        driver, seat = desk.driver, desk.seat
        await desk.talk("tax-deduction-children")
        interaction = seat.phone.calls[0].interaction_id
        desk.type_into("question-field", "半句还没写完")
        dead = desk.engine_pid
        killed_s = time.monotonic()
        os.kill(dead, signal.SIGKILL)

        await driver.until("the call is lost", lambda: not seat.phone.calls)
        call = seat.phone.call(interaction)
        assert call is not None
        assert call.end_reason is EndReason.LOST
        assert call.ended_at is not None

        heartbeat = Heartbeat()
        await driver.until("the phone is back", lambda: seat.phone.status.engine is not LOST)
        heartbeat.stop()
        print(f"the phone is back after {time.monotonic() - killed_s:.2f} s")  # noqa: T201
        assert heartbeat.beats >= ANSWERS, "the window waited for the phone"
        assert desk.engine_pid != dead
        lost_at = clock_time(call.ended_at, seat.clock.now())
        await driver.until("it is said when", lambda: lost_at in driver.read("trouble-text"))

        assert driver.read("question-field") == "半句还没写完"
        await seat.summaries.flush()
        kept = await desk.practice.centre.running.ground.store.drafts.open()
        assert [draft.question for draft in kept] == ["半句还没写完"]

        await driver.until("a caller may ring", lambda: driver.enabled("ring-caller-button"))
        await desk.talk("quarterly-exemption")

    play(qapp, tmp_path, story)


LOST = EngineState.LOST
