"""However often and from however many threads an operation comes, it happens once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from server import tables
from server.database import Database
from server.operations import Result, apply_one
from server.tokens import Identity
from tests.server.conftest import ON_BOTH
from tests.server.running import save

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)

IDENTITY = Identity("a1", "s", "agent", 0)


def apply_all_at_once(database: Database, operations: list[dict[str, object]]) -> list[Result]:
    with ThreadPoolExecutor(len(operations)) as pool:
        jobs = [pool.submit(apply_one, database, IDENTITY, o, now_s=0) for o in operations]
        return [job.result() for job in jobs]


def count(database: Database, table: str) -> int:
    with database.read() as connection:
        found: int = connection.execute(
            select(func.count()).select_from(tables.metadata.tables[table])
        ).scalar_one()
        return found


def test_the_same_operation_from_many_threads_is_applied_once(database: Database) -> None:
    before = count(database, "change_log")
    for n in range(5):
        results = apply_all_at_once(database, [save(f"i{n}")] * 8)
        assert Counter(str(r.outcome) for r in results) == {"applied": 1, "already-applied": 7}
    assert count(database, "interactions") == 5
    assert count(database, "applied_operations") == 5
    assert count(database, "change_log") == before + 5


def test_different_new_rows_with_one_id_leave_one_and_name_the_conflicts(
    database: Database,
) -> None:
    results = apply_all_at_once(database, [save("i1", payload_question=str(n)) for n in range(8)])
    assert Counter(str(r.outcome) for r in results) == {"applied": 1, "conflict": 7}
    assert count(database, "interactions") == 1


def test_edits_of_one_row_at_the_same_moment_never_overwrite_each_other(
    database: Database,
) -> None:
    apply_one(database, IDENTITY, save("i1"), now_s=0)
    edits = [save("i1", payload={"question": str(n)}, base={"question": 1}) for n in range(8)]
    results = apply_all_at_once(database, edits)
    assert Counter(str(r.outcome) for r in results) == {"applied": 1, "conflict": 7}
    with database.read() as connection:
        row = connection.execute(select(tables.interactions)).one()
    winner = next(n for n, result in enumerate(results) if result.outcome == "applied")
    assert (row.question, row.version) == (str(winner), 2)
