"""Notices at the desk: what must be read, read once, known elsewhere, written (M32)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from agent_app.desk.notice_form import NoticeDesk, NoticeTyping
from agent_app.desk.notices import Notices, Readers
from agent_app.domain.ids import AgentId, NoticeId
from agent_app.domain.link import LinkStatus, ServerState
from agent_app.domain.notices import (
    BODY_LIMIT,
    Notice,
    NoticeForm,
    NoticeProblem,
    may_write,
    unread,
    wrong_notice,
)
from agent_app.runtime.tasks import Tasks
from agent_app.store.notices import end_of
from sync.notices import NoticeReader
from tests.desk.fakes import HandClock
from tests.desk.fakes_gaps import FakeNotices, a_notice
from tests.desk.rigs import run_with_tasks, settle
from tests.ui.fakes import InstantTasks

ME = AgentId("a1")
ONLINE, AWAY = LinkStatus(ServerState.ONLINE), LinkStatus(ServerState.OFFLINE)


class Board:
    def __init__(self, *notices: Notice, role: str = "") -> None:
        self.fake = FakeNotices()
        self.fake.rows = notices
        self.clock = HandClock()
        self.faults: list[str] = []
        self.found: list[Readers] = []
        self.notices = Notices(keeper=self.fake, server=self.fake, agent_id=ME, role=role,
                               clock=self.clock, tasks=InstantTasks())  # fmt: skip
        self.notices.fault.connect(self.faults.append)
        self.notices.readers_found.connect(self.found.append)
        self.notices.begin()

    def titles(self) -> list[str]:
        return [one.title for one in self.notices.unread]


def test_what_must_be_read_comes_first_and_is_read_once(qapp: QApplication) -> None:
    now = HandClock().now()
    board = Board(
        a_notice("n3", title="new", published_at=now - timedelta(minutes=1)),
        a_notice("n1", title="old"),
        a_notice("n2", title="may", must_read=False, published_at=now - timedelta(days=9)),
    )
    assert board.titles() == ["old", "new", "may"]
    assert board.notices.urgent is not None
    told: list[str] = []
    board.notices.was_read.connect(told.append)
    for notice_id in ("n1", "n1", "n3", "nobody"):
        board.notices.read(NoticeId(notice_id))
    assert board.fake.told == told == ["n1", "n3"]
    assert (board.titles(), board.notices.urgent) == (["may"], None)


def test_a_notice_begins_and_ends_to_hold_with_time(qapp: QApplication) -> None:
    now = HandClock().now()
    board = Board(
        a_notice("n1", title="soon", published_at=now + timedelta(minutes=5)),
        a_notice("n2", title="over", expires_at=now + timedelta(minutes=1)),
    )
    assert board.titles() == ["over"]
    board.clock.advance(60)
    board.notices.look()
    assert not board.titles()
    board.clock.advance(300)
    board.notices._look.timeout.emit()
    assert board.titles() == ["soon"]
    board.notices.close()
    assert not board.notices._look.isActive()


def test_what_she_read_elsewhere_is_asked_when_there_is_a_server(qapp: QApplication) -> None:
    board = Board(a_notice())
    board.fake.elsewhere = {"n1": "2026-11-20T00:30:00Z"}
    board.notices.on_link(AWAY)
    assert board.titles()
    board.notices.on_link(ONLINE)
    assert not board.titles()
    board.fake.go()
    board.notices.on_link(AWAY)
    board.notices.on_link(ONLINE)  # gone again before it answered: asked the next time
    board.notices.on_link(ONLINE)
    assert not board.faults


def test_who_has_read_it_is_said_or_why_not(qapp: QApplication) -> None:
    board = Board(a_notice(), role="supervisor")
    board.fake.others = (NoticeReader("a2", "李娜", "2026-11-20T00:30:00Z"),
                         NoticeReader("a3", "赵敏"))  # fmt: skip
    board.notices.ask_readers(NoticeId("n1"))
    board.fake.go()
    board.notices.ask_readers(NoticeId("n1"))
    first, second = board.found
    assert [(one.name, one.read_at) for one in first.readers] == [
        ("李娜", datetime(2026, 11, 20, 0, 30, tzinfo=UTC)), ("赵敏", None),
    ]  # fmt: skip
    assert (second.readers, second.problem) == ((), "nobody answers")
    assert board.notices.may_write


def test_a_disk_that_refuses_is_told_and_the_notice_stays_unread(qapp: QApplication) -> None:
    board = Board(a_notice())
    board.fake.elsewhere = {"n1": "2026-11-20T00:30:00Z"}
    board.fake.fault = "disk full"
    board.notices.read(NoticeId("n1"))
    board.notices.refresh()
    board.notices.on_link(ONLINE)
    assert board.faults == ["disk full"] * 3
    board.fake.fault = ""
    board.notices.read(NoticeId("n1"))
    assert not board.titles()


def test_only_some_write_notices() -> None:
    assert [may_write(role) for role in ("", "agent", "supervisor", "administrator",
                                         "knowledge-editor")] == [
        False, False, True, True, True,
    ]  # fmt: skip


class Writing:
    def __init__(self) -> None:
        self.fake = FakeNotices()
        self.faults: list[str] = []
        self.published: list[NoticeForm] = []
        self.desk = NoticeDesk(keeper=self.fake, agent_id=ME, clock=HandClock(),
                               tasks=InstantTasks())  # fmt: skip
        self.desk.fault.connect(self.faults.append)
        self.desk.sent.connect(self.published.append)

    @property
    def typing(self) -> NoticeTyping:
        assert self.desk.typing is not None
        return self.desk.typing

    def type(self, **changes: object) -> None:
        self.desk.change(replace(self.typing.form, **changes))  # type: ignore[arg-type]


def test_a_notice_is_kept_as_it_is_written_and_published_once(qapp: QApplication) -> None:
    writing = Writing()
    writing.desk.send()
    writing.desk.write()
    writing.desk.send()
    assert writing.typing.problem is NoticeProblem.NO_TITLE
    writing.type(title="停电\0", until=date(2026, 11, 19))
    assert writing.fake.forms[""].title == "停电 "
    writing.desk.send()
    assert writing.typing.problem is NoticeProblem.OVER_ALREADY
    writing.type(until=date(2026, 11, 20))
    writing.desk.close()
    writing.desk.close()
    writing.desk.write()
    assert writing.typing.restored
    writing.desk.send()
    assert writing.published == writing.fake.saved
    assert (len(writing.fake.saved), writing.desk.typing) == (1, None)


def test_a_published_notice_is_changed_with_the_day_it_holds_to(qapp: QApplication) -> None:
    writing = Writing()
    ends = datetime.fromisoformat(end_of(date(2026, 12, 1)))
    writing.desk.edit(a_notice(expires_at=ends))
    assert (writing.typing.form.until, writing.typing.form.version) == (date(2026, 12, 1), 1)
    writing.desk.edit(a_notice(version=2))
    assert writing.typing.form.until is None
    writing.type(body="改")
    writing.desk.discard()
    writing.desk.discard()
    assert not writing.fake.forms


def test_a_disk_that_refuses_keeps_the_notice_on_the_screen(qapp: QApplication) -> None:
    writing = Writing()
    writing.fake.fault = "disk full"
    writing.desk.write()
    writing.type(title="停电")
    assert writing.typing.fault == "disk full"
    writing.desk.send()
    assert (writing.typing.fault, writing.typing.form.title) == ("disk full", "停电")
    writing.desk.discard()
    assert writing.faults == ["disk full"] * 2
    writing.desk.change(NoticeForm(NoticeId("n")))  # nothing is open
    assert writing.desk.typing is None


@pytest.mark.parametrize(("field", "length"), [("title", 1_001), ("body", BODY_LIMIT + 1)])
def test_a_notice_has_limits(field: str, length: int) -> None:
    form = replace(NoticeForm(NoticeId("n"), title="x"), **{field: "字" * length})  # type: ignore[arg-type]
    assert wrong_notice(form, date(2026, 1, 1)) is NoticeProblem.TOO_LONG


def test_what_was_read_is_not_unread() -> None:
    now = HandClock().now()
    assert not unread((a_notice(read_at=now),), now)


def test_a_notice_that_was_left_before_the_disk_refused_stays_left(qapp: QApplication) -> None:
    async def story(tasks: Tasks) -> None:
        fake = FakeNotices()
        desk = NoticeDesk(keeper=fake, agent_id=ME, clock=HandClock(), tasks=tasks)
        desk.write()
        await settle()
        assert desk.typing is not None
        desk.change(desk.typing.form)  # nothing new
        assert not fake.forms
        fake.gate = asyncio.Event()
        desk.change(replace(desk.typing.form, title="一"))
        desk.change(replace(desk.typing.form, title="一二"))
        await settle()
        desk.close()
        fake.fault = "disk full"
        fake.gate.set()
        await settle()
        assert desk.typing is None

    run_with_tasks(story)


def test_two_looks_at_once_end_with_the_newest(qapp: QApplication) -> None:
    async def story(tasks: Tasks) -> None:
        fake = FakeNotices()
        fake.rows = (a_notice(),)
        notices = Notices(keeper=fake, server=fake, agent_id=ME, role="", clock=HandClock(),
                          tasks=tasks)  # fmt: skip
        notices.refresh()
        notices.refresh()
        notices.on_link(ONLINE)
        await settle()
        assert [one.notice_id for one in notices.unread] == ["n1"]

    run_with_tasks(story)
