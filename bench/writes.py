"""Operations a second that one server process makes durable on PostgreSQL, 1, 4 and 8 at once (⑨).

Without HTTP: an operation is checked, applied, remembered by its id, entered in the change feed and
told to other processes, in one transaction that the disk has. Beside it, on the same database: one
bare INSERT a transaction through psycopg. Bare writers share waits for the disk; ours queue for
the feed's counter, which is what leaves no gap.
"""

from __future__ import annotations

import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import select

from bench.sheet import BenchError, Findings, Options, note, run
from bench.spread import Numbers, head, line, ratio, spread
from server.app import open_database
from server.database import Database
from server.operations import Outcome, apply_one
from server.settings import Settings
from server.tables import change_counter, change_log
from server.tokens import Identity
from tests.server.postgresql import binaries, cluster
from tests.server.running import put_agents, put_reference, save

WRITERS = (1, 4, 8)


def measure(options: Options) -> Findings:
    programs = binaries()
    if programs is None:
        raise BenchError("PostgreSQL is not installed")
    lasts_s = 0.3 if options.quick else 6.0
    with cluster(programs, durable=True) as server, tempfile.TemporaryDirectory() as folder:
        url = server.new_database("writes")
        database = open_database(Settings(Path(folder), database_url=url))
        put_agents(database)
        put_reference(database)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE bare (id text PRIMARY KEY, body text NOT NULL)")
        found = {}
        for writers in WRITERS:
            note(f"writes: {writers} at once")
            bare = together(writers, lasts_s, lambda: bare_writer(url))
            ours = together(writers, lasts_s, lambda: operations_of(database))
            found[str(writers)] = {
                "operations": ours, "bare_inserts": bare,
                "ratio": ratio(ours["a_second"], bare["a_second"]),
            }  # fmt: skip
        gaps = gaps_in(database)
        database.close()
    return Findings({"writers": found, "gaps": gaps}, _lines(found, gaps))


def together(
    writers: int, lasts_s: float, make: Callable[[], Callable[[], None]]
) -> dict[str, Any]:
    """Every writer as often as it can: how many a second in all, and how long each took."""
    begin = threading.Barrier(writers)

    def work() -> list[float]:
        write = make()
        write()  # a connection is made
        begin.wait()
        taken, ends = [], time.monotonic() + lasts_s
        while (began := time.monotonic()) < ends:
            write()
            taken.append((time.monotonic() - began) * 1e3)
        return taken

    with ThreadPoolExecutor(writers) as pool:
        jobs = [pool.submit(work) for _ in range(writers)]
        taken = [one for job in jobs for one in job.result()]
    return {"a_second": round(len(taken) / lasts_s, 1), "ms": spread(taken)}


def operations_of(database: Database) -> Callable[[], None]:
    identity = Identity("a1", "bench", "agent", 0)

    def write() -> None:
        operation = save(str(uuid.uuid4()), id=str(uuid.uuid4()), payload_question="?" * 80)
        result = apply_one(database, identity, operation, now_s=0)
        if result.outcome is not Outcome.APPLIED:
            raise BenchError(f"an operation was not applied: {result.reason}")

    return write


def bare_writer(url: str) -> Callable[[], None]:
    connection = psycopg.connect(url, autocommit=True)

    def write() -> None:
        connection.execute("INSERT INTO bare VALUES (%s, %s)", (str(uuid.uuid4()), "?" * 600))

    return write


def gaps_in(database: Database) -> int:
    """Numbers that the feed's counter gave and the log does not have."""
    with database.read() as connection:
        newest = connection.execute(select(change_counter.c.sequence)).scalar_one()
        sequences = connection.execute(select(change_log.c.sequence)).scalars().all()
    return len(set(range(1, newest + 1)) - set(sequences))


def _lines(found: dict[str, dict[str, Any]], gaps: int) -> list[str]:
    lines = [head("Durable writes on PostgreSQL")]
    for writers, one in found.items():
        for name in ("operations", "bare_inserts"):
            numbers: Numbers = one[name]["ms"]
            title = f"{writers} at once: {name.replace('_', ' ')}, {one[name]['a_second']}/s"
            lines.append(line(title, numbers))
        lines.append(f"    {one['ratio']} × the bare INSERTs")
    return [*lines, f"  numbers missing in the feed: {gaps}"]


if __name__ == "__main__":
    run("writes", __doc__, measure)
