"""The ports of ``sync`` kept in memory, as strict as the real store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from sync.copying import Compared, CopyProgress, CopyStage
from sync.ports import Place, Tokens
from sync.wire import ChangePage, Json, Operation, OperationKind, OperationResult, Outcome


def operation(number: int, record: str = "") -> Operation:
    return Operation(
        id=f"op-{number}",
        kind=OperationKind.SAVE_INTERACTION,
        record=record or f"record-{number}",
        author="agent-1",
        made_at="2026-11-21T08:00:00Z",
        payload={"id": record or f"record-{number}", "question": "几号截止"},
    )


class MemoryOutbox:
    """Entries in order of making; set-aside ones are kept apart with their result."""

    def __init__(self, *operations: Operation) -> None:
        self.waiting: list[Operation] = list(operations)
        self.delivered: list[str] = []
        self.outcomes: dict[str, Outcome] = {}
        self.aside: dict[str, OperationResult] = {}
        self.attempts: list[tuple[str, str]] = []
        self.gone: list[Operation] = []

    async def due(self, limit: int) -> Sequence[Operation]:
        first: dict[str, Operation] = {}
        for entry in self.waiting:
            first.setdefault(entry.record, entry)
        return list(first.values())[:limit]

    async def settle(self, results: Sequence[OperationResult]) -> None:
        for result in results:
            assert any(entry.id == result.id for entry in self.waiting), result
            self.outcomes[result.id] = result.outcome
            self.gone += [entry for entry in self.waiting if entry.id == result.id]
            self.waiting = [entry for entry in self.waiting if entry.id != result.id]
            if result.outcome in (Outcome.APPLIED, Outcome.ALREADY_APPLIED):
                self.delivered.append(result.id)
            else:
                self.aside[result.id] = result

    async def count_attempt(self, operation_ids: Sequence[str], reason: str) -> None:
        self.attempts += [(operation_id, reason) for operation_id in operation_ids]

    async def offer_again(self) -> int:
        again = [entry for entry in self.gone if entry.id in self.delivered]
        self.waiting = [*again, *self.waiting]
        return len(again)


class MemoryReplica:
    """Rows by table and id; a page is applied whole or, when told to fail, not at all."""

    def __init__(self, cursor: int = 0) -> None:
        self.at = cursor
        self.scope = ""
        self.tables: dict[str, dict[str, list[Json]]] = {}
        self.pages = 0
        self.failure: Exception | None = None

    async def place(self) -> Place:
        return Place(self.at, self.scope)

    async def apply(self, page: ChangePage) -> None:
        if self.failure is not None:
            raise self.failure
        for table, rows in page.rows.items():
            for row in rows:
                self.tables.setdefault(table, {})[str(row[0])] = row
        for table, ids in page.deleted.items():
            for gone in ids:
                self.tables.get(table, {}).pop(gone, None)
        self.at = page.next_cursor
        self.scope = page.scope
        self.pages += 1

    @property
    def ids(self) -> dict[str, set[str]]:
        return {table: set(rows) for table, rows in self.tables.items() if rows}


class MemoryCopy:
    """Fetches when told that it may: ``gate`` is open at first. Leaves the replica at ``until``."""

    def __init__(self, replica: MemoryReplica, *, until: int) -> None:
        self.replica = replica
        self.until = until
        self.begun = False
        self.lately = True
        self.gate = asyncio.Event()
        self.gate.set()
        self.fetched = 0
        self.asked = 0
        self.comparisons = 0
        self.compared = Compared.SAME
        self.failures: list[Exception] = []
        self.compare_failures: list[Exception] = []
        self.tokens: Tokens | None = None

    async def fetch(self, *, tokens: Tokens, on_progress: Callable[[CopyProgress], None]) -> None:
        self.asked += 1
        self.begun, self.tokens = True, tokens
        on_progress(CopyProgress(CopyStage.FETCHING, 0, self.until))
        await self.gate.wait()
        if self.failures:
            raise self.failures.pop(0)
        on_progress(CopyProgress(CopyStage.INDEXING, self.until, self.until))
        self.replica.at, self.begun = self.until, False
        self.fetched += 1

    async def compare(self, *, tokens: Tokens) -> Compared:
        self.comparisons += 1
        if self.compare_failures:
            raise self.compare_failures.pop(0)
        return self.compared

    async def compared_lately(self) -> bool:
        return self.lately


class MemoryTokens:
    """A token store whose keyring can be away."""

    def __init__(self, secret: str | None = None) -> None:
        self.secret = secret
        self.away = False

    def get(self) -> str | None:
        self._answer()
        return self.secret

    def put(self, secret: str) -> None:
        self._answer()
        self.secret = secret

    def delete(self) -> None:
        self._answer()
        self.secret = None

    def _answer(self) -> None:
        if self.away:
            raise OSError("the keyring does not answer")
