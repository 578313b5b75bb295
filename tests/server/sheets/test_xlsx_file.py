"""XLSX cells as the text that somebody typed, or why they are not."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import WriteOnlyCell

from server.sheets import xlsx_file
from server.sheets.rows import SheetError, Spoilt
from server.sheets.xlsx_file import open_xlsx


def workbook(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def cells(path: Path) -> list[tuple[object, ...]]:
    return [row.cells for row in open_xlsx(path).rows]


def test_cells_are_read_as_they_were_typed(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "f.xlsx",
        ["姓名", "电话"],
        [" 张伟 ", 13800138000],
        [None, None],
        [1.5, 13800138000.0],
        [True, date(2026, 5, 4)],
        [datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC).replace(tzinfo=None), None],
    )
    assert cells(path) == [
        ("姓名", "电话"), ("张伟", "13800138000"), ("1.5", "13800138000"), ("true", "2026-05-04"),
        ("2026-05-04T03:02:01",),
    ]  # fmt: skip
    assert [row.number for row in open_xlsx(path).rows] == [1, 2, 4, 5, 6]
    assert open_xlsx(path).encoding == "XLSX"


def test_formulas_errors_and_rounded_numbers_are_spoilt(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    error = WriteOnlyCell(sheet, "#REF!")
    error.data_type = "e"
    sheet.append(["=1+1", '=HYPERLINK("http://x")', error, 330102199003078888])
    book.save(tmp_path / "f.xlsx")
    found = cells(tmp_path / "f.xlsx")[0]
    reasons = [cell.reason for cell in found if isinstance(cell, Spoilt)]
    assert [reason.split(":")[0] for reason in reasons] == [
        "is a formula", "is a formula", "is an error of the spreadsheet",
        "was rounded by the spreadsheet",
    ]  # fmt: skip


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    for content in (b"", b"name,phone\n", b"\xd0\xcf\x11\xe0 an old .xls"):
        path.write_bytes(content)
        with pytest.raises(SheetError, match="not an XLSX workbook"):
            cells(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(SheetError, match="not an XLSX workbook"):
        cells(path)


@pytest.mark.parametrize(
    "member",
    ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/styles.xml"],
)
def test_a_damaged_workbook_is_refused_in_words(tmp_path: Path, member: str) -> None:
    whole = workbook(tmp_path / "f.xlsx", ["a"], ["b"])
    spoilt = tmp_path / "spoilt.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(spoilt, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[: len(content) // 2] if name == member else content)
    with pytest.raises(SheetError, match="damaged"):
        cells(spoilt)


def test_a_workbook_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path / "f.xlsx", ["a"] * 100)
    monkeypatch.setattr(xlsx_file, "UNPACKED_MAX_BYTES", 1_000)
    with pytest.raises(SheetError, match="too large"):
        cells(path)
    monkeypatch.undo()
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * (xlsx_file.STRINGS_MAX_BYTES + 1))
    with pytest.raises(SheetError, match="too large"):
        cells(path)
