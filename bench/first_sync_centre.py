"""A server's database with a million customers, made in a minute: real people, each many times.

The sample centre's generator makes some thousands; SQL makes the rest of them under other ids and
numbers, with the change feed that says so. Kept between runs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from bench.sheet import note
from server import tables
from server.app import open_database
from server.sample.fill import fill
from server.sample.parts import SampleSize
from server.schema import HEAD
from server.settings import Settings

GENERATION = 1
ORIGINALS = 20_000
TODAY = date(2026, 3, 2)
_AGAIN = "printf('1%06x', :again) || substr({column}, 4, 1) || substr({column}, 9)"
"""Another id for each repetition, later than all before, as new ids of the product are."""
_ORIGINAL = "id < '1'"


@dataclass(frozen=True, slots=True)
class Filled:
    """``folder`` is a server's data directory; ``changes`` are in its feed."""

    folder: Path
    customers: int
    changes: int


def cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "zuoxi-bench"


def prepared(customers: int) -> Filled:
    """The centre of this size, made now if it was not yet."""
    what = repr((HEAD, GENERATION, [str(one) for one in tables.metadata.sorted_tables]))
    stamp = hashlib.sha256(what.encode()).hexdigest()[:12]
    folder = cache() / f"server-{stamp}-{customers}"
    if not folder.exists():
        note(f"filling a server with {customers} customers, once for all later runs: {folder}")
        fresh = folder.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        _fill(fresh, customers)
        fresh.rename(folder)
    database = open_database(Settings(folder))
    with database.read() as connection:
        changes = connection.exec_driver_sql("SELECT sequence FROM change_counter").scalar_one()
        found = connection.exec_driver_sql("SELECT count(*) FROM customers").scalar_one()
    database.close()
    return Filled(folder, int(found), int(changes))


def _fill(folder: Path, customers: int) -> None:
    originals = min(customers, ORIGINALS)
    database = open_database(Settings(folder))
    fill(database, SampleSize(today=TODAY, customers=originals, interactions_per_customer=0))
    for again in range(1, customers // originals):
        with database.write() as transaction:
            _repeat(transaction.connection, again)
    database.close()


def _repeat(connection: Connection, again: int) -> None:
    """All original people once more, and their changes at the end of the feed."""
    copies = {
        "customers": {"id": _AGAIN.format(column="id")},
        "phones": {
            "id": _AGAIN.format(column="id"),
            "customer_id": _AGAIN.format(column="customer_id"),
            "number": "'+86' || (13000000000 + :again * 100000 + rowid)",
        },
    }
    for name, changed in copies.items():
        columns = [column.name for column in tables.REPLICATED[name].columns]
        values = ", ".join(changed.get(column, column) for column in columns)
        parameters = {"again": again}
        connection.exec_driver_sql(
            f"INSERT INTO {name} ({', '.join(columns)}) SELECT {values} FROM {name}"
            f" WHERE {_ORIGINAL} ORDER BY id",
            parameters,
        )
        connection.exec_driver_sql(
            "INSERT INTO change_log (sequence, table_name, row_id)"
            " SELECT (SELECT sequence FROM change_counter) + row_number() OVER (ORDER BY id),"
            f" '{name}', {changed['id']} FROM {name} WHERE {_ORIGINAL}",
            parameters,
        )
        connection.exec_driver_sql(
            "UPDATE change_counter SET sequence = (SELECT max(sequence) FROM change_log)"
        )
