"""A notice while it is written (M32, step ⑥)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from agent_app.desk.form_desk import FormDesk, FormKeeper, FormTyping
from agent_app.domain.gaps import whole_text
from agent_app.domain.ids import AgentId, NoticeId, uuid7
from agent_app.domain.notices import Notice, NoticeForm, NoticeProblem, wrong_notice
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks

NoticeTyping = FormTyping[NoticeForm, NoticeProblem]


class NoticeWriter(FormKeeper[NoticeForm], Protocol):
    """Where typed words and notices are kept (``agent_app.store.notices``)."""

    async def save(self, form: NoticeForm, *, agent_id: AgentId) -> None: ...


class NoticeDesk(FormDesk[NoticeForm, NoticeProblem]):
    """The form of one notice; sending publishes it."""

    def __init__(
        self, *, keeper: NoticeWriter, agent_id: AgentId, clock: Clock, tasks: Tasks
    ) -> None:
        super().__init__(
            keeper=keeper,
            save=lambda form: keeper.save(form, agent_id=agent_id),
            wrong=lambda form: wrong_notice(form, clock.now().astimezone().date()),
            anew=_anew,
            tasks=tasks,
        )

    def write(self) -> None:
        """A new one, or the new one that was typed before."""
        self.open(NoticeForm(NoticeId(uuid7())))

    def edit(self, notice: Notice) -> None:
        """One that is published; its readers stay its readers."""
        ends = notice.expires_at
        # It ends with a day: the moment is the first one of the next.
        until = None if ends is None else (ends - timedelta(seconds=1)).astimezone().date()
        self.open(
            NoticeForm(
                notice.notice_id, notice.version, notice.title, notice.body, notice.must_read, until
            )
        )

    def change(self, form: NoticeForm) -> None:
        """She typed or chose."""
        if self.typing is not None:
            words = replace(form, title=whole_text(form.title), body=whole_text(form.body))
            self.type(replace(words, notice_id=self.typing.form.notice_id))


def _anew(form: NoticeForm) -> NoticeForm:
    """Words of a new notice become another one; a published one is changed once more."""
    return form if form.version else replace(form, notice_id=NoticeId(uuid7()))
