"""A file to be opened lies where only this user reads it, under a name that can do no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_app.runtime.opened_files import OpenedFiles, fit_name


def test_two_files_of_one_name_lie_side_by_side_until_the_desk_ends(tmp_path: Path) -> None:
    files = OpenedFiles(tmp_path)
    one, two = files.keep("标准.pdf", b"1"), files.keep("标准.pdf", b"2")
    assert (one.name, two.name) == ("标准.pdf", "标准.pdf")
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
    [folder] = tmp_path.iterdir()
    assert folder.stat().st_mode & 0o077 == 0
    files.close()
    files.close()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("标准.pdf", "标准.pdf"),
        ("../../etc/passwd", "_._etc_passwd"),
        ("C:\\a\\b.pdf", "C__a_b.pdf"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("..", "file"),
        ("", "file"),
        ("长" * 300 + ".xlsx", "长" * 95 + ".xlsx"),
    ],
)
def test_a_name_is_only_a_name(name: str, fit: str) -> None:
    assert fit_name(name) == fit
