"""A backup that is damaged, cut short or not ours is refused in words and changes nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import Connection

from server import loading
from server.archive import Archive
from server.backup import backup, verify
from server.database import Database
from server.errors import StartError
from tests.server.backups import bring_back, make_backup, quiet


def rewritten(path: Path, name: str, change: Any) -> Path:
    """The same archive with one member changed, None to leave it out."""
    made = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            if member == name:
                content = change(content)
            if content is not None:
                new.writestr(member, content)
    return made


def without_last_line(content: bytes) -> bytes:
    return content[: content.rindex(b"\n", 0, -1) + 1]


def newer(content: bytes) -> bytes:
    return orjson.dumps({**orjson.loads(content), "revision": "0999", "version": "9"})


def another_format(content: bytes) -> bytes:
    return orjson.dumps({**orjson.loads(content), "format": 2})


@pytest.mark.parametrize(
    ("member", "change", "said"),
    [
        ("agents.ndjson", without_last_line, "is damaged (in agents)."),
        ("agents.ndjson", lambda content: content.replace(b"1001", b"1009"), "damaged (in agents)"),
        ("agents.ndjson", lambda _: b"[", "is damaged (in agents)."),
        ("agents.ndjson", lambda content: content + b"nonsense\n", "is damaged (in agents)."),
        ("agents.ndjson", lambda _: None, "is damaged (in agents)."),
        ("manifest.json", lambda _: None, "is not a backup of Zuoxi"),
        ("manifest.json", lambda _: b"[]", "is not a backup of Zuoxi"),
        ("manifest.json", newer, "was made by a newer Zuoxi (9;"),
        ("manifest.json", another_format, "was made by a newer Zuoxi"),
        ("manifest.json", lambda c: c.replace(b'"queues"', b'"guests"'), "does not fit its own"),
    ],
)
def test_a_spoilt_backup_is_refused_and_changes_nothing(
    database: Database, tmp_path: Path, member: str, change: Any, said: str
) -> None:
    path = rewritten(make_backup(database, tmp_path), member, change)
    (tmp_path / "new").mkdir()
    with pytest.raises(StartError) as raised:
        bring_back(path, tmp_path / "new", replace=False)
    assert said in str(raised.value)
    assert list((tmp_path / "new").iterdir()) == []
    with pytest.raises(StartError):
        verify(path, scratch=tmp_path)


def test_a_file_that_is_none_or_cut_short_is_refused(database: Database, tmp_path: Path) -> None:
    path = make_backup(database, tmp_path)
    content = path.read_bytes()
    for size in (0, 10, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:size])
        with pytest.raises(StartError, match=r"is not a backup|is damaged"):
            verify(path, scratch=tmp_path)
    with pytest.raises(StartError, match="cannot be read"):
        Archive(tmp_path / "nothing.zip")


def test_a_byte_that_flipped_anywhere_in_the_rows_is_noticed(
    database: Database, tmp_path: Path
) -> None:
    path = make_backup(database, tmp_path)
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("customers.ndjson")
    content = bytearray(path.read_bytes())
    content[info.header_offset + 100] ^= 1
    path.write_bytes(content)
    with pytest.raises(StartError, match="damaged"):
        verify(path, scratch=tmp_path)


def test_rows_that_do_not_arrive_are_noticed(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert = loading._insert

    def insert_fewer(
        connection: Connection, name: str, columns: list[str], rows: Iterator[list[object]]
    ) -> None:
        kept = list(rows)
        insert(connection, name, columns, iter(kept[:-1] if name == "phones" else kept))

    path = make_backup(database, tmp_path)
    monkeypatch.setattr(loading, "_insert", insert_fewer)
    (tmp_path / "new").mkdir()
    with pytest.raises(StartError, match="What was restored of phones is not what"):
        bring_back(path, tmp_path / "new", replace=False)
    with pytest.raises(StartError, match="What was restored of phones is not what"):
        backup(database, tmp_path / "other.zip", scratch=tmp_path, told=quiet)
    assert sorted(each.name for each in tmp_path.glob("*.zip")) == ["centre.zip"]
    assert list((tmp_path / "new").iterdir()) == []
