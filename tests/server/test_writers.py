"""Eight writers at once, some of them killed: readers of any page size miss nothing, no gaps."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from server import tables
from server.changes import newest_sequence, read_page
from server.database import Database
from server.settings import Settings
from tests.server.conftest import ON_BOTH
from tests.server.processes import LIMIT_S, ROOT, first_line
from tests.server.writer import write

REFERENCE = 5
PAGE_SIZES = (1, 7, 500)


@dataclass(slots=True)
class Copy:
    """A seat's copy of the segments, led on page by page."""

    limit: int
    cursor: int = REFERENCE
    rows: dict[str, str] = field(default_factory=dict)

    def lead_on(self, database: Database) -> bool:
        """One page; False when there was nothing."""
        with database.read() as connection:
            page = read_page(connection, after=self.cursor, limit=self.limit)
        assert page.next_cursor <= self.cursor + self.limit
        moved = page.next_cursor > self.cursor
        self.cursor = page.next_cursor
        if "segments" in page.tables:
            self.rows.update((str(row[0]), str(row[2])) for row in page.tables["segments"].rows)
            for gone in page.tables["segments"].deleted:
                self.rows.pop(gone, None)
        return moved


@contextmanager
def readers(database: Database) -> Iterator[list[Copy]]:
    """Copies that are led on all the while, complete when the block is left."""
    done = threading.Event()
    copies = [Copy(limit) for limit in PAGE_SIZES]

    def read(copy: Copy) -> None:
        finished = False
        while copy.lead_on(database) or not finished:
            finished = done.is_set()

    with ThreadPoolExecutor(len(copies)) as pool:
        jobs = [pool.submit(read, copy) for copy in copies]
        try:
            yield copies
        finally:
            done.set()
        for job in jobs:
            job.result(LIMIT_S)


def assert_complete(database: Database, copies: list[Copy]) -> set[str]:
    """Every copy is what the database holds; returns the ids. The feed has each number once."""
    with database.read() as connection:
        rows = connection.execute(
            select(tables.segments.c.id, tables.segments.c.rule).where(tables.segments.c.id != "s1")
        ).all()
        newest = newest_sequence(connection)
        log = connection.execute(
            select(tables.change_log.c.sequence).order_by(tables.change_log.c.sequence)
        ).scalars()
        assert list(log) == list(range(1, newest + 1))
    there = {row.id: row.rule for row in rows}
    for copy in copies:
        assert (copy.cursor, copy.rows) == (newest, there), copy.limit
    assert not [row for row in there if row.endswith("-never")]
    return set(there)


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_eight_writers_in_one_process_lose_nothing_on_the_way_to_any_reader(
    database: Database,
) -> None:
    said: list[str] = []
    with readers(database) as copies, ThreadPoolExecutor(8) as pool:
        for job in [pool.submit(write, database, f"w{n}", 25, said.append) for n in range(8)]:
            job.result(LIMIT_S)
    there = assert_complete(database, copies)
    assert there == acknowledged(said)[0]


def acknowledged(said: list[str]) -> tuple[set[str], set[str]]:
    """Rows that must be there, and rows of which a killed writer did not say what became."""
    there = {line[1:] for line in said if line.startswith("+")}
    gone = {line[1:] for line in said if line.startswith("-")}
    asked = {line[1:] for line in said if line.startswith("?")}
    return there - gone - (asked - gone), asked - gone


def started_writer(settings: Settings, name: str) -> subprocess.Popen[str]:
    command: list[str | Path] = [
        "tests.server.writer",
        settings.data_dir,
        settings.database_url,
        name,
        "30",
    ]
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip


@pytest.mark.processes
@pytest.mark.parametrize("settings", ON_BOTH[1:], indirect=True)
def test_eight_writers_of_four_processes_of_which_two_are_killed(
    settings: Settings, database: Database
) -> None:
    with ExitStack() as stack, readers(database) as copies:
        writers = [stack.enter_context(started_writer(settings, f"p{n}")) for n in range(4)]
        for writer in writers:
            stack.callback(writer.kill)
            assert writer.stdout is not None
            assert first_line(writer.stdout) == "ready\n"
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
        said = [first_line(writer.stdout) for writer in writers[:2] for _ in range(8)]  # type: ignore[arg-type]
        for victim in writers[:2]:
            victim.kill()
        for writer in writers:
            out, _ = writer.communicate(timeout=LIMIT_S)
            said += out.splitlines(keepends=True)
        assert [writer.returncode for writer in writers[2:]] == [0, 0]
    there = assert_complete(database, copies)
    must, may = acknowledged([line.strip() for line in said])
    # What a killed writer had committed and did not come to say is there, too.
    assert must <= there
    assert not {row for row in there - must - may if row.startswith(("p2", "p3"))}
