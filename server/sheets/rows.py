"""A row of a file as everything else sees it, and why a file cannot be read (step ⑨)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from server.errors import ServerError


class SheetError(ServerError):
    """A file cannot be read as a table; ``str()`` says why and where, for who chose the file."""


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A cell whose text is not what somebody once typed."""

    reason: str


Cell = str | Spoilt


@dataclass(frozen=True, slots=True)
class SheetRow:
    """``number`` is the one that a spreadsheet shows: 1 for the first row, blank ones count."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """``encoding`` in words for the report; ``rows`` raise SheetError where the file breaks off.

    A row without any text is left out.
    """

    encoding: str
    rows: Iterator[SheetRow]
