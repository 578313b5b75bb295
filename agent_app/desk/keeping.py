"""Keeps a form on disk as it is typed (step ⑥)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError

Form = TypeVar("Form")


class Keeping(Generic[Form]):
    """Writes until what is on disk is what is on screen, one writing at a time. GUI thread.

    ``current`` is the form as it is now; None when there is nothing to keep: it was left, or it is
    being sent. ``on_fault`` is told in words what the disk refused; the next change tries again.
    """

    def __init__(
        self,
        *,
        keep: Callable[[Form], Awaitable[None]],
        current: Callable[[], Form | None],
        on_fault: Callable[[str], None],
        tasks: Tasks,
    ) -> None:
        self._keep = keep
        self._current = current
        self._on_fault = on_fault
        self._tasks = tasks
        self._kept: Form | None = None
        self._running = False

    def begin(self, form: Form) -> None:
        """This is on disk already, or need not be."""
        self._kept = form

    def soon(self) -> None:
        """Something was typed."""
        if not self._running:
            self._running = True
            self._tasks.spawn(self._write())

    async def _write(self) -> None:
        try:
            while (form := self._current()) is not None and form != self._kept:
                await self._keep(form)
                self._kept = form
        except StoreError as error:
            self._on_fault(str(error))
        finally:
            self._running = False
