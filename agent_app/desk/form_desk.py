"""One small form beside the work: opened, kept as it is typed, sent (step ⑥).

Leaving the form keeps what was typed; coming back brings it back.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from agent_app.desk.keeping import Keeping
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError

Form = TypeVar("Form")
Problem = TypeVar("Problem")


class FormKeeper(Protocol[Form]):
    """Where typed words are kept."""

    async def keep_form(self, form: Form) -> None: ...

    async def typed_form(self, form: Form) -> Form | None: ...

    async def drop_form(self, form: Form) -> None: ...


@dataclass(frozen=True, slots=True)
class FormTyping(Generic[Form, Problem]):
    """The open form; ``restored``: it was typed before and not sent."""

    form: Form
    restored: bool = False
    problem: Problem | None = None
    fault: str = ""


class FormDesk(QObject, Generic[Form, Problem]):
    """Opens, keeps and sends one form. GUI thread.

    Signals:
        opened: FormTyping; fill it in anew.
        changed: FormTyping; what is wrong, or why the disk would not take it.
        closed: it was sent, or she left it.
        sent: Form.
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
        keeper: FormKeeper[Form],
        save: Callable[[Form], Awaitable[None]],
        wrong: Callable[[Form], Problem | None],
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """``save`` puts the form into the outbox; ``wrong`` says why it cannot go."""
        super().__init__(parent)
        self._keeper = keeper
        self._save = save
        self._wrong = wrong
        self._tasks = tasks
        self._typing: FormTyping[Form, Problem] | None = None
        self._keeping = Keeping(
            keep=keeper.keep_form,
            current=self._to_keep,
            on_fault=self._not_kept,
            tasks=tasks,
        )
        self._sending = False

    @property
    def typing(self) -> FormTyping[Form, Problem] | None:
        return self._typing

    def open(self, form: Form) -> None:
        """Begin with ``form``; what was typed about the same before takes its place."""
        self._tasks.spawn(self._open(form))

    def type(self, form: Form) -> None:
        """She typed or chose; kept on disk, not echoed."""
        if self._typing is not None and form != self._typing.form:
            self._typing = replace(self._typing, form=form, problem=None, fault="")
            self._keeping.soon()

    def send(self) -> None:
        """Off it goes; ``changed`` says what is wrong instead."""
        typing = self._typing
        if typing is None or self._sending:
            return
        if problem := self._wrong(typing.form):
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

    async def _open(self, form: Form) -> None:
        try:
            before = await self._keeper.typed_form(form)
        except StoreError as error:
            before = None
            self.fault.emit(str(error))
        self._typing = FormTyping(before or form, restored=before is not None)
        self._keeping.begin(self._typing.form)
        self.opened.emit(self._typing)

    def _to_keep(self) -> Form | None:
        """What is being sent is no draft any more."""
        if self._typing is None or self._sending:
            return None
        return self._typing.form

    def _not_kept(self, fault: str) -> None:
        if self._typing is not None:
            self._put(replace(self._typing, fault=fault))

    async def _send(self, typing: FormTyping[Form, Problem]) -> None:
        try:
            await self._save(typing.form)
        except StoreError as error:
            self._sending = False
            self._put(replace(typing, fault=str(error)))
            self._keeping.soon()
            return
        self._sending = False
        self.close()
        self.sent.emit(typing.form)

    async def _drop(self, form: Form) -> None:
        try:
            await self._keeper.drop_form(form)
        except StoreError as error:
            self.fault.emit(str(error))

    def _put(self, typing: FormTyping[Form, Problem]) -> None:
        self._typing = typing
        self.changed.emit(typing)
