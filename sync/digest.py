"""What the server says its tables amount to, so that a seat can see whether its copy is the same.

The digest of a table is the sum over its rows, modulo 2^64, of BLAKE2b (RFC 7693) with 8 bytes of
the row's wire array as JSON: the order of the rows does not count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from sync import parse
from sync.errors import BadReply
from sync.values import as_object, count_in, text_in
from sync.wire import TABLES, Json

_MODULUS = 2**64
_BYTES = 8


@dataclass(frozen=True, slots=True)
class TableDigest:
    """``digest`` is a number below 2^64."""

    rows: int
    digest: int


@dataclass(frozen=True, slots=True)
class CentreDigest:
    """All tables that the role may see, as they were at ``sequence``."""

    sequence: int
    tables: Mapping[str, TableDigest]


def digest_of(rows: Iterable[Sequence[object]]) -> TableDigest:
    """The digest of wire rows; they are taken one at a time."""
    count = total = 0
    blake2b, dumps = hashlib.blake2b, orjson.dumps
    for row in rows:
        total += int.from_bytes(blake2b(dumps(row), digest_size=_BYTES).digest())
        count += 1
    return TableDigest(count, total % _MODULUS)


def centre_digest(body: bytes) -> CentreDigest:
    """The reply of ``GET /digest``; tables that this seat does not know are left aside."""
    reply = parse.object_of(body)
    tables = as_object(reply.get("tables"), "tables")
    return CentreDigest(
        count_in(reply, "sequence"),
        {name: _table(as_object(tables[name], name)) for name in TABLES if name in tables},
    )


def _table(part: dict[str, Json]) -> TableDigest:
    try:
        digest = int(text_in(part, "digest"), 16)
    except ValueError as error:
        raise BadReply("a digest that is no number") from error
    return TableDigest(count_in(part, "rows"), digest)
