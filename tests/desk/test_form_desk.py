"""A form that is left, sent or refused by the disk loses no word; here the report of a gap."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from agent_app.desk.gap_form import GapDesk
from agent_app.domain.gaps import GapForm
from agent_app.domain.ids import AgentId, ReportId
from agent_app.runtime.tasks import Tasks
from tests.desk.fakes_gaps import AN_ARTICLE, FakeGaps
from tests.desk.rigs import run_with_tasks, settle
from tests.ui.fakes import InstantTasks

ME = AgentId("a1")
FORM = GapForm(ReportId("g1"), "几岁开始？", article=AN_ARTICLE, interaction_id="i1")


def test_what_the_disk_has_not_taken_is_there_when_she_comes_back(qapp: QApplication) -> None:
    keeper = FakeGaps()
    faults: list[str] = []
    desk = GapDesk(keeper=keeper, agent_id=ME, tasks=InstantTasks())
    desk.fault.connect(faults.append)
    desk.open(FORM)
    keeper.fault = "disk full"
    desk.change(asked="一", missing="")
    desk.close()
    desk.open(replace(FORM, report_id=ReportId("g2")))
    assert desk.typing is not None
    assert (desk.typing.form.asked, desk.typing.restored) == ("一", True)
    assert faults == ["disk full"], "it is tried again, and said though no form is open"
    keeper.fault = ""
    desk.close()
    desk.open(FORM)
    assert keeper.forms["k1"].asked == "一"


def test_a_report_left_while_the_disk_refuses_it_is_kept_and_it_is_said(qapp: QApplication) -> None:
    async def story(tasks: Tasks) -> None:
        keeper = FakeGaps()
        faults: list[str] = []
        desk = GapDesk(keeper=keeper, agent_id=ME, tasks=tasks)
        desk.fault.connect(faults.append)
        desk.open(FORM)
        await settle()
        desk.change(asked="一", missing="")
        await settle()
        keeper.fault = "disk full"
        desk.send()
        other = replace(FORM, report_id=ReportId("g2"), article=None)
        desk.close()
        desk.open(other)
        await settle()
        assert desk.typing is None or desk.typing.fault == "", "it is not the other one's fault"
        assert "disk full" in faults
        keeper.fault = ""
        await desk.flush()
        assert keeper.forms["k1"].asked == "一"

    run_with_tasks(story)


def test_words_typed_while_it_is_sent_are_another_report(qapp: QApplication) -> None:
    async def story(tasks: Tasks) -> None:
        keeper = FakeGaps()
        desk = GapDesk(keeper=keeper, agent_id=ME, tasks=tasks)
        desk.open(FORM)
        await settle()
        desk.change(asked="一", missing="")
        desk.send()
        desk.change(asked="一二", missing="")
        desk.change(asked="一二三", missing="")
        await settle()
        assert [one.asked for one in keeper.sent] == ["一"]
        assert desk.typing is not None
        assert (desk.typing.form.asked, keeper.forms["k1"].asked) == ("一二三", "一二三")
        desk.send()
        await settle()
        assert [one.asked for one in keeper.sent] == ["一", "一二三"]
        assert len({one.report_id for one in keeper.sent}) == 2
        assert desk.typing is None

    run_with_tasks(story)


def test_sending_one_report_leaves_the_next_one_open(qapp: QApplication) -> None:
    async def story(tasks: Tasks) -> None:
        keeper = FakeGaps()
        desk = GapDesk(keeper=keeper, agent_id=ME, tasks=tasks)
        desk.open(FORM)
        await settle()
        desk.change(asked="一", missing="")
        keeper.slow = asyncio.Event()
        desk.send()
        desk.open(replace(FORM, report_id=ReportId("g2"), article=None))
        await settle()
        keeper.slow.set()
        await settle()
        assert len(keeper.sent) == 1
        assert desk.typing is not None
        assert desk.typing.form.report_id == "g2"

    run_with_tasks(story)


def test_a_fault_that_nobody_foresaw_leaves_the_form_to_be_sent_again(qapp: QApplication) -> None:
    class Faulty(FakeGaps):
        bug: Exception | None = ZeroDivisionError()

        async def report(self, form: GapForm, *, agent_id: AgentId) -> None:
            if self.bug is not None:
                raise self.bug
            await super().report(form, agent_id=agent_id)

    async def story() -> None:
        keeper, bugs = Faulty(), list[BaseException]()
        desk = GapDesk(keeper=keeper, agent_id=ME, tasks=Tasks(on_error=bugs.append))
        desk.open(FORM)
        await settle()
        desk.change(asked="一", missing="")
        desk.send()
        await settle()
        assert bugs == [keeper.bug], "it is told where bugs are told"
        assert keeper.forms["k1"].asked == "一"
        keeper.bug = None
        desk.send()
        await settle()
        assert [one.asked for one in keeper.sent] == ["一"]

    asyncio.run(story())
