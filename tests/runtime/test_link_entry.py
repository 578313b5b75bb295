"""Telephone links open in the desk, and go back to whoever had them."""

from __future__ import annotations

import configparser
from pathlib import Path

import pytest

from agent_app.runtime.link_entry import NAME, Folders, install, quoted, remove

SCHEMES = ("tel", "sip", "sips", "callto")
OTHERS = """\
# what she has chosen so far
[Added Associations]
x-scheme-handler/tel=dialer.desktop;

[Default Applications]
x-scheme-handler/tel=dialer.desktop;other.desktop
text/html=browser.desktop

[Removed Associations]
x-scheme-handler/sip=old.desktop
"""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "data", tmp_path / "configuration")


def defaults(folders: Folders) -> dict[str, str]:
    file = configparser.RawConfigParser(delimiters=("=",))
    file.read_string(folders.defaults.read_text("utf-8"))
    return dict(file["Default Applications"])


def test_every_kind_of_link_is_ours_where_nothing_was_chosen(folders: Folders) -> None:
    install(folders, ("/opt/zuoxi/bin/zuoxi",))
    assert defaults(folders) == {f"x-scheme-handler/{one}": f"{NAME};" for one in SCHEMES}
    entry = folders.entry.read_text("utf-8")
    assert 'Exec="/opt/zuoxi/bin/zuoxi" call %u' in entry.splitlines()
    assert folders.icon.read_text("utf-8").lstrip().startswith("<svg")


def test_who_had_them_stays_behind_and_gets_them_back(folders: Folders) -> None:
    folders.configuration.mkdir(parents=True)
    folders.defaults.write_text(OTHERS, "utf-8")
    for _ in range(2):  # the second time changes nothing
        install(folders, ("zuoxi",))
        chosen = defaults(folders)["x-scheme-handler/tel"]
        assert chosen == f"{NAME};dialer.desktop;other.desktop;"
        assert defaults(folders)["text/html"] == "browser.desktop"
        text = folders.defaults.read_text("utf-8")
        assert text.count(NAME) == len(SCHEMES)
        assert "# what she has chosen so far" in text
    remove(folders)
    after = folders.defaults.read_text("utf-8").replace("other.desktop;", "other.desktop")
    assert sorted(after.split()) == sorted(OTHERS.split())
    assert not folders.entry.exists()
    assert not folders.icon.exists()


def test_nothing_is_removed_twice(folders: Folders) -> None:
    remove(folders)
    remove(folders)
    assert not folders.defaults.exists()


def test_a_file_that_is_no_text_keeps_its_bytes(folders: Folders) -> None:
    folders.configuration.mkdir(parents=True)
    folders.defaults.write_bytes(b"[Added Associations]\ntext/x=\xff\xfe.desktop\n")
    install(folders, ("zuoxi",))
    assert b"text/x=\xff\xfe.desktop\n" in folders.defaults.read_bytes()


def test_odd_paths_survive_the_exec_line() -> None:
    assert quoted("/opt/坐席 desk/zuoxi") == '"/opt/坐席 desk/zuoxi"'
    assert quoted('a"b$c%d') == '"a\\\\"b\\\\$c%%d"'
    assert quoted("a\\b") == '"a\\\\\\\\b"'
