"""A backup's file: a zip of one table per member, and a manifest that says what must be in it (⑨).

The same for SQLite and PostgreSQL, so that a centre can move from one to the other. Left out is
what a restored centre makes anew (the change feed) and what must not come back to life (tokens).
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import orjson

from server.errors import StartError

FORMAT = 1
MANIFEST = "manifest.json"

LEFT_OUT = frozenset(
    {
        "alembic_version", "change_log", "change_days", "change_counter", "refresh_tokens",
        "service_tokens", "sign_in_attempts", "presence", "call_legs",
    }
)  # fmt: skip

_SUM_BYTES = 32
_MODULUS = 1 << 8 * _SUM_BYTES
_SPOILT = (KeyError, ValueError, zipfile.BadZipFile, zlib.error, OSError, EOFError)


@dataclass(frozen=True, slots=True)
class TableSum:
    """``digest`` is the sum of the rows' BLAKE2b digests: the same in whatever order they stand."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``revision`` is that of the tables, ``sequence`` the centre's newest at that moment."""

    revision: str
    version: str
    made_at: str
    sequence: int
    tables: Mapping[str, TableSum]


_BYTES = b'{"base64":"'
"""How bytes stand in a line; within a text the marks would have a stroke before them."""


def _as_text(value: object) -> dict[str, str]:
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(value).decode()}
    raise TypeError


def _as_bytes(value: object) -> object:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value


class Summing:
    """Adds up the rows that pass through."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def lines(self, rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
        """Each row as one line of JSON."""
        for row in rows:
            line = orjson.dumps(tuple(row), _as_text, option=orjson.OPT_APPEND_NEWLINE)
            self._add(line)
            yield line

    def rows_of(self, lines: Iterable[bytes]) -> Iterator[list[object]]:
        """The other way round. Raises orjson.JSONDecodeError."""
        for line in lines:
            self._add(line)
            row = orjson.loads(line)
            yield [_as_bytes(value) for value in row] if _BYTES in line else row

    def result(self) -> TableSum:
        return TableSum(self.rows, (self._sum % _MODULUS).to_bytes(_SUM_BYTES).hex())

    def _add(self, line: bytes) -> None:
        self.rows += 1
        self._sum += int.from_bytes(hashlib.blake2b(line, digest_size=_SUM_BYTES).digest())


class Archive:
    """A backup that is read, a context manager. Raises StartError for a file that is none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            raise StartError(f"{path} cannot be read ({error.strerror}).") from error
        except zipfile.BadZipFile as error:
            raise StartError(f"{path} is not a backup, or is damaged ({error}).") from error
        try:
            self.manifest = _read_manifest(self._zip.read(MANIFEST))
        except (KeyError, TypeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
            self._zip.close()
            raise StartError(f"{path} is not a backup of Zuoxi, or is damaged.") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._zip.close()

    def read(self, table: str) -> tuple[list[str], Iterator[list[object]]]:
        """The names of a table's columns, and its rows, which raise at their end if they differ."""
        try:
            with self._zip.open(_member(table)) as member:
                columns: list[str] = orjson.loads(member.readline())
        except _SPOILT as error:
            raise self._damaged(table) from error
        return columns, self._rows(table)

    def _rows(self, table: str) -> Iterator[list[object]]:
        summing = Summing()
        try:
            with self._zip.open(_member(table)) as member:
                member.readline()
                yield from summing.rows_of(member)
        except _SPOILT as error:
            raise self._damaged(table) from error
        if summing.result() != self.manifest.tables[table]:
            raise self._damaged(table)

    def _damaged(self, table: str) -> StartError:
        return StartError(f"{self._path} is damaged (in {table}).")


def write_table(
    archive: zipfile.ZipFile, table: str, columns: list[str], rows: Iterable[Iterable[object]]
) -> TableSum:
    summing = Summing()
    with archive.open(_member(table), "w", force_zip64=True) as member:
        member.write(orjson.dumps(columns, option=orjson.OPT_APPEND_NEWLINE))
        for line in summing.lines(rows):
            member.write(line)
    return summing.result()


def write_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    content = {"format": FORMAT, **asdict(manifest)}
    archive.writestr(MANIFEST, orjson.dumps(content, option=orjson.OPT_INDENT_2))


def _read_manifest(content: bytes) -> Manifest:
    value = orjson.loads(content)
    if value["format"] != FORMAT:
        raise StartError("This backup was made by a newer Zuoxi: install the newer version.")
    return Manifest(
        revision=str(value["revision"]),
        version=str(value["version"]),
        made_at=str(value["made_at"]),
        sequence=int(value["sequence"]),
        tables={
            str(name): TableSum(int(each["rows"]), str(each["digest"]))
            for name, each in value["tables"].items()
        },
    )


def _member(table: str) -> str:
    return f"{table}.ndjson"
