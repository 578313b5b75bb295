"""Colleagues, queues and numbers a call can be given to; what rings at colleagues (M03, M04)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.desk.directory_entries import Entry, entries_of, ringing_of
from agent_app.domain.calls import Call, CallState
from agent_app.domain.directory import RingingElsewhere, Target, TargetKind, rank
from agent_app.domain.ids import AgentId
from agent_app.domain.numbers import Number
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from sync.errors import SyncError
from sync.legs import AgentLeg, DirectoryPage

__all__ = ["Directory", "DirectoryStatus", "RingingElsewhere", "Target", "TargetKind"]

POLL_S = 1.5


class Colleagues(Protocol):
    """What this needs of ``sync.live.LiveCalls``; both raise SyncError."""

    def directory(self) -> Awaitable[DirectoryPage]: ...

    def ringing(self) -> Awaitable[tuple[AgentLeg, ...]]: ...


@dataclass(frozen=True, slots=True)
class DirectoryStatus:
    """``as_of`` is when the server last told, None when it never did; ``away`` why it does not."""

    as_of: datetime | None = None
    away: str = ""


class Directory(QObject):
    """Lives in the GUI thread; asks the server only while somebody looks.

    Signals:
        changed: DirectoryStatus; ``search`` may answer something else now.
        ringing_changed: tuple of RingingElsewhere, the longest ringing first.
    """

    changed = Signal(object)
    ringing_changed = Signal(object)

    def __init__(
        self,
        *,
        agent_id: AgentId,
        colleagues: Colleagues,
        number_of: Callable[[str], Number],
        clock: Clock,
        tasks: Tasks,
        poll_s: float = POLL_S,
        parent: QObject | None = None,
    ) -> None:
        """``number_of`` reads a typed text by the site's rules."""
        super().__init__(parent)
        self._agent_id = agent_id
        self._colleagues = colleagues
        self._number_of = number_of
        self._clock = clock
        self._tasks = tasks
        self._poll_s = poll_s
        self._entries: tuple[Entry, ...] = ()
        self._status = DirectoryStatus()
        self._ringing: tuple[RingingElsewhere, ...] = ()
        self._watching: asyncio.Task[None] | None = None
        self._watching_ringing: asyncio.Task[None] | None = None

    @property
    def status(self) -> DirectoryStatus:
        return self._status

    @property
    def ringing(self) -> tuple[RingingElsewhere, ...]:
        """What rings elsewhere, as long as it is watched."""
        return self._ringing

    def search(self, text: str) -> tuple[Target, ...]:
        """Whom ``text`` may mean, by name, its pinyin or initials, or number: the free ones first.

        Everybody for an empty text, never herself; at the end the number itself, as it was typed.
        """
        wanted = "".join(text.split()).casefold()
        found = [entry.target for entry in self._entries if entry.fits(wanted)]
        typed = self._number_of(text)
        if typed.normal and all(target.number != typed.normal for target in found):
            found.append(Target(TargetKind.NUMBER, "", typed.normal, detail=typed.region))
        return tuple(sorted(found, key=lambda target: (not target.means(wanted), *rank(target))))

    def called(self, extension: str) -> str:
        """``extension`` with the name that goes with it, as far as the server has told."""
        targets = (entry.target for entry in self._entries)
        name = next((target.name for target in targets if target.number == extension), "")
        return f"{name} {extension}" if name else extension

    def on_call(self, call: Call) -> None:
        """Learn who passes a call on, while it rings."""
        by = call.transferred_by
        if by and call.state is CallState.RINGING and self.called(by) == by:
            self.refresh()

    def refresh(self) -> None:
        """Ask the server once."""
        self._tasks.spawn(self._refresh())

    def watch(self, on: bool) -> None:
        """Keep the directory fresh while a field to give a call away is open."""
        self._watching = self._toggle(self._watching, self._refresh, on=on)

    def watch_ringing(self, on: bool) -> None:
        """Keep ``ringing`` fresh while it is looked at; empty again afterwards."""
        self._watching_ringing = self._toggle(self._watching_ringing, self._look, on=on)
        if not on:
            self._put_ringing(())

    def _toggle(
        self,
        task: asyncio.Task[None] | None,
        work: Callable[[], Awaitable[None]],
        *,
        on: bool,
    ) -> asyncio.Task[None] | None:
        if on:
            return task or self._tasks.spawn(self._again_and_again(work))
        if task is not None:
            task.cancel()
        return None

    async def _again_and_again(self, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            await work()
            await asyncio.sleep(self._poll_s)

    async def _refresh(self) -> None:
        try:
            page = await self._colleagues.directory()
        except SyncError as error:
            status = DirectoryStatus(self._status.as_of, str(error))
        else:
            self._entries = entries_of(page, leave_out=self._agent_id)
            status = DirectoryStatus(self._clock.now())
        self._status = status
        self.changed.emit(status)

    async def _look(self) -> None:
        try:
            legs = await self._colleagues.ringing()
        except SyncError:
            legs = ()  # what rang a moment ago need not ring any more: better none than a wrong one
        self._put_ringing(ringing_of(legs))

    def _put_ringing(self, ringing: tuple[RingingElsewhere, ...]) -> None:
        if ringing != self._ringing:
            self._ringing = ringing
            self.ringing_changed.emit(ringing)
