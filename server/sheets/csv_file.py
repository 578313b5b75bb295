"""CSV as it comes: UTF-8 or UTF-16, or GB18030 from a Chinese spreadsheet (M18, step ⑨)."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from server.sheets.rows import Sheet, SheetError, SheetRow

CHUNK = 1 << 20
_LOOK = 4_096
_DELIMITERS = ",;\t"

_BY_MARK = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


@dataclass(frozen=True, slots=True)
class _Encoding:
    codec: str
    name: str


def open_csv(path: Path) -> Sheet:
    """The rows of a file of commas, semicolons or tabs. Raises SheetError.

    The encoding is the first that the whole file is good in.
    """
    encoding = _encoding_of(path)
    with path.open(encoding=encoding.codec, newline="") as file:
        head = file.read(_LOOK)
    line = next((each for each in head.splitlines() if each.strip()), "")
    delimiter = max(_DELIMITERS, key=line.count)
    return Sheet(encoding.name, _rows(path, encoding, delimiter))


def _rows(path: Path, encoding: _Encoding, delimiter: str) -> Iterator[SheetRow]:
    number = 0
    with path.open(encoding=encoding.codec, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            for number, cells in enumerate(reader, start=1):
                if any(cell.strip() for cell in cells):
                    yield SheetRow(number, tuple(cell.strip() for cell in cells))
        except csv.Error as error:
            raise SheetError(
                f"From row {number + 1} on the file is not CSV ({error}): is a quotation mark "
                "not closed?"
            ) from error


def _encoding_of(path: Path) -> _Encoding:
    with path.open("rb") as file:
        head = file.read(_LOOK)
    for mark, codec, name in _BY_MARK:
        if head.startswith(mark):
            found = [_Encoding(codec, name)]
            break
    else:
        found = [*_without_mark(head), _Encoding("utf-8", "UTF-8"), _Encoding("gb18030", "GB18030")]
    for encoding in found:
        if _is_good(path, encoding.codec):
            return encoding
    names = " nor ".join(encoding.name for encoding in found)
    raise SheetError(
        f"The text of the file is neither {names}: save it as UTF-8."
        if len(found) > 1
        else f"The file breaks off in the middle of its {names}."
    )


def _without_mark(head: bytes) -> Iterator[_Encoding]:
    """UTF-16 without its mark: commas and digits have a zero byte before or behind them."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd == 0:
        return
    yield _Encoding("utf-16-be" if even > odd else "utf-16-le", "UTF-16")


def _is_good(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                if "\0" in decoder.decode(chunk):
                    return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def first(rows: Iterator[SheetRow]) -> SheetRow:
    """The row of headers. Raises SheetError when there is none."""
    for row in islice(rows, 1):
        return row
    raise SheetError("The file is empty.")
