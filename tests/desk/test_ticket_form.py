"""A ticket at the desk: begun from the summary, sent once, and whose it is (M21)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QApplication

from agent_app.desk.summaries import Summaries
from agent_app.desk.ticket_form import TicketDesk
from agent_app.domain.ids import CategoryId, CustomerId, InteractionId
from agent_app.domain.summary import SummaryField
from agent_app.domain.tickets import NewTicket, TicketForm, TicketProblem, TicketRules
from agent_app.runtime.tasks import Tasks
from agent_app.store.moves import Move
from tests.desk.fakes import (
    FakeArticles,
    FakeKeeper,
    HandClock,
    a_call,
    an_article,
    answered,
    ended,
    recorder,
)
from tests.desk.fakes_tickets import INCOME, RULES, FakeTickets, a_ticket_desk
from tests.desk.rigs import run_with_tasks, settle
from tests.ui.fakes import InstantTasks

I1 = InteractionId("i1")


class Rig:
    def __init__(
        self,
        tasks: Tasks | None = None,
        rules: TicketRules = RULES,
        keeper: FakeTickets | None = None,
    ) -> None:
        self.clock, self.keeper = HandClock(), keeper or FakeTickets()
        _, commit = recorder()
        tasks = InstantTasks() if tasks is None else tasks
        self.summaries = Summaries(
            keeper=FakeKeeper(), commit=commit, article=FakeArticles(an_article()).article,
            queue_category=lambda _queue: None, clock=self.clock, tasks=tasks,
        )  # fmt: skip
        self.desk: TicketDesk = a_ticket_desk(self.keeper, self.summaries, self.clock, tasks, rules)
        self.made: list[NewTicket] = []
        self.moved: list[str] = []
        self.faults: list[str] = []
        self.desk.made.connect(self.made.append)
        self.desk.moved.connect(self._on_moved)
        self.desk.fault.connect(self.faults.append)

    def _on_moved(self) -> None:
        self.moved.append("moved")

    def talking(self) -> None:
        self.summaries.on_call(a_call())
        self.summaries.set_text(I1, SummaryField.QUESTION, "退税 什么时候\n到账？")
        self.summaries.set_category(I1, CategoryId("01.02"))

    @property
    def form(self) -> TicketForm:
        assert self.desk.typing is not None
        return self.desk.typing.form

    def choose(self) -> None:
        self.desk.change(replace(self.form, unit_id=INCOME.unit_id))


def test_it_begins_with_what_the_summary_says(qapp: QApplication) -> None:
    rig = Rig()
    rig.desk.begin(I1)
    assert rig.desk.typing is None, "there is no such call"
    rig.talking()
    rig.summaries.set_text(I1, SummaryField.ANSWER, "一般十五个工作日。")
    rig.desk.begin(I1)
    assert (rig.form.title, rig.form.unit_id) == ("退税 什么时候", "")
    assert rig.form.body == "退税 什么时候\n到账？\n\n一般十五个工作日。"
    assert rig.form.contact == "+8613800138000"


def test_the_only_unit_is_chosen_already(qapp: QApplication) -> None:
    rig = Rig(rules=TicketRules((INCOME,), RULES.calendar))
    rig.talking()
    rig.desk.begin(I1)
    assert rig.form.unit_id == INCOME.unit_id


def test_who_it_is_for_is_asked_when_it_goes(qapp: QApplication) -> None:
    rig = Rig()
    rig.talking()
    rig.desk.begin(I1)
    assert rig.desk.due_at(rig.form) is None
    rig.choose()
    rig.summaries.bind(I1, CustomerId("c1"), "张伟")
    proposed = rig.desk.proposal(rig.form)
    rig.desk.send()
    [made] = rig.made
    assert (made.customer_id, made.customer_name, made.holder) == ("c1", "张伟", "所得税科")
    assert made.category_id == "01.02"
    assert proposed is not None
    assert made.due_at == proposed.at
    assert rig.keeper.sent == [made]
    assert rig.desk.typing is None


def test_what_she_typed_of_the_deadline_is_what_counts(qapp: QApplication) -> None:
    rig = Rig()
    rig.talking()
    rig.desk.begin(I1)
    rig.choose()
    rig.desk.change(replace(rig.form, due="2026-12-24"))
    at = rig.desk.due_at(rig.form)
    assert at is not None
    assert f"{at:%m-%d %H:%M}" == "12-24 17:30", "the end of that day"
    rig.desk.change(replace(rig.form, due="no day"))
    rig.desk.send()
    assert rig.desk.typing is not None
    assert rig.desk.typing.problem is TicketProblem.NO_DEADLINE
    assert not rig.made


def test_half_a_character_goes_into_no_file(qapp: QApplication) -> None:
    rig = Rig()
    rig.talking()
    rig.desk.begin(I1)
    rig.desk.change(replace(rig.form, title="退\ud83d税", body="a\0b"))
    assert (rig.keeper.forms[I1].title, rig.keeper.forms[I1].body) == ("退?税", "a b")


def test_tickets_follow_the_person_whose_call_it_is(qapp: QApplication) -> None:
    rig = Rig()
    rig.talking()
    rig.summaries.bind(I1, CustomerId("c1"), "张伟")
    rig.keeper.has.add(I1)
    rig.summaries.bind(I1, CustomerId("c2"), "李娜")
    rig.summaries.bind(I1, None)
    assert [(one.customer_id, one.name) for one in rig.keeper.moves] == [
        ("c1", "张伟"), ("c2", "李娜"), (None, ""),
    ]  # fmt: skip
    assert rig.moved == ["moved", "moved"], "the first time it had none"


def test_only_a_change_of_person_is_said_anew(qapp: QApplication) -> None:
    rig = Rig()
    rig.talking()
    rig.summaries.set_text(I1, SummaryField.ANSWER, "答")
    rig.summaries.bind(I1, CustomerId("c1"), "张伟")
    rig.summaries.on_call(ended(answered(a_call())))
    rig.summaries.save(I1)
    assert [(one.customer_id, one.again) for one in rig.keeper.moves] == [
        ("c1", False), ("c1", True),
    ]  # fmt: skip


def test_two_moves_reach_the_outbox_in_the_order_they_were_made(qapp: QApplication) -> None:
    class FirstIsSlow(FakeTickets):
        """Reading goes before writing, and the first reading takes longer than the second."""

        async def follow(self, wish: Move) -> bool:
            if wish.customer_id == "c1":
                await read.wait()
            return await super().follow(wish)

    read = asyncio.Event()

    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks, keeper=FirstIsSlow())
        rig.talking()
        rig.summaries.bind(I1, CustomerId("c1"), "张伟")
        rig.summaries.bind(I1, CustomerId("c2"), "李娜")
        await settle()
        read.set()
        await settle()
        assert [one.customer_id for one in rig.keeper.moves] == ["c1", "c2"]

    run_with_tasks(story)


def test_saving_the_summary_asks_once_more_and_a_fault_is_said(qapp: QApplication) -> None:
    rig = Rig()
    rig.talking()
    rig.summaries.set_text(I1, SummaryField.ANSWER, "答")
    rig.summaries.bind(I1, CustomerId("c1"), "张伟")
    before = len(rig.keeper.moves)
    rig.keeper.fault = "The disk is full."
    rig.summaries.on_call(ended(answered(a_call())))
    rig.summaries.save(I1)
    assert rig.faults == ["The disk is full."]
    assert len(rig.keeper.moves) == before


def test_what_is_typed_while_it_is_sent_is_another_ticket(qapp: QApplication) -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.talking()
        rig.desk.begin(I1)
        await settle()
        rig.choose()
        rig.keeper.slow = asyncio.Event()
        rig.desk.send()
        rig.desk.change(replace(rig.form, title="另一件"))
        rig.keeper.slow.set()
        await settle()
        assert [one.form.title for one in rig.made] == ["退税 什么时候"]
        assert rig.form.title == "另一件"
        assert rig.form.ticket_id not in rig.keeper.ids

    run_with_tasks(story)


def test_what_was_right_when_she_sent_it_goes_as_it_was(qapp: QApplication) -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.talking()
        rig.desk.begin(I1)
        await settle()
        rig.choose()
        minute = rig.clock.now().astimezone() + timedelta(minutes=1)
        rig.desk.change(replace(rig.form, due=f"{minute:%Y-%m-%d %H:%M}"))
        rig.desk.send()
        rig.clock.advance(60)  # before the loop comes round to it
        await settle()
        assert [one.due_at for one in rig.made] == [minute]
        assert rig.desk.typing is None

    run_with_tasks(story)
