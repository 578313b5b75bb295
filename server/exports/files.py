"""Writes rows as CSV or XLSX, so that a spreadsheet shows text and computes nothing (M18, ⑨)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import openpyxl
from openpyxl.cell import WriteOnlyCell

from server.sheets.guarded import csv_lines

SHEET_ROWS_MAX = 1_048_576
CELL_MAX = 32_767
"""Characters that a spreadsheet keeps of one cell."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_csv(path: Path, rows: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_lines(rows))


def write_xlsx(path: Path, rows: Iterable[list[str]]) -> None:
    """Every cell is text, whatever it begins with: nothing has to be put before it."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, _NOT_IN_XML.sub("", text)[:CELL_MAX])
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    book.save(path)
