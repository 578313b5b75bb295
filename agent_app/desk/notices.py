"""Notices at her desk: what she must read, what she has read, who else has (M32, step ⑥).

A read is kept here and told to the server by the outbox; what she read on another seat is asked of
the server when there is one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.domain.ids import AgentId, NoticeId
from agent_app.domain.link import LinkStatus, ServerState
from agent_app.domain.notices import Notice, Reader, may_write, unread
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from sync.errors import SyncError
from sync.notices import NoticeReader

LOOK_MS = 30_000
"""A notice begins and ends to hold while nothing else happens."""


class NoticeKeeper(Protocol):
    """Where notices and reads are kept (``agent_app.store.notices``)."""

    async def all(self) -> tuple[Notice, ...]: ...

    async def read(self, notice: Notice, *, agent_id: AgentId) -> None: ...

    async def note_reads(self, reads: Mapping[str, str]) -> bool: ...


class NoticeServer(Protocol):
    """What the server knows; both raise SyncError."""

    def own_reads(self) -> Awaitable[Mapping[str, str]]: ...

    def readers(self, notice_id: str) -> Awaitable[Sequence[NoticeReader]]: ...


@dataclass(frozen=True, slots=True)
class Readers:
    """``problem``: why nobody can say."""

    notice_id: NoticeId
    readers: tuple[Reader, ...] = ()
    problem: str = ""


class Notices(QObject):
    """GUI thread.

    Signals:
        changed: notices, or what of them is unread.
        was_read: str, the id of a notice; that she read it is in the outbox.
        readers_found: Readers of one notice.
        fault: str, the disk would not give or take something.
    """

    changed = Signal()
    was_read = Signal(str)
    readers_found = Signal(object)
    fault = Signal(str)

    def __init__(
        self,
        *,
        keeper: NoticeKeeper,
        server: NoticeServer,
        agent_id: AgentId,
        role: str,
        clock: Clock,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._server = server
        self._agent_id = agent_id
        self._role = role
        self._clock = clock
        self._tasks = tasks
        self._all: tuple[Notice, ...] = ()
        self._unread: tuple[Notice, ...] = ()
        self._reading: set[NoticeId] = set()
        self._online = False
        self._asked = 0
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)

    @property
    def all(self) -> tuple[Notice, ...]:
        """The newest first."""
        return self._all

    @property
    def unread(self) -> tuple[Notice, ...]:
        """What holds now and she has not read; what must be read first, the oldest first."""
        return self._unread

    @property
    def urgent(self) -> Notice | None:
        """What she must read now."""
        return self._unread[0] if self._unread and self._unread[0].must_read else None

    @property
    def may_write(self) -> bool:
        return may_write(self._role)

    def notice(self, notice_id: str) -> Notice | None:
        return next((one for one in self._all if one.notice_id == notice_id), None)

    def begin(self) -> None:
        """Look for the first time, and from then on."""
        self._look.start()
        self.refresh()

    def close(self) -> None:
        self._look.stop()

    def refresh(self) -> None:
        """Notices changed: read them again."""
        self._tasks.spawn(self._refresh())

    def look(self) -> None:
        """Time has passed: something may hold now, or not any more."""
        self._put(self._all)

    def read(self, notice_id: NoticeId) -> None:
        """She has read it; a second time changes nothing."""
        notice = self.notice(notice_id)
        if notice is not None and notice.read_at is None and notice_id not in self._reading:
            self._reading.add(notice_id)
            self._tasks.spawn(self._read(notice))

    def on_link(self, status: LinkStatus) -> None:
        """There is a server (again): it knows what she read elsewhere."""
        online = status.server is ServerState.ONLINE
        if online and not self._online:
            self._tasks.spawn(self._ask_reads())
        self._online = online

    def ask_readers(self, notice_id: NoticeId) -> None:
        """``readers_found`` says who has read it, and who has not yet."""
        self._tasks.spawn(self._ask_readers(notice_id))

    # --- inside ----------------------------------------------------------------------------------

    async def _refresh(self) -> None:
        self._asked += 1
        mine = self._asked
        try:
            found = await self._keeper.all()
        except StoreError as error:
            self.fault.emit(str(error))
            return
        if mine == self._asked:
            self._put(found)

    def _put(self, found: tuple[Notice, ...]) -> None:
        now_unread = unread(found, self._clock.now())
        if (found, now_unread) != (self._all, self._unread):
            self._all, self._unread = found, now_unread
            self.changed.emit()

    async def _read(self, notice: Notice) -> None:
        try:
            await self._keeper.read(notice, agent_id=self._agent_id)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        finally:
            self._reading.discard(notice.notice_id)
        self.was_read.emit(notice.notice_id)
        await self._refresh()

    async def _ask_reads(self) -> None:
        """A server that is away is asked when it is back."""
        try:
            reads = await self._server.own_reads()
        except SyncError:
            return
        try:
            news = await self._keeper.note_reads(reads)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        if news:
            await self._refresh()

    async def _ask_readers(self, notice_id: NoticeId) -> None:
        try:
            found = await self._server.readers(notice_id)
        except SyncError as error:
            self.readers_found.emit(Readers(notice_id, problem=str(error)))
            return
        readers = tuple(
            Reader(
                AgentId(one.agent_id),
                one.name,
                datetime.fromisoformat(one.read_at) if one.read_at else None,
            )
            for one in found
        )
        self.readers_found.emit(Readers(notice_id, readers))
