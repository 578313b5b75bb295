"""Whom a call can be given to, and what rings elsewhere: found, ordered, fresh, honest when not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agent_app.desk.directory import Directory, DirectoryStatus
from agent_app.desk.directory_entries import moment
from agent_app.domain.agent_state import AgentState
from agent_app.domain.calls import CallState
from agent_app.domain.directory import RingingElsewhere, Target, TargetKind, rank
from agent_app.domain.ids import AgentId
from agent_app.domain.numbers import normalise
from agent_app.runtime.tasks import Tasks
from sync.legs import AgentEntry, AgentLeg, DirectoryPage, Leg, LegState, QueueEntry
from tests.desk.fakes import HandClock, a_call
from tests.desk.fakes_live import FakeLive
from tests.desk.rigs import run_with_tasks, settle
from tests.sync.waiting import until

SINCE = "2026-11-22T01:00:00.500Z"
PAGE = DirectoryPage(
    (
        AgentEntry("me", "我自己", "1001", "ready", SINCE),
        AgentEntry("a2", "王建平", "1002", "talking", SINCE),
        AgentEntry("a3", "李秋月", "1003", "ready", SINCE),
        AgentEntry("a4", "赵文博", "1004", "signed-out", ""),
        AgentEntry("a5", "孙慧敏", "1005", "floating", SINCE),
        AgentEntry("a6", "周子涵", "", "ready", SINCE),
        AgentEntry("a7", "Anna Smith", "10021", "wrap-up", SINCE),
    ),
    (QueueEntry("咨询", "7001"), QueueEntry("个税", "7002")),
)


class Rig:
    def __init__(self, tasks: Tasks) -> None:
        self.clock, self.live = HandClock(), FakeLive()
        self.live.page = PAGE
        self.directory = Directory(
            agent_id=AgentId("me"), colleagues=self.live, number_of=normalise, clock=self.clock,
            tasks=tasks, poll_s=0.0,
        )  # fmt: skip
        self.statuses: list[DirectoryStatus] = []
        self.rang: list[tuple[RingingElsewhere, ...]] = []
        self.directory.changed.connect(self.statuses.append)
        self.directory.ringing_changed.connect(self.rang.append)

    def found(self, text: str) -> list[str]:
        return [target.number for target in self.directory.search(text)]


def run(story: Callable[[Rig], Awaitable[None]]) -> None:
    async def tell(tasks: Tasks) -> None:
        await story(Rig(tasks))

    run_with_tasks(tell)


async def filled(rig: Rig) -> None:
    rig.directory.refresh()
    await settle()


def a_ringing_leg(call_id: str = "call-1", **changes: object) -> AgentLeg:
    values: dict[str, object] = {
        "interaction_id": "i1", "call_id": call_id, "state": LegState.RINGING,
        "direction": "incoming", "name": "张伟", "number": "+8613800138000", "queue": "咨询",
        "menu_path": "2-1", "dialled": "12366", "waited_s": 3, "started_at": SINCE,
    } | changes  # fmt: skip
    return AgentLeg("a2", "王建平", "1002", Leg(**values))  # type: ignore[arg-type]


def test_the_free_come_first_and_nobody_finds_herself() -> None:
    async def story(rig: Rig) -> None:
        await filled(rig)
        assert rig.found("") == ["1003", "10021", "1002", "1005", "7001", "7002", "1004"]
        first = rig.directory.search("")[0]
        assert first == Target(
            TargetKind.COLLEAGUE, "李秋月", "1003", AgentState.READY,
            datetime(2026, 11, 22, 1, 0, 0, 500_000, tzinfo=UTC),
        )  # fmt: skip
        assert first.free

    run(story)


def test_who_passes_a_call_on_is_asked_for_once_and_called_by_name() -> None:
    async def story(rig: Rig) -> None:
        rings = a_call(state=CallState.RINGING, transferred_by="1002")
        assert rig.directory.called("1002") == "1002"
        rig.directory.on_call(replace(rings, transferred_by=""))
        rig.directory.on_call(replace(rings, state=CallState.TALKING))
        await settle()
        assert rig.statuses == []
        for _ in range(2):
            rig.directory.on_call(rings)
            await settle()
        assert len(rig.statuses) == 1
        assert rig.directory.called("1002") == "王建平 1002"
        assert rig.directory.called("13800138000") == "13800138000"

    run(story)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("秋月", ["1003"]), ("李", ["1003"]), ("liqiu", ["1003"]), ("lqy", ["1003"]),
        ("L Q", ["1003"]), ("smith", ["10021"]), ("ANNAS", ["10021"]), ("个税", ["7002"]),
        ("zx", ["7001"]), ("qiuyue", []), ("7001", ["7001"]), ("nobody", []),
    ],
)  # fmt: skip
def test_people_and_queues_are_found_by_name_pinyin_initials_and_number(
    typed: str, numbers: list[str]
) -> None:
    async def story(rig: Rig) -> None:
        await filled(rig)
        assert rig.found(typed) == numbers

    run(story)


def test_a_whole_extension_means_that_one_and_a_beginning_offers_all() -> None:
    async def story(rig: Rig) -> None:
        await filled(rig)
        assert rig.found("1002") == ["1002", "10021"]
        assert rig.found("100")[:2] == ["1003", "10021"]

    run(story)


def test_a_typed_number_can_always_be_dialled() -> None:
    async def story(rig: Rig) -> None:
        [target] = rig.directory.search("138 0013 8000")
        assert (target.kind, target.number, target.name) == (
            TargetKind.NUMBER, "+8613800138000", "",
        )  # fmt: skip
        assert "北京" in target.detail
        await filled(rig)
        assert rig.directory.search("8888")[-1].kind is TargetKind.NUMBER
        assert [target.kind for target in rig.directory.search("7001")] == [TargetKind.QUEUE]
        assert rig.directory.search("???") == ()

    run(story)


def test_when_the_server_is_away_the_last_answer_stays_and_its_age_is_said() -> None:
    async def story(rig: Rig) -> None:
        assert rig.directory.status == DirectoryStatus()
        rig.live.go(away=True)
        await filled(rig)
        assert rig.directory.status == DirectoryStatus(None, "nobody answers")
        rig.live.go(away=False)
        await filled(rig)
        then = rig.clock.now()
        assert rig.directory.status == DirectoryStatus(then)
        rig.clock.advance(60)
        rig.live.go(away=True)
        await filled(rig)
        assert rig.directory.status == DirectoryStatus(then, "nobody answers")
        assert rig.found("lqy") == ["1003"]
        assert len(rig.statuses) == 3

    run(story)


def test_the_directory_is_asked_again_only_while_it_is_watched() -> None:
    async def story(rig: Rig) -> None:
        rig.directory.watch(True)
        rig.directory.watch(True)
        await until(lambda: len(rig.live.asked) > 2)
        rig.directory.watch(False)
        rig.directory.watch(False)
        await settle()
        asked = len(rig.live.asked)
        await settle()
        assert len(rig.live.asked) == asked
        rig.directory.watch(True)
        await until(lambda: len(rig.live.asked) > asked + 1)
        rig.directory.watch(False)

    run(story)


def test_what_rings_elsewhere_is_seen_while_it_is_watched() -> None:
    async def story(rig: Rig) -> None:
        later = a_ringing_leg("call-2", started_at="2026-11-22T01:00:05Z")
        rig.live.others = (later, a_ringing_leg(), a_ringing_leg("x", started_at="never"))
        rig.directory.watch_ringing(True)
        await until(lambda: bool(rig.rang))
        assert rig.directory.ringing[0] == RingingElsewhere(
            call_id="call-1", extension="1002", agent_name="王建平", name="张伟",
            number="+8613800138000", queue="咨询", menu_path="2-1", dialled="12366",
            since=datetime(2026, 11, 22, 1, 0, 0, 500_000, tzinfo=UTC),
        )  # fmt: skip
        assert [one.call_id for one in rig.directory.ringing] == ["call-1", "call-2"]
        rig.live.others = ()
        await until(lambda: len(rig.rang) == 2)
        rig.live.others = (later,)
        await until(lambda: len(rig.rang) == 3)
        rig.live.go(away=True)
        await until(lambda: rig.directory.ringing == ())
        rig.live.go(away=False)
        await until(lambda: len(rig.directory.ringing) == 1)
        rig.directory.watch_ringing(False)
        assert rig.directory.ringing == ()
        await asyncio.sleep(0)

    run(story)


@pytest.mark.parametrize("text", ["", "never", "2026-11-22T01:00:00"])
def test_a_time_without_a_zone_is_none(text: str) -> None:
    assert moment(text) is None


def test_who_cannot_take_a_call_comes_after_the_queues() -> None:
    def colleague(state: AgentState | None) -> Target:
        return Target(TargetKind.COLLEAGUE, "", "1", state)

    queue, number = Target(TargetKind.QUEUE, "", "2"), Target(TargetKind.NUMBER, "", "3")
    order = [colleague(state) for state in (
        AgentState.READY, AgentState.PRACTICE, AgentState.WRAP_UP, AgentState.RINGING,
        AgentState.TALKING, AgentState.ON_HOLD, AgentState.STUDY, AgentState.NOT_READY,
        AgentState.BREAK, None,
    )]  # fmt: skip
    order += [queue, colleague(AgentState.SIGNED_OUT), number]
    backwards = order[::-1]
    assert sorted(backwards, key=rank) == order
