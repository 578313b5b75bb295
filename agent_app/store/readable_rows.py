"""What can still be read of a table in a damaged file (before step ①).

The cipher refuses everything on a connection that has met a bad page, so a new one is made after
each; rows behind bad pages are looked for one by one, by the numbers that the indexes know.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

_UNKNOWN_AHEAD = 2_000
"""How many numbers are tried after the last known one when no index tells where a table ends."""


@dataclass(slots=True)
class Found:
    """``rows`` by row number; ``lost`` are the numbers of rows that are there and unreadable.

    ``whole``: nothing else can have been in the table.
    """

    rows: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    whole: bool = True


class DamagedFile:
    """Reads only, and only the file itself: what stands in a log beside it is not seen."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._raw: dbapi2.Connection | None = None

    def close(self) -> None:
        if self._raw is not None:
            self._raw.close()
            self._raw = None

    def columns(self, table: str) -> tuple[str, ...]:
        """As the file has them; none for a table it has not, or if it does not say."""
        rows = self._try(f"PRAGMA table_info({table})")
        return tuple(str(row[1]) for row in rows or ())

    def read(self, table: str, columns: Sequence[str]) -> Found:
        """Every row that can be read, with ``columns``."""
        found = Found()
        names = ", ".join(columns)
        ask = f"SELECT rowid, {names} FROM {table} NOT INDEXED"
        if self._scan(f"{ask} ORDER BY rowid", found):
            return found
        last_before = max(found.rows, default=0)
        self._scan(f"{ask} ORDER BY rowid DESC", found)
        numbers = self._numbers(table, last_before, found)
        for number in sorted(numbers - set(found.rows)):
            rows = self._try(f"{ask} WHERE rowid = {number}")
            if rows:
                found.rows[number] = tuple(rows[0][1:])
            elif rows is None:
                found.lost.add(number)
        if not found.whole:
            found.lost.clear()  # most of these numbers never were
        return found

    def _scan(self, question: str, found: Found) -> bool:
        """Rows up to the first bad page; whether there was none."""
        try:
            for row in self._connection().execute(question):
                found.rows[row[0]] = tuple(row[1:])
        except dbapi2.DatabaseError:
            self.close()
            return False
        return True

    def _numbers(self, table: str, last_before: int, found: Found) -> set[int]:
        """Numbers of rows that the indexes know; when none is whole, all that could have been."""
        for _, name, *_ in self._try(f"PRAGMA index_list({table})") or ():
            columns = self._try(f'PRAGMA index_info("{name}")') or ()
            if columns:
                first = columns[0][2]
                rows = self._try(f'SELECT rowid, {first} FROM {table} INDEXED BY "{name}"')
                if rows is not None:
                    return {int(row[0]) for row in rows}
        found.whole = False
        behind = [number for number in found.rows if number > last_before]
        return set(range(last_before + 1, min(behind, default=last_before + _UNKNOWN_AHEAD)))

    def _try(self, question: str) -> list[Any] | None:
        try:
            return list(self._connection().execute(question))
        except dbapi2.DatabaseError:
            self.close()
            return None

    def _connection(self) -> dbapi2.Connection:
        if self._raw is None:
            address = f"{self._path.absolute().as_uri()}?immutable=1"
            self._raw = dbapi2.connect(address, uri=True, isolation_level=None)
            self._raw.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
            for pragma in ("cipher_log_level = NONE", "mmap_size = 0"):
                with suppress(dbapi2.DatabaseError):
                    self._raw.execute(f"PRAGMA {pragma}")
        return self._raw
