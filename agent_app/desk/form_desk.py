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


class Kept(Protocol):
    """A form that is kept as it is typed."""

    @property
    def about(self) -> str:
        """What makes it the same form when she comes back."""


Form = TypeVar("Form", bound=Kept)
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
        anew: Callable[[Form], Form],
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """``save`` puts the form into the outbox; what else it needs it asks when it is called, not
        when it is awaited. ``wrong`` says why it cannot go; ``anew`` makes another one of its
        words."""
        super().__init__(parent)
        self._keeper = keeper
        self._save = save
        self._wrong = wrong
        self._anew = anew
        self._tasks = tasks
        self._typing: FormTyping[Form, Problem] | None = None
        self._keeping = Keeping(
            keep=keeper.keep_form,
            about=lambda form: form.about,
            on_fault=self._not_kept,
            tasks=tasks,
        )
        self._sending: Form | None = None

    @property
    def typing(self) -> FormTyping[Form, Problem] | None:
        return self._typing

    def open(self, form: Form) -> None:
        """Begin with ``form``; what was typed about the same before takes its place."""
        self._tasks.spawn(self._open(form))

    def type(self, form: Form) -> None:
        """She typed or chose; kept on disk, not echoed. What is being sent stays as it was."""
        typing = self._typing
        if typing is None or form == typing.form:
            return
        if typing.form == self._sending:
            form = self._anew(form)
        self._typing = replace(typing, form=form, problem=None, fault="")
        self._keeping.soon(form)

    def send(self) -> None:
        """Off it goes; ``changed`` says what is wrong instead."""
        typing = self._typing
        if typing is None or self._sending is not None:
            return
        if problem := self._wrong(typing.form):
            self._put(replace(typing, problem=problem))
            return
        saving = self._save(typing.form)
        self._sending = typing.form
        self._keeping.sending(typing.form)
        self._tasks.spawn(self._send(typing.form, saving))

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
            self._keeping.forget(form)
            self._tasks.spawn(self._drop(form))

    async def flush(self) -> None:
        """Return when everything typed so far is on the disk, or was refused by it."""
        await self._keeping.flush()

    # --- inside ----------------------------------------------------------------------------------

    async def _open(self, form: Form) -> None:
        while True:
            shown = self._typing
            before = await self._before(form)
            if self._typing is shown:  # else she typed meanwhile, and that counts
                break
        self._typing = FormTyping(before or form, restored=before is not None)
        self.opened.emit(self._typing)

    async def _before(self, form: Form) -> Form | None:
        """What was typed about the same and not sent, also where the disk would not take it."""
        await self._keeping.flush()
        waiting = (one for one in self._keeping.waiting if one.about == form.about)
        if (found := next(waiting, None)) is not None:
            return found
        try:
            return await self._keeper.typed_form(form)
        except StoreError as error:
            self.fault.emit(str(error))
            return None

    def _not_kept(self, form: Form, fault: str) -> None:
        """Said in its form; where that was left, said all the same."""
        if self._typing is not None and self._typing.form.about == form.about:
            self._put(replace(self._typing, fault=fault))
        else:
            self.fault.emit(fault)

    async def _send(self, form: Form, saving: Awaitable[None]) -> None:
        try:
            await saving
        except Exception as error:  # also one that nobody foresaw: the words are hers to send again
            self._sending = None
            self._keeping.not_sent(form)
            if not isinstance(error, StoreError):
                raise
            self._not_kept(form, str(error))
            return
        self._sending = None
        since = self._keeping.sent(form)
        if self._typing is not None and self._typing.form.about == form.about:
            if since is None:
                self.close()
            else:
                self._put(FormTyping(since))
        self.sent.emit(form)

    async def _drop(self, form: Form) -> None:
        try:
            await self._keeper.drop_form(form)
        except StoreError as error:
            self.fault.emit(str(error))

    def _put(self, typing: FormTyping[Form, Problem]) -> None:
        self._typing = typing
        self.changed.emit(typing)
