"""CSV in every encoding that a spreadsheet here writes, and files that are none."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from server.sheets.csv_file import open_csv
from server.sheets.rows import SheetError

TEXT = "姓名,电话\n张伟,13800138000\n“引号”,\n"
ROWS = [(1, ("姓名", "电话")), (2, ("张伟", "13800138000")), (3, ("“引号”", ""))]


def rows(path: Path) -> list[tuple[int, tuple[object, ...]]]:
    return [(row.number, row.cells) for row in open_csv(path).rows]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (TEXT.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "UTF-8"),
        (TEXT.encode("gb18030"), "GB18030"),
        (TEXT.encode("gbk"), "GB18030"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.replace("\n", "\r\n").encode(), "UTF-8"),
        (TEXT.replace(",", ";").encode(), "UTF-8"),
        (TEXT.replace(",", "\t").encode("utf-16"), "UTF-16"),
    ],
)
def test_the_encoding_is_found_out_and_said(tmp_path: Path, content: bytes, name: str) -> None:
    (tmp_path / "f.csv").write_bytes(content)
    assert open_csv(tmp_path / "f.csv").encoding == name
    assert rows(tmp_path / "f.csv") == ROWS


def test_a_character_on_the_border_of_a_chunk_is_read_whole(tmp_path: Path) -> None:
    text = "a" + "名" * 700_000 + "\n"
    path = tmp_path / "f.csv"
    for codec, name in (("utf-8", "UTF-8"), ("gb18030", "GB18030")):
        path.write_bytes(text.encode(codec))
        assert open_csv(path).encoding == name


def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text('a,b\n\n , \n"two\nlines", x \n', encoding="utf-8")
    assert rows(tmp_path / "f.csv") == [(1, ("a", "b")), (4, ("two\nlines", "x"))]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'a,b\n1,"open\n2,3\n', "From row 2 on the file is not CSV"),
        (b'a,b\n1,"x"y\n', "From row 2 on the file is not CSV"),
        (b"a,b\n" + b"x" * 200_000, "From row 2 on the file is not CSV"),
        ("姓名".encode("gbk") + b"\xff\xff\n", "neither UTF-8 nor GB18030"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\r", "neither UTF-16 nor UTF-8 nor GB18030"),
        (codecs.BOM_UTF8 + b"\xff", "breaks off in the middle of its UTF-8"),
        (codecs.BOM_UTF16_LE + b"a", "breaks off in the middle of its UTF-16"),
    ],
)
def test_what_is_no_csv_is_refused_with_its_place(
    tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "f.csv").write_bytes(content)
    with pytest.raises(SheetError, match=said):
        rows(tmp_path / "f.csv")
