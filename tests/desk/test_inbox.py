"""The inbox offers what makes sense, does what she decides, and never takes a colleague's word."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from agent_app.desk.inbox import Inbox
from agent_app.domain.ids import AgentId, OperationId
from agent_app.domain.inbox import Decision, EntryState, InboxEntry
from tests.desk.fakes_records import FakeCustomers, FakeInbox, a_refused, an_entry
from tests.domain.examples import draft
from tests.ui.fakes import InstantTasks

FIRST = OperationId("o1")


class Box:
    def __init__(self, *entries: InboxEntry) -> None:
        self.keeper = FakeInbox(*entries)
        self.woken: list[str] = []
        self.faults: list[str] = []
        self.inbox = Inbox(
            keeper=self.keeper,
            agent_id=AgentId("a1"),
            wake=lambda: self.woken.append("now"),
            ask_choices=FakeCustomers().choices,
            tasks=InstantTasks(),
        )
        self.inbox.fault.connect(self.faults.append)
        self.inbox.refresh()


def test_a_decision_that_is_offered_is_carried_out(qapp: QApplication) -> None:
    box = Box(an_entry())
    box.inbox.decide(FIRST, Decision.KEEP_MINE)
    box.inbox.decide(FIRST, Decision.SET_ASIDE)  # of a conflict that makes no sense
    box.inbox.decide(OperationId("nobody"), Decision.KEEP_MINE)
    assert box.keeper.asked == [("keep-mine", FIRST)]


def test_when_the_time_for_undoing_is_over_the_outbox_is_woken(qapp: QApplication) -> None:
    box = Box(an_entry())
    assert not box.inbox._send.isActive()
    box.keeper.rows = (an_entry(state=EntryState.DECIDED, can_undo=True),)
    box.inbox.refresh()
    assert box.inbox._send.isActive()
    box.keeper.rows = ()
    box.inbox._on_undo_over()
    assert box.woken == ["now"]


def test_only_what_was_not_sent_is_undone(qapp: QApplication) -> None:
    box = Box(an_entry())
    box.inbox.undo(FIRST)
    box.keeper.rows = (an_entry(state=EntryState.DECIDED, can_undo=True),)
    box.inbox.refresh()
    box.inbox.undo(FIRST)
    assert box.keeper.asked == [("undo", FIRST)]


def test_a_colleagues_entry_can_be_read_only(qapp: QApplication) -> None:
    box = Box(a_refused(author=AgentId("a2"), can_undo=True))
    [entry] = box.inbox.entries
    assert (entry.decisions, entry.can_edit, entry.can_undo) == (frozenset(), False, False)
    box.inbox.decide(entry.operation_id, Decision.SET_ASIDE)
    assert box.keeper.asked == []


def test_news_are_told_once(qapp: QApplication) -> None:
    box = Box()
    told: list[object] = []
    box.inbox.changed.connect(told.append)
    box.keeper.rows = (an_entry(),)
    box.inbox.refresh()
    box.inbox.refresh()
    assert told == [(an_entry(),)]


def test_a_summary_that_was_sent_back_is_told_when_it_is_there(qapp: QApplication) -> None:
    box = Box(a_refused())
    told: list[object] = []
    box.inbox.reopened.connect(told.append)
    box.inbox.reopen(OperationId("o2"))
    assert told == []
    box.keeper.draft = draft()
    box.inbox.reopen(OperationId("o2"))
    assert told == [draft()]
    box.inbox.forget(OperationId("o2"))
    assert box.keeper.asked[-1] == ("forget", "o2")


def test_what_the_disk_refuses_is_said(qapp: QApplication) -> None:
    box = Box(an_entry())
    box.keeper.fault = "the disk is full"
    box.inbox.decide(FIRST, Decision.KEEP_MINE)
    box.inbox.reopen(FIRST)
    box.inbox.refresh()
    assert box.faults == ["the disk is full"] * 3
    assert box.inbox.entries == (an_entry(),)
