"""A report of a missing answer while she types it, beside the call (step ⑥)."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from agent_app.desk.form_desk import FormDesk, FormKeeper, FormTyping
from agent_app.domain.gaps import GapForm, GapProblem, whole_text, wrong_form
from agent_app.domain.ids import AgentId, ReportId, uuid7
from agent_app.runtime.tasks import Tasks

GapTyping = FormTyping[GapForm, GapProblem]


class GapKeeper(FormKeeper[GapForm], Protocol):
    """Where typed words and reports are kept (``agent_app.store.gaps``)."""

    async def report(self, form: GapForm, *, agent_id: AgentId) -> None: ...


class GapDesk(FormDesk[GapForm, GapProblem]):
    """The form of one report."""

    def __init__(self, *, keeper: GapKeeper, agent_id: AgentId, tasks: Tasks) -> None:
        super().__init__(
            keeper=keeper,
            save=lambda form: keeper.report(form, agent_id=agent_id),
            wrong=wrong_form,
            anew=lambda form: replace(form, report_id=ReportId(uuid7())),
            tasks=tasks,
        )

    def change(self, *, asked: str, missing: str) -> None:
        """She typed."""
        if self.typing is not None:
            form = self.typing.form
            self.type(replace(form, asked=whole_text(asked), missing=whole_text(missing)))
