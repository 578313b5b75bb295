"""Sentences are read from the copy and filled in for the summary they go into."""

from __future__ import annotations

from pathlib import Path

from agent_app.desk.text_modules import TextModules
from agent_app.domain.ids import InteractionId
from agent_app.domain.summary import SummaryDraft
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import ReadOnlyError
from tests.desk.fakes import FakeModules, HandClock, a_call
from tests.desk.rigs import run_with_tasks, settle

I1 = InteractionId("i1")


class Drafts:
    def draft(self, interaction_id: InteractionId) -> SummaryDraft | None:
        return SummaryDraft(I1, a_call(), customer_name="张伟") if interaction_id == I1 else None


def test_a_sentence_is_filled_in_for_its_summary() -> None:
    async def story(tasks: Tasks) -> None:
        modules = TextModules(source=FakeModules(), drafts=Drafts(), agent_name="李娜",
                              clock=HandClock(), tasks=tasks)  # fmt: skip
        assert not modules.modules
        modules.refresh()
        await settle()
        first = modules.modules[0]
        assert modules.text(first, I1) == "已告知张伟，由李娜回电。"
        assert modules.text(first, None) == "已告知{customer}，由李娜回电。"

    run_with_tasks(story)


def test_a_copy_that_cannot_be_read_is_said() -> None:
    async def story(tasks: Tasks) -> None:
        source, faults = FakeModules(), list[str]()
        source.fault = ReadOnlyError(Path("cache.db"))
        modules = TextModules(source=source, drafts=Drafts(), agent_name="", clock=HandClock(),
                              tasks=tasks)  # fmt: skip
        modules.fault.connect(faults.append)
        modules.refresh()
        await settle()
        assert len(faults) == 1
        assert not modules.modules

    run_with_tasks(story)
