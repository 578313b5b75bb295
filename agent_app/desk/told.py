"""Who was told the old answer: a list that only the server can give (step ⑥)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.domain.editing import Told, ToldList
from agent_app.domain.ids import ArticleId
from agent_app.runtime.tasks import Tasks
from sync.errors import RequestRefused, SyncError
from sync.told import ToldPage

OFFLINE, NOT_ALLOWED = "offline", "not-allowed"
"""``ToldList.problem``: the server is away, or her role may not ask; else the server's words."""


class ToldSource(Protocol):
    """The server; raises SyncError."""

    async def told(self, article_id: str, before_version: int, before: str) -> ToldPage: ...


class ToldCallers(QObject):
    """GUI thread. One list at a time; answers to an older question are dropped.

    Signals:
        changed: ToldList.
    """

    changed = Signal(object)

    def __init__(self, *, source: ToldSource, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._tasks = tasks
        self._list: ToldList | None = None
        self._asked = 0

    @property
    def list(self) -> ToldList | None:
        return self._list

    def ask(self, article_id: ArticleId, version: int, title: str) -> None:
        """Who was told versions before ``version``."""
        self._put(ToldList(article_id, version, title, asking=True))
        self._asked += 1
        self._tasks.spawn(self._ask(self._asked))

    def ask_more(self) -> None:
        """The next page, if there is one."""
        found = self._list
        if found is not None and found.next and not found.asking:
            self._put(replace(found, asking=True))
            self._asked += 1
            self._tasks.spawn(self._ask(self._asked))

    def close(self) -> None:
        self._asked += 1
        self._list = None

    async def _ask(self, mine: int) -> None:
        wanted = self._list
        if wanted is None:
            return
        try:
            page = await self._source.told(wanted.article_id, wanted.version, wanted.next)
            found = _joined(wanted, page)
        except RequestRefused as error:
            problem = NOT_ALLOWED if error.code == NOT_ALLOWED else str(error)
            found = replace(wanted, asking=False, problem=problem)
        except (SyncError, ValueError):
            found = replace(wanted, asking=False, problem=OFFLINE)
        if mine == self._asked:
            self._put(found)

    def _put(self, found: ToldList) -> None:
        self._list = found
        self.changed.emit(found)


def _joined(wanted: ToldList, page: ToldPage) -> ToldList:
    rows = tuple(
        Told(
            interaction_id=row.interaction_id,
            at=datetime.fromisoformat(row.started_at),
            agent_name=row.agent_name,
            customer_name=row.customer_name,
            number=row.number,
            version=row.version,
            corrected_at=datetime.fromisoformat(row.corrected_at) if row.corrected_at else None,
        )
        for row in page.rows
    )
    return replace(
        wanted,
        asking=False,
        problem="",
        total=page.total,
        agents=page.agents,
        people=page.people,
        rows=(*wanted.rows, *rows),
        next=page.next,
    )
