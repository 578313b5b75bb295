"""A report of a missing answer while she types it, beside the call (step ⑥).

Every word is kept as it is typed; leaving the form keeps it, coming back brings it back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.desk.keeping import Keeping
from agent_app.domain.gaps import GapForm, GapProblem, whole_text, wrong_form
from agent_app.domain.ids import AgentId
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError


class GapKeeper(Protocol):
    """Where typed words and reports are kept (``agent_app.store.gaps``)."""

    async def report(self, form: GapForm, *, agent_id: AgentId) -> None: ...

    async def keep_form(self, form: GapForm) -> None: ...

    async def typed_form(self, form: GapForm) -> GapForm | None: ...

    async def drop_form(self, form: GapForm) -> None: ...


@dataclass(frozen=True, slots=True)
class GapTyping:
    """The open form; ``restored``: it was typed before and not sent."""

    form: GapForm
    restored: bool = False
    problem: GapProblem | None = None
    fault: str = ""


class GapDesk(QObject):
    """Opens, keeps and sends one form. GUI thread.

    Signals:
        opened: GapTyping; fill it in anew.
        changed: GapTyping; what is wrong, or why the disk would not take it.
        closed: it was sent, or she left it.
        sent: GapForm.
        fault: str, what was typed could not be read.
    """

    opened = Signal(object)
    changed = Signal(object)
    closed = Signal()
    sent = Signal(object)
    fault = Signal(str)

    def __init__(
        self,
        *,
        keeper: GapKeeper,
        agent_id: AgentId,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._agent_id = agent_id
        self._tasks = tasks
        self._typing: GapTyping | None = None
        self._keeping = Keeping(
            keep=keeper.keep_form,
            current=self._to_keep,
            on_fault=self._not_kept,
            tasks=tasks,
        )
        self._sending = False

    @property
    def typing(self) -> GapTyping | None:
        return self._typing

    def open(self, form: GapForm) -> None:
        """Begin with ``form``; what was typed about the same before takes its place."""
        self._tasks.spawn(self._open(form))

    def change(self, *, asked: str, missing: str) -> None:
        """She typed; kept on disk, not echoed."""
        if self._typing is None:
            return
        form = replace(self._typing.form, asked=whole_text(asked), missing=whole_text(missing))
        if form != self._typing.form:
            self._typing = replace(self._typing, form=form, problem=None, fault="")
            self._keeping.soon()

    def send(self) -> None:
        """Off it goes; ``changed`` says what is wrong instead."""
        typing = self._typing
        if typing is None or self._sending:
            return
        if problem := wrong_form(typing.form):
            self._put(replace(typing, problem=problem))
            return
        self._sending = True
        self._tasks.spawn(self._send(typing))

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

    async def _open(self, form: GapForm) -> None:
        try:
            before = await self._keeper.typed_form(form)
        except StoreError as error:
            before = None
            self.fault.emit(str(error))
        self._typing = GapTyping(before or form, restored=before is not None)
        self._keeping.begin(self._typing.form)
        self.opened.emit(self._typing)

    def _to_keep(self) -> GapForm | None:
        """What is being sent is no draft any more."""
        if self._typing is None or self._sending:
            return None
        return self._typing.form

    def _not_kept(self, fault: str) -> None:
        if self._typing is not None:
            self._put(replace(self._typing, fault=fault))

    async def _send(self, typing: GapTyping) -> None:
        try:
            await self._keeper.report(typing.form, agent_id=self._agent_id)
        except StoreError as error:
            self._sending = False
            self._put(replace(typing, fault=str(error)))
            self._keeping.soon()
            return
        self._sending = False
        self.close()
        self.sent.emit(typing.form)

    async def _drop(self, form: GapForm) -> None:
        try:
            await self._keeper.drop_form(form)
        except StoreError as error:
            self.fault.emit(str(error))

    def _put(self, typing: GapTyping) -> None:
        self._typing = typing
        self.changed.emit(typing)
