"""The pages of a write-ahead log put into their file without a database looking on (before step ①).

SQLite throws a log away when the file beside it is empty, and does not open a file whose first page
is ruined; the newest words then stand in the log only. Format: SQLite's "Database File Format",
section 4. Pages stay encrypted: nothing here needs the key.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HEADER = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")
_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
"""The byte order of the words that the checksums are made of."""


@dataclass(frozen=True, slots=True)
class Page:
    """``commit`` is the number of pages the file then has, 0 within a transaction."""

    number: int
    commit: int
    content: bytes


def fold_log(log: Path, file: Path) -> int:
    """Write every committed page of ``log`` into ``file``, which may be short or empty.

    Returns how many were written; a log that is none, or not whole, gives what stands before the
    first wrong checksum. Raises OSError.
    """
    open_ones: list[Page] = []
    committed: dict[int, bytes] = {}
    pages = 0
    for page in pages_of_log(log.read_bytes()):
        open_ones.append(page)
        if page.commit:
            committed |= {one.number: one.content for one in open_ones}
            pages = page.commit
            open_ones.clear()
    with file.open("r+b") as target:
        for number, content in committed.items():
            if number <= pages:
                target.seek((number - 1) * len(content))
                target.write(content)
    return len(committed)


def pages_of_log(log: bytes) -> Iterator[Page]:
    """The frames up to the first that is not of this log or does not fit its checksum."""
    if len(log) < _HEADER.size:
        return
    magic, _, size, _, *salt, first, second = _HEADER.unpack_from(log)
    order = _MAGIC.get(magic)
    if order is None or not 512 <= size <= 65_536:
        return
    sums = _checksum(order, log[:24], (0, 0))
    if sums != (first, second):
        return
    for start in range(_HEADER.size, len(log) - _FRAME.size - size + 1, _FRAME.size + size):
        number, commit, *own_salt, first, second = _FRAME.unpack_from(log, start)
        content = log[start + _FRAME.size : start + _FRAME.size + size]
        sums = _checksum(order, log[start : start + 8] + content, sums)
        if own_salt != salt or sums != (first, second) or not number:
            return
        yield Page(number, commit, content)


def _checksum(order: str, content: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    for even, odd in struct.iter_unpack(f"{order}2I", content):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
