"""What the centre hears of an agent: each change, twice a minute, at the end, the newest last."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject, Signal

from agent_app.desk.presence import LEAVE_LIMIT_S, SAY_AGAIN_MS, Presence
from agent_app.domain.agent_state import AgentState, AgentStatus
from agent_app.domain.link import LinkStatus, ServerState
from agent_app.runtime.tasks import Tasks
from tests.desk.fakes import HandClock
from tests.desk.fakes_live import FakeLive
from tests.desk.rigs import run_with_tasks, settle

pytestmark = pytest.mark.usefixtures("qapp")

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
AS_TEXT = "2026-11-22T01:00:00.000Z"


class PlayedShift(QObject):
    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.status = AgentStatus(AgentState.READY, AT, 0.0, AgentState.READY)

    def go(self, state: AgentState, wrap_up_left_s: int | None = None) -> None:
        self.status = AgentStatus(state, AT, 0.0, AgentState.READY, wrap_up_left_s)
        self.changed.emit(self.status)


class Rig:
    def __init__(self, tasks: Tasks) -> None:
        self.live, self.shift = FakeLive(), PlayedShift()
        self.presence = Presence(
            reports=self.live,
            shift=self.shift,  # type: ignore[arg-type]
            clock=HandClock(),
            tasks=tasks,
        )

    @property
    def said(self) -> list[str]:
        return [state for state, _ in self.live.presence]


def test_nothing_is_said_before_the_server_is_there() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await settle()
        assert rig.said == []
        rig.presence.on_link(LinkStatus(ServerState.CONNECTING))
        rig.presence.on_link(LinkStatus(ServerState.ONLINE))
        rig.presence.on_link(LinkStatus(ServerState.ONLINE, waiting=1))
        await settle()
        assert rig.live.presence == [("ready", AS_TEXT)]

    run_with_tasks(story)


def test_each_change_is_said_and_a_countdown_is_none() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        for left_s in (30, 29, 28):
            rig.shift.go(AgentState.WRAP_UP, left_s)
            await settle()
        rig.shift.go(AgentState.BREAK)
        await settle()
        assert rig.said == ["wrap-up", "break"]

    run_with_tasks(story)


def test_only_the_newest_is_said_after_one_that_took_long() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.live.gate.clear()
        for state in (AgentState.RINGING, AgentState.TALKING, AgentState.WRAP_UP):
            rig.shift.go(state)
            await settle()
        rig.live.gate.set()
        await settle()
        assert rig.said == ["ringing", "wrap-up"]

    run_with_tasks(story)


def test_a_server_that_is_away_hears_it_when_it_is_back() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.presence.on_link(LinkStatus(ServerState.ONLINE))
        await settle()
        rig.live.go(away=True)
        rig.shift.go(AgentState.BREAK)
        await settle()
        rig.presence.on_link(LinkStatus(ServerState.OFFLINE))
        rig.live.go(away=False)
        rig.presence.on_link(LinkStatus(ServerState.ONLINE))
        await settle()
        assert rig.said == ["ready", "break"]

    run_with_tasks(story)


def test_it_is_said_again_before_the_server_takes_her_for_gone() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.presence.say_again()
        rig.presence._timer.timeout.emit()
        await settle()
        assert set(rig.said) == {"ready"}
        assert SAY_AGAIN_MS <= 90_000 / 2

    run_with_tasks(story)


def test_a_desk_that_closes_says_so() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        await rig.presence.leave()
        rig.shift.go(AgentState.BREAK)
        rig.presence.on_link(LinkStatus(ServerState.ONLINE))
        await settle()
        assert rig.live.presence == [("signed-out", "2026-11-20T01:00:00.000Z")]

    run_with_tasks(story)


def test_closing_does_not_wait_for_a_server_that_hangs() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.live.gate.clear()
        await rig.presence.leave()
        assert (rig.said, LEAVE_LIMIT_S <= 1.0) == ([], True)
        rig.presence.say_again()
        await settle()
        await rig.presence.leave()
        rig.live.gate.set()
        await settle()
        assert set(rig.said) == {"signed-out"}

    run_with_tasks(story)
