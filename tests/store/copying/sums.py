"""Both sides' tables added up for themselves, so that a test need not believe either."""

from __future__ import annotations

from pathlib import Path

import orjson

from agent_app.store.copying.comparison import wire_rows
from agent_app.store.store import Store
from server.changes import read_page
from server.database import connect
from server.settings import Settings
from sync.digest import TableDigest, digest_of
from sync.wire import TABLES

Sums = dict[str, TableDigest]


async def copy_sums(store: Store) -> Sums:
    """Of the copy in use."""

    def job() -> Sums:
        with store.replica._cache.reading() as connection:
            return {table: digest_of(wire_rows(connection, table)) for table in TABLES}

    return await store.replica._readers.run(job)


def centre_sums(folder: Path) -> Sums:
    """Of every row that the centre's change feed leads to, behind the server's back."""
    database = connect(Settings(folder))
    with database.read() as connection:
        page = orjson.loads(read_page(connection, after=0, limit=10_000_000).to_json())
    database.close()
    return {table: digest_of(page["tables"].get(table, {"rows": []})["rows"]) for table in TABLES}
