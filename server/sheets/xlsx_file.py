"""XLSX, read row by row; loaded only when there is one to read (M18, step ⑨)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Protocol
from xml.etree.ElementTree import ParseError

import openpyxl

from server.sheets.rows import Cell, Sheet, SheetError, SheetRow, Spoilt

UNPACKED_MAX_BYTES = 1 << 30
STRINGS_MAX_BYTES = 1 << 28
"""The texts of a workbook stand in one part, which is read into memory."""
COLUMNS_MAX = 500

_EXACT_MOST = 10**15
"""A spreadsheet keeps fifteen digits of a number and makes zeros of the rest."""
_SPOILT = (
    OSError, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, EOFError,
)  # fmt: skip
"""What openpyxl raises over a file that is not what it says."""


class _Like(Protocol):
    """What is of use of a cell."""

    @property
    def value(self) -> object: ...

    @property
    def data_type(self) -> str: ...


def open_xlsx(path: Path) -> Sheet:
    """The rows of the sheet that was open when the workbook was saved. Raises SheetError."""
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {each.filename: each.file_size for each in archive.infolist()}
    except (OSError, zipfile.BadZipFile) as error:
        raise SheetError("The file is not an XLSX workbook.") from error
    if "xl/workbook.xml" not in sizes:
        raise SheetError("The file is not an XLSX workbook.")
    if (
        sum(sizes.values()) > UNPACKED_MAX_BYTES
        or sizes.get("xl/sharedStrings.xml", 0) > STRINGS_MAX_BYTES
    ):
        raise SheetError("The workbook is too large: save it as CSV.")
    return Sheet("XLSX", _rows(path))


def _rows(path: Path) -> Iterator[SheetRow]:
    number = 0
    try:
        with closing(openpyxl.load_workbook(path, read_only=True, keep_links=False)) as book:
            sheet = book.active
            sheet.reset_dimensions()  # what a program wrote about them is often wrong
            for number, row in enumerate(sheet.iter_rows(), start=1):
                cells = tuple(_text(cell) for cell in row[:COLUMNS_MAX])
                if any(cells):
                    yield SheetRow(number, cells)
    except _SPOILT as error:
        where = f"From row {number + 1} on the" if number else "The"
        raise SheetError(f"{where} workbook cannot be read: it is damaged.") from error


def _text(cell: _Like) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return Spoilt("is a formula: paste its value instead")
    if cell.data_type == "e":
        return Spoilt("is an error of the spreadsheet")
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return _number(value)
    return _moment(value) if isinstance(value, date | time) else str(value).strip()


def _number(value: float) -> Cell:
    if abs(value) >= _EXACT_MOST:
        return Spoilt("was rounded by the spreadsheet: make the column text and type it again")
    return str(int(value)) if value == int(value) else repr(value)


def _moment(value: date | time) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat()
