"""CSV that a spreadsheet shows as it is, and never computes (M18, step ⑨)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

MARK = "\ufeff"
"""Without it a spreadsheet takes UTF-8 for the system's own encoding."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guarded(cell: str) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it (CWE-1236)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def csv_lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Each row as one line, the first with the mark of UTF-8 before it."""
    start = MARK
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([guarded(cell) for cell in row])
        yield start + line.getvalue()
        start = ""
