"""Every call is in the history from its first second, with the name as it was then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from agent_app.desk.history import PAGE, CallHistory
from agent_app.desk.transfers import TransferState, TransferStatus
from agent_app.domain.call_log import CallEntry
from agent_app.domain.calls import CallState, Direction, EndReason
from agent_app.domain.customers import CallerCard, CardState, ReasonKind
from agent_app.domain.directory import Target, TargetKind
from agent_app.domain.ids import InteractionId
from agent_app.runtime.tasks import Tasks
from tests.desk.fakes import a_call, a_customer, answered, ended
from tests.desk.fakes_phone import FakeCallLog
from tests.desk.rigs import run_with_tasks, settle
from tests.ui.fakes import InstantTasks


class Rig:
    def __init__(self, tasks: Tasks | None = None, *entries: CallEntry) -> None:
        self.log = FakeCallLog(*entries)
        self.history = CallHistory(log=self.log, tasks=tasks or InstantTasks())
        self.faults: list[str] = []
        self.history.fault.connect(self.faults.append)

    @property
    def only(self) -> CallEntry:
        (entry,) = self.history.entries
        return entry

    @property
    def kept(self) -> list[CallEntry]:
        return list(self.log.entries.values())


@pytest.fixture
def rig() -> Rig:
    return Rig()


def an_entry(entry_id: str, **changes: object) -> CallEntry:
    call = a_call()
    entry = CallEntry(
        entry_id=entry_id, interaction_id=call.interaction_id, direction=Direction.INCOMING,
        name="张伟", number="138", normal="+86138", queue="", started_at=call.started_at,
        end_reason=EndReason.CALLER_HUNG_UP, answered_at=call.started_at,
    )  # fmt: skip
    return replace(entry, **changes)  # type: ignore[arg-type]


def a_card(name: str | None) -> CallerCard:
    customer = None if name is None else a_customer(name=name)
    return CallerCard(InteractionId("i1"), CardState.KNOWN, "", "", "", customer=customer)


def test_a_call_is_written_when_it_begins_and_when_it_moves(rig: Rig) -> None:
    call = a_call()
    rig.history.on_call(call)
    assert rig.kept == [rig.only]
    assert (rig.only.name, rig.only.number, rig.only.end_reason) == ("张伟", "13800138000", None)
    rig.history.on_call(answered(call))
    assert rig.kept == [rig.only]
    assert rig.only.answered_at is not None
    over = replace(ended(answered(call)), state=CallState.ENDED, talked_s=60.0, encrypted=True,
                   end_reason=EndReason.CALLER_HUNG_UP)  # fmt: skip
    rig.history.on_call(over)
    assert rig.kept == [rig.only]
    assert (rig.only.talked_s, rig.only.encrypted) == (60.0, True)
    assert rig.only.end_reason is EndReason.CALLER_HUNG_UP


def test_hold_and_mute_are_no_news(rig: Rig) -> None:
    told: list[object] = []
    rig.history.on_call(answered(a_call()))
    rig.history.changed.connect(told.append)
    rig.history.on_call(replace(answered(a_call()), state=CallState.HELD, muted=True))
    assert told == []


def test_a_call_that_is_nobodys_any_more_has_the_name_the_exchange_said(rig: Rig) -> None:
    rig.history.on_call(a_call())
    rig.history.on_card(a_card("杭州某某公司"))
    unreadable = replace(
        a_card(None), state=CardState.UNREADABLE, chosen=ReasonKind.CHOSEN, shown_name="张"
    )
    rig.history.on_card(unreadable)
    assert rig.only.name == "杭州某某公司"
    rig.history.on_card(replace(unreadable, state=CardState.UNKNOWN))
    assert rig.only.name == "张"


def test_the_name_is_the_customers_as_it_is_now(rig: Rig) -> None:
    rig.history.on_call(a_call())
    rig.history.on_card(a_card(None))
    assert rig.only.name == "张伟"
    rig.history.on_card(a_card("杭州某某公司"))
    rig.history.on_call(answered(a_call()))
    assert rig.only.name == "杭州某某公司"
    rig.history.on_card(replace(a_card("别人"), interaction_id=InteractionId("i2")))
    assert rig.only.name == "杭州某某公司"


def test_an_incoming_call_that_turns_out_to_be_another_has_that_number(rig: Rig) -> None:
    rig.history.on_call(a_call(name="陈静", number="1002", normal="1002"))
    rig.history.on_call(a_call(name="张伟", number="13800138000"))
    assert (rig.only.name, rig.only.normal) == ("张伟", "+8613800138000")


def test_what_she_dialled_stays_what_she_dialled(rig: Rig) -> None:
    call = a_call(direction=Direction.OUTGOING, state=CallState.DIALLING, number="7001",
                  normal="7001", name="")  # fmt: skip
    rig.history.on_call(call)
    rig.history.on_call(replace(answered(call), name="陈静", number="1002", normal="1002"))
    assert (rig.only.name, rig.only.number, rig.only.normal) == ("陈静", "7001", "7001")
    assert rig.history.last_dialled() == "7001"


@pytest.mark.parametrize(
    ("reason", "missed"),
    [
        (EndReason.CALLER_GAVE_UP, 1),
        (EndReason.LOST, 1),
        (EndReason.REJECTED, 0),
        (EndReason.AGENT_HUNG_UP, 0),
    ],
)
def test_a_call_is_missed_when_nobody_here_chose_so(
    rig: Rig, reason: EndReason, missed: int
) -> None:
    rig.history.on_call(a_call())
    rig.history.on_call(replace(ended(a_call()), end_reason=reason))
    assert rig.history.missed == missed
    assert rig.only.missed is bool(missed)
    rig.history.mark_seen()
    assert rig.history.missed == 0
    assert rig.kept == [rig.only]
    assert rig.only.seen is bool(missed)


def test_an_answered_or_outgoing_call_is_never_missed(rig: Rig) -> None:
    lost = {"state": CallState.ENDED, "end_reason": EndReason.LOST}
    rig.history.on_call(answered(a_call()))
    rig.history.on_call(replace(answered(a_call()), **lost))  # type: ignore[arg-type]
    rig.history.on_call(a_call("i2", direction=Direction.OUTGOING, **lost))
    assert rig.history.missed == 0


def test_whom_it_was_passed_on_to_is_kept(rig: Rig) -> None:
    rig.history.on_call(answered(a_call()))
    call_id = InteractionId("i1")
    chen, number = (Target(TargetKind.COLLEAGUE, name, "1002") for name in ("陈静", ""))
    rig.history.on_transfer(TransferStatus(call_id, TransferState.TRANSFERRING, chen))
    assert rig.only.transferred_to == ""
    rig.history.on_transfer(TransferStatus(call_id, TransferState.DONE, number))
    assert rig.only.transferred_to == "1002"
    rig.history.on_transfer(TransferStatus(call_id, TransferState.DONE, chen))
    rig.history.on_transfer(TransferStatus(call_id, TransferState.DONE))
    rig.history.on_transfer(TransferStatus(InteractionId("i2"), TransferState.DONE, chen))
    assert rig.only.transferred_to == "陈静"


def test_a_call_that_comes_back_is_a_line_of_its_own(rig: Rig) -> None:
    rig.history.on_call(answered(a_call()))
    rig.history.on_call(replace(ended(answered(a_call())), end_reason=EndReason.TRANSFERRED))
    rig.history.on_call(a_call(returned="busy"))
    assert [entry.end_reason for entry in rig.history.entries] == [None, EndReason.TRANSFERRED]


def test_what_was_up_when_the_desk_was_killed_is_lost() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks, an_entry("1", end_reason=None, answered_at=None), an_entry("0"))
        await rig.history.restore()
        assert [entry.entry_id for entry in rig.history.entries] == ["1", "0"]
        assert rig.history.entries[0].end_reason is EndReason.LOST
        assert rig.history.missed == 1
        assert not rig.history.more_to_come

    run_with_tasks(story)


def test_a_call_that_came_before_the_history_stays_on_top() -> None:
    async def story(tasks: Tasks) -> None:
        out = an_entry("0", direction=Direction.OUTGOING, number="12366")
        rig = Rig(tasks, out)
        rig.history.on_call(a_call())
        await settle()
        await rig.history.restore()
        assert [entry.end_reason for entry in rig.history.entries] == [None, out.end_reason]
        assert rig.history.last_dialled() == "12366"

    run_with_tasks(story)


def test_older_pages_come_when_they_are_asked_for() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks, *(an_entry(f"{number:03}") for number in range(PAGE + 2)))
        rig.history.load_more()
        await rig.history.restore()
        assert len(rig.history.entries) == PAGE
        assert rig.history.more_to_come
        rig.history.load_more()
        rig.history.load_more()  # a second key press brings nothing twice
        await settle()
        assert len(rig.history.entries) == PAGE + 2
        assert not rig.history.more_to_come
        rig.history.load_more()

    run_with_tasks(story)


@pytest.mark.parametrize(
    "act",
    [
        lambda history: history.on_call(a_call()),
        lambda history: history.load_more(),
        lambda history: history.mark_seen(),
    ],
)
def test_a_disk_that_refuses_is_told(act: Callable[[CallHistory], None]) -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks, *(an_entry(f"{number:03}") for number in range(PAGE)))
        missed = a_call("i2")
        rig.history.on_call(missed)
        rig.history.on_call(replace(ended(missed), end_reason=EndReason.CALLER_GAVE_UP))
        await settle()
        await rig.history.restore()
        rig.log.fault = "the disk is full"
        act(rig.history)
        await settle()
        assert rig.faults == ["the disk is full"]
        await rig.history.restore()
        assert len(rig.faults) == 2

    run_with_tasks(story)
