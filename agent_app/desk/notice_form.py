"""A notice while it is written: every word is kept as it is typed (M32, step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.desk.keeping import Keeping
from agent_app.domain.gaps import whole_text
from agent_app.domain.ids import AgentId, NoticeId, uuid7
from agent_app.domain.notices import Notice, NoticeForm, NoticeProblem, wrong_notice
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError


class NoticeWriter(Protocol):
    """Where typed words and notices are kept (``agent_app.store.notices``)."""

    async def save(self, form: NoticeForm, *, agent_id: AgentId) -> None: ...

    async def keep_form(self, form: NoticeForm) -> None: ...

    async def typed_form(self, form: NoticeForm) -> NoticeForm | None: ...

    async def drop_form(self, form: NoticeForm) -> None: ...


@dataclass(frozen=True, slots=True)
class NoticeTyping:
    """The open form; ``restored``: it was typed before and not published."""

    form: NoticeForm
    restored: bool = False
    problem: NoticeProblem | None = None
    fault: str = ""


class NoticeDesk(QObject):
    """Opens, keeps and publishes one notice. GUI thread.

    Signals:
        opened: NoticeTyping; fill it in anew.
        changed: NoticeTyping; what is wrong, or why the disk would not take it.
        closed: it was published, or she left it.
        published: NoticeForm.
        fault: str, what was typed could not be read.
    """

    opened = Signal(object)
    changed = Signal(object)
    closed = Signal()
    published = Signal(object)
    fault = Signal(str)

    def __init__(
        self,
        *,
        keeper: NoticeWriter,
        agent_id: AgentId,
        clock: Clock,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._agent_id = agent_id
        self._clock = clock
        self._tasks = tasks
        self._typing: NoticeTyping | None = None
        self._keeping = Keeping(
            keep=keeper.keep_form,
            current=self._to_keep,
            on_fault=self._not_kept,
            tasks=tasks,
        )
        self._saving = False

    @property
    def typing(self) -> NoticeTyping | None:
        return self._typing

    def write(self) -> None:
        """A new one, or the new one that was typed before."""
        self._tasks.spawn(self._open(NoticeForm(NoticeId(uuid7()))))

    def edit(self, notice: Notice) -> None:
        """One that is published; its readers stay its readers."""
        ends = notice.expires_at
        # It ends with a day: the moment is the first one of the next.
        until = None if ends is None else (ends - timedelta(seconds=1)).astimezone().date()
        form = NoticeForm(
            notice.notice_id, notice.version, notice.title, notice.body, notice.must_read, until
        )
        self._tasks.spawn(self._open(form))

    def change(self, form: NoticeForm) -> None:
        """She typed or chose; kept on disk, not echoed."""
        form = replace(form, title=whole_text(form.title), body=whole_text(form.body))
        if self._typing is not None and form != self._typing.form:
            self._typing = replace(self._typing, form=form, problem=None, fault="")
            self._keeping.soon()

    def publish(self) -> None:
        """Off it goes; ``changed`` says what is wrong instead."""
        typing = self._typing
        if typing is None or self._saving:
            return
        today = self._clock.now().astimezone().date()
        if problem := wrong_notice(typing.form, today):
            self._put(replace(typing, problem=problem))
            return
        self._saving = True
        self._tasks.spawn(self._save(typing))

    def close(self) -> None:
        """Leave it; what was typed is there again when she comes back."""
        if self._typing is not None:
            self._typing = None
            self.closed.emit()

    def discard(self) -> None:
        """Leave it and forget what was typed."""
        if self._typing is not None:
            form = self._typing.form
            self.close()
            self._tasks.spawn(self._drop(form))

    # --- inside ----------------------------------------------------------------------------------

    async def _open(self, form: NoticeForm) -> None:
        try:
            before = await self._keeper.typed_form(form)
        except StoreError as error:
            before = None
            self.fault.emit(str(error))
        self._typing = NoticeTyping(before or form, restored=before is not None)
        self._keeping.begin(self._typing.form)
        self.opened.emit(self._typing)

    def _to_keep(self) -> NoticeForm | None:
        """What is being sent is no draft any more."""
        if self._typing is None or self._saving:
            return None
        return self._typing.form

    def _not_kept(self, fault: str) -> None:
        if self._typing is not None:
            self._put(replace(self._typing, fault=fault))

    async def _save(self, typing: NoticeTyping) -> None:
        try:
            await self._keeper.save(typing.form, agent_id=self._agent_id)
        except StoreError as error:
            self._saving = False
            self._put(replace(typing, fault=str(error)))
            self._keeping.soon()
            return
        self._saving = False
        self.close()
        self.published.emit(typing.form)

    async def _drop(self, form: NoticeForm) -> None:
        try:
            await self._keeper.drop_form(form)
        except StoreError as error:
            self.fault.emit(str(error))

    def _put(self, typing: NoticeTyping) -> None:
        self._typing = typing
        self.changed.emit(typing)
