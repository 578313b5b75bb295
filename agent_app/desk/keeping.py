"""Keeps what is typed into forms on disk as it is typed (step ⑥)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError

Form = TypeVar("Form")


class Keeping(Generic[Form]):
    """Writes until what is on disk is what was typed, one writing at a time. GUI thread.

    ``about`` tells forms apart, so that leaving one for another loses no word of the first. What
    the disk refuses is told to ``on_fault`` in words and stays wanted: the next change, the next
    opening and the desk's end try it again.
    """

    def __init__(
        self,
        *,
        keep: Callable[[Form], Awaitable[None]],
        about: Callable[[Form], str],
        on_fault: Callable[[Form, str], None],
        tasks: Tasks,
    ) -> None:
        self._keep = keep
        self._about = about
        self._on_fault = on_fault
        self._tasks = tasks
        self._wanted: dict[str, Form] = {}
        self._since: dict[str, Form | None] = {}
        self._writing: asyncio.Task[None] | None = None
        self._running = False

    @property
    def waiting(self) -> tuple[Form, ...]:
        """What is not on the disk yet."""
        return tuple(self._wanted.values())

    def soon(self, form: Form) -> None:
        """Something was typed."""
        about = self._about(form)
        self._wanted[about] = form
        if about in self._since:
            self._since[about] = form
        self._start()

    def forget(self, form: Form) -> None:
        """It is not wanted: nothing of it is written after what you ask of the disk now."""
        self._wanted.pop(self._about(form), None)
        self._since.pop(self._about(form), None)

    def sending(self, form: Form) -> None:
        """As ``forget``; what is typed of it from now on is written behind it."""
        self.forget(form)
        self._since[self._about(form)] = None

    def sent(self, form: Form) -> Form | None:
        """It went; returns what was typed since, which is written again: its place is empty."""
        since = self._since.pop(self._about(form), None)
        if since is not None:
            self.soon(since)
        return since

    def not_sent(self, form: Form) -> None:
        """It did not go: it is to be kept again, unless it was discarded meanwhile."""
        if self._about(form) in self._since:
            self.soon(self._since.pop(self._about(form)) or form)

    async def flush(self) -> None:
        """Return when everything typed so far is on the disk, or was refused by it."""
        self._start()
        while self._running and self._writing is not None and not self._writing.done():
            await asyncio.wait({self._writing})

    def _start(self) -> None:
        if self._wanted and not self._running:
            self._running = True
            self._writing = self._tasks.spawn(self._write())

    async def _write(self) -> None:
        refused: dict[str, Form] = {}
        try:
            while (form := self._next(refused)) is not None:
                try:
                    await self._keep(form)
                except StoreError as error:
                    refused[self._about(form)] = form
                    self._on_fault(form, str(error))
                else:
                    self._kept(form)
        finally:
            self._running = False

    def _next(self, refused: dict[str, Form]) -> Form | None:
        """The oldest that was not refused in this round; what was typed since is another form."""
        left = (form for about, form in self._wanted.items() if refused.get(about) is not form)
        return next(left, None)

    def _kept(self, form: Form) -> None:
        about = self._about(form)
        if self._wanted.get(about) is form:
            del self._wanted[about]
