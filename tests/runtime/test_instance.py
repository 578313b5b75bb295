"""A second start reaches the first one; nobody else does, and nothing it sends is too much."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from agent_app.runtime.instance import MESSAGE_BYTES, Instance, server_name, tell_running

pytestmark = pytest.mark.processes
unix = pytest.mark.skipif(sys.platform == "win32", reason="a named pipe is no file")


class Rig:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.heard: list[str] = []
        self.instance = Instance(root, self.heard.append)

    def told(self, qtbot: QtBot, text: str) -> bool:
        """A second start, as a process of its own."""
        code = (
            "import pathlib, sys\n"
            "from agent_app.runtime.instance import tell_running\n"
            "sys.exit(not tell_running(pathlib.Path(sys.argv[1]), sys.argv[2]))\n"
        )
        command = [sys.executable, "-c", code, str(self.root), text]
        with subprocess.Popen(command) as second:
            qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
            return second.returncode == 0


@pytest.fixture
def rig(tmp_path: Path, qtbot: QtBot) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    assert rig.instance.listen() == ""
    yield rig
    rig.instance.close()


@pytest.mark.parametrize("text", ["", "tel:12366", "你好 138", "a\nb"])
def test_a_message_arrives_as_one_line(rig: Rig, qtbot: QtBot, text: str) -> None:
    assert rig.told(qtbot, text)
    assert rig.heard == [text.replace("\n", " ")]


def test_several_second_starts_are_all_heard(rig: Rig, qtbot: QtBot) -> None:
    for number in range(3):
        assert rig.told(qtbot, str(number))
    assert rig.heard == ["0", "1", "2"]


def test_without_a_desk_nobody_takes_it(tmp_path: Path) -> None:
    assert not tell_running(tmp_path, "12366")


def test_after_its_end_nobody_takes_it(rig: Rig, qtbot: QtBot) -> None:
    rig.instance.close()
    assert not rig.told(qtbot, "12366")


def test_a_desk_that_was_killed_leaves_nothing_in_the_way(tmp_path: Path, qtbot: QtBot) -> None:
    code = (
        "import os, sys, pathlib\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from agent_app.runtime.instance import Instance\n"
        "application = QCoreApplication([])\n"
        f"instance = Instance(pathlib.Path({str(tmp_path)!r}), print)\n"
        "assert instance.listen() == ''\n"
        "os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 9
    rig = Rig(tmp_path)
    assert rig.instance.listen() == ""
    assert rig.told(qtbot, "12366")
    rig.instance.close()


def test_a_long_profile_path_has_a_socket_all_the_same(tmp_path: Path, qtbot: QtBot) -> None:
    root = tmp_path / ("very long " * 10)
    rig = Rig(root)
    assert rig.instance.listen() == ""
    assert rig.told(qtbot, "12366")
    assert rig.heard == ["12366"]
    rig.instance.close()


def test_two_profiles_do_not_hear_each_other(rig: Rig, tmp_path: Path, qtbot: QtBot) -> None:
    other = Rig(tmp_path / "other")
    other.root.mkdir()
    assert other.instance.listen() == ""
    assert other.told(qtbot, "12366")
    assert (rig.heard, other.heard) == ([], ["12366"])
    other.instance.close()


@unix
def test_only_its_user_may_open_it(rig: Rig) -> None:
    assert Path(server_name(rig.root)).stat().st_mode & 0o077 == 0


@unix
@pytest.mark.parametrize("sent", [b"x" * (MESSAGE_BYTES * 4), b"half"])
def test_what_is_no_message_is_dropped(rig: Rig, qtbot: QtBot, sent: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.connect(server_name(rig.root))
        stranger.sendall(sent)
        stranger.shutdown(socket.SHUT_WR)
        assert rig.told(qtbot, "12366")
    assert rig.heard == ["12366"]


@unix
def test_without_a_place_for_the_socket_it_says_why(tmp_path: Path, qtbot: QtBot) -> None:
    rig = Rig(tmp_path / "missing")
    assert rig.instance.listen() != ""


def test_a_path_that_is_too_long_is_kept_with_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    name = server_name(tmp_path / ("x" * 120))
    assert os.path.dirname(name) == str(tmp_path)  # noqa: PTH120 - a name, not a file
