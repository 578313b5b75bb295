"""What a table amounts to, in one number: it tells a seat's copy that has drifted (step ⑨).

The sum modulo 2^64 over the rows of the first 64 bits of BLAKE2b over the row's wire array, as
compact JSON with the keys of objects in the order they came. Sums do not care about the order of
rows, so both sides add up in whatever order their database reads.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import orjson
from sqlalchemy import Connection, select

from server.changes import RAW_JSON_LAST, newest_sequence
from server.confidential import TOLD
from server.database import Database
from server.errors import ApiError
from server.tables import change_log

MODULUS = 1 << 64
WAITING_MAX = 4
"""Adding up a large centre takes seconds; more than these would hold all threads."""
READ_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class TableDigest:
    """``digest`` is 16 hexadecimal digits; field names are those of the wire."""

    rows: int
    digest: str


def add_up(connection: Connection, name: str) -> TableDigest:
    """Reads the whole table, about 300 000 rows a second."""
    found = connection.execution_options(yield_per=READ_ROWS).execute(select(*TOLD[name]))
    raw_last = name in RAW_JSON_LAST
    rows = total = 0
    for row in found:
        values = list(row)
        if raw_last:
            values[-1] = _compact(values[-1])
        told = hashlib.blake2b(orjson.dumps(values), digest_size=8).digest()
        total += int.from_bytes(told, "big")
        rows += 1
    return TableDigest(rows, f"{total % MODULUS:016x}")


@lru_cache(maxsize=1_024)
def _compact(text: str) -> orjson.Fragment:
    """JSON as a seat that has read it would write it again; most rows say {} or []."""
    return orjson.Fragment(orjson.dumps(orjson.loads(text)))


class Digests:
    """Adds up what has changed since it was last asked. Thread-safe; blocks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._room = threading.BoundedSemaphore(WAITING_MAX)
        self._lock = threading.Lock()
        self._known: dict[str, tuple[int, TableDigest]] = {}

    def of(self, tables: Collection[str]) -> tuple[int, Mapping[str, TableDigest]]:
        """Newest sequence and digests, of one snapshot. Raises ApiError 503 ``busy``."""
        if not self._room.acquire(blocking=False):
            raise ApiError(503, "busy", "The centre is being added up.", {"Retry-After": "5"})
        try:
            with self._lock, self._database.read() as connection:
                newest = newest_sequence(connection)
                return newest, {name: self._digest(connection, name, newest) for name in tables}
        finally:
            self._room.release()

    def _digest(self, connection: Connection, name: str, newest: int) -> TableDigest:
        known = self._known.get(name)
        if known is not None and not _changed(connection, name, after=known[0]):
            return known[1]
        found = add_up(connection, name)
        self._known[name] = (newest, found)
        return found


def _changed(connection: Connection, name: str, *, after: int) -> bool:
    log = change_log
    return (
        connection.execute(
            select(log.c.sequence)
            .where(log.c.sequence > after, log.c.table_name == name)
            .order_by(log.c.sequence)
            .limit(1)
        ).first()
        is not None
    )
