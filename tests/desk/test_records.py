"""Looking back: shown as it is found, the newest question wins, news keep the list true."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtWidgets import QApplication

from agent_app.desk.records import SCREENFUL, RecordList, Records
from agent_app.domain.ids import AgentId
from agent_app.domain.numbers import normalise
from agent_app.domain.record_choice import RecordChoice
from agent_app.domain.records import (
    RecordDetails,
    RecordFilter,
    RecordPage,
    RecordPlace,
    RecordState,
    Sought,
)
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreClosedError
from tests.desk.fakes import HandClock
from tests.desk.fakes_history import FakeHistory, a_record
from tests.desk.rigs import run_with_tasks
from tests.ui.fakes import InstantTasks

ALL = RecordChoice()


class Looked:
    def __init__(self, source: FakeHistory, tasks: Tasks) -> None:
        self.source = source
        self.shown: list[RecordList] = []
        self.seen: list[str] = []
        self.records = Records(
            source=source,
            number=normalise,
            categories=lambda: (),
            agent_id=AgentId("a1"),
            clock=HandClock(),
            tasks=tasks,
            on_seen=self.seen.append,
        )
        self.read: list[RecordDetails | None] = []
        self.records.changed.connect(self.shown.append)
        self.records.details_changed.connect(self.read.append)

    @property
    def found(self) -> list[str]:
        return [record.record_id for record in self.records.list.records]


def looking(source: FakeHistory) -> Looked:
    return Looked(source, InstantTasks())


def full_page(start: int) -> list[object]:
    return [a_record(number) for number in range(start, start + SCREENFUL)]


def test_what_is_found_is_shown_while_older_ones_are_looked_for(qapp: QApplication) -> None:
    looked = looking(FakeHistory([a_record(1)], [], [a_record(2)]))
    looked.records.look(ALL)
    assert [(len(one.records), one.searching) for one in looked.shown] == [
        (0, True), (1, True), (1, True), (2, False),
    ]  # fmt: skip
    assert looked.shown[1].looked_to is not None
    assert looked.records.list.looked_to is None


def test_a_screenful_ends_the_search_and_scrolling_goes_on(qapp: QApplication) -> None:
    looked = looking(FakeHistory(full_page(1), full_page(51), [a_record(101)]))  # type: ignore[arg-type]
    looked.records.look(ALL)
    assert len(looked.found) == SCREENFUL
    looked.records.more()
    assert len(looked.found) == 2 * SCREENFUL
    looked.records.more()
    looked.records.more()  # there is nothing more
    assert len(looked.found) == 2 * SCREENFUL + 1
    assert [at for _, at in looked.source.asked] == [0, 1, 2]


def test_another_question_drops_the_one_under_way(qapp: QApplication) -> None:
    class Slow(FakeHistory):
        """Answers when it is let go."""

        def __init__(self) -> None:
            super().__init__([a_record(1)])
            self.gate = asyncio.Event()
            self.together = 0

        async def page(self, wanted: RecordFilter, place: RecordPlace | None = None) -> RecordPage:
            self.together += 1
            assert self.together == 1, "one question at a time"
            await self.gate.wait()
            self.together -= 1
            self.pages = [(a_record(1 + len(wanted.queue)),)]
            return await super().page(wanted, place)

    async def story(tasks: Tasks) -> None:
        source = Slow()
        looked = Looked(source, tasks)
        last = RecordChoice(queue="投诉")
        for wanted in (ALL, RecordChoice(mine=True), last):
            looked.records.look(wanted)
            await asyncio.sleep(0)
        source.gate.set()
        over = asyncio.Event()

        def when_found(found: RecordList) -> None:
            if not found.searching:
                over.set()

        looked.records.changed.connect(when_found)
        async with asyncio.timeout(10):
            await over.wait()
        assert [wanted.queue for wanted, _ in source.asked] == ["", "投诉"]
        shown = [[record.record_id for record in one.records] for one in looked.shown]
        assert shown == [[], ["i-3"]]

    run_with_tasks(story)


def test_nobody_looking_asks_nothing(qapp: QApplication) -> None:
    looked = looking(FakeHistory([a_record(1)]))
    looked.records.on_news()
    looked.records.look(ALL)
    looked.records.rest()
    looked.records.on_news()
    looked.records.more()
    assert len(looked.source.asked) == 1


def test_news_are_shown_without_anything_moving_meanwhile(qapp: QApplication) -> None:
    looked = looking(FakeHistory([a_record(1, state=RecordState.WAITING)], [a_record(2)]))
    looked.records.look(ALL)
    looked.records.open("i-1")
    looked.shown.clear()
    looked.records.on_news()
    assert looked.shown == []  # nothing is different
    looked.source.pages[0] = (a_record(1),)
    looked.records.on_calls(())
    [shown] = looked.shown
    assert [record.state for record in shown.records] == [RecordState.DELIVERED] * 2
    assert looked.read[-1] is not None
    assert looked.read[-1].record.state is RecordState.DELIVERED
    assert looked.seen == ["c-1"]  # news are no second look


def test_news_of_a_very_long_list_are_shown_back_at_its_top(qapp: QApplication) -> None:
    pages = [[a_record(at) for at in range(page, page + 600)] for page in (0, 600)]
    looked = looking(FakeHistory(*pages))
    looked.records.look(ALL)
    looked.records.catch_up()
    looked.records.more()
    looked.source.pages[0] = (a_record(0, state=RecordState.CONFLICT),)
    asked = len(looked.source.asked)
    looked.records.on_news()
    assert len(looked.source.asked) == asked
    looked.records.catch_up()
    looked.records.catch_up()
    assert looked.records.list.records[0].state is RecordState.CONFLICT
    assert len(looked.source.asked) == asked + 2


def test_news_during_a_search_are_looked_at_when_it_is_over(qapp: QApplication) -> None:
    looked = looking(FakeHistory([a_record(1)], [a_record(2)]))

    def first_piece(found: RecordList) -> None:
        if found.searching and len(found.records) == 1:
            looked.records.on_news()

    looked.records.changed.connect(first_piece)
    looked.records.look(ALL)
    assert [at for _, at in looked.source.asked] == [0, 1, 0, 1]


def test_a_copy_that_cannot_be_read_is_said_and_what_was_found_stays(qapp: QApplication) -> None:
    looked = looking(FakeHistory([a_record(1)]))
    looked.records.look(ALL)
    looked.source.fault = StoreClosedError()
    looked.records.look(RecordChoice(queue="投诉"))
    assert looked.records.list.fault
    assert not looked.records.list.searching
    assert looked.found == ["i-1"]
    looked.records.open("i-1")
    assert looked.read == []
    looked.source.fault = None
    looked.records.look(ALL)
    assert looked.records.list.fault == ""


def test_a_record_is_read_and_put_away(qapp: QApplication) -> None:
    looked = looking(FakeHistory([a_record(1)]))
    looked.records.look(ALL)
    looked.records.open("i-1")
    looked.records.open("gone")
    looked.records.open("")
    whole, *nothing = looked.read
    assert whole is not None
    assert whole.answer == "每月2000元。"
    assert nothing == [None, None]
    assert looked.records.opened == ""


@pytest.mark.parametrize("spelling", ["13800138000", "+86 138-0013-8000"])
def test_a_number_is_read_by_the_sites_rules(qapp: QApplication, spelling: str) -> None:
    looked = looking(FakeHistory())
    looked.records.look(RecordChoice(text=spelling))
    [(wanted, _)] = looked.source.asked
    assert wanted.sought == Sought(number="+8613800138000")
    assert looked.records.choice.text == spelling


def test_what_comes_too_late_is_dropped(qapp: QApplication) -> None:
    class Late(FakeHistory):
        """Fails a question, and answers a reading, when another one was asked meanwhile."""

        async def page(self, wanted: RecordFilter, place: RecordPlace | None = None) -> RecordPage:
            if wanted.queue == "第一":
                looked.records.look(RecordChoice(queue="第二"))
                raise StoreClosedError
            return await super().page(wanted, place)

        async def details(self, record_id: str) -> RecordDetails | None:
            found = await super().details(record_id)
            if record_id == "i-1":
                looked.records.open("i-2")
            return found

    looked = looking(Late([a_record(1), a_record(2)]))
    looked.records.look(RecordChoice(queue="第一"))
    assert looked.records.list.fault == ""
    assert looked.found == ["i-1", "i-2"]
    looked.records.open("i-1")
    assert [one.record.record_id for one in looked.read if one is not None] == ["i-2"]
