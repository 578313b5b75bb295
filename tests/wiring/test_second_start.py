"""A link, ``zuoxi call`` and a second start reach the desk that runs; none of them dials."""

from __future__ import annotations

import configparser
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from agent_app.desk.door import Door, Visit
from agent_app.runtime.instance import Instance
from agent_app.runtime.profile import Profile

pytestmark = pytest.mark.processes

ROOT = Path(__file__).resolve().parents[2]
DESKTOP = ROOT / "resources" / "desktop" / "zuoxi.desktop"


def zuoxi(qtbot: QtBot, *arguments: str) -> tuple[int, str]:
    """Exit code and what it said, while this process' loop goes on."""
    with subprocess.Popen(
        [sys.executable, "-m", "agent_app", *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        qtbot.waitUntil(lambda: process.poll() is not None, timeout=60_000)
        assert process.stderr is not None
        return process.returncode, process.stderr.read()


@pytest.fixture
def door(tmp_path: Path, qtbot: QtBot) -> object:
    """The door of a desk that runs with the profile in ``tmp_path``."""
    door = Door()
    with Profile(tmp_path):
        instance = Instance(tmp_path, door.knock)
        assert instance.listen() == ""
        yield door
        instance.close()


def test_a_link_goes_to_the_desk_that_runs(door: Door, tmp_path: Path, qtbot: QtBot) -> None:
    done = zuoxi(qtbot, "--profile", str(tmp_path), "call", "tel:+86-138-0013-8000")
    assert done == (0, "")
    assert door.take() == Visit("+8613800138000")
    assert door.take() is None


def test_a_second_start_brings_the_window_up(door: Door, tmp_path: Path, qtbot: QtBot) -> None:
    for command in ((), ("call",)):
        assert zuoxi(qtbot, "--profile", str(tmp_path), *command) == (0, "")
        assert door.take() == Visit()


@pytest.mark.parametrize(
    ("link", "words"),
    [("mailto:a@b", "no telephone number"), ("tel:%0a", "damaged"), ("9" * 600, "too long")],
)
def test_what_is_no_number_is_refused_in_words(
    door: Door, tmp_path: Path, qtbot: QtBot, link: str, words: str
) -> None:
    code, said = zuoxi(qtbot, "--profile", str(tmp_path), "call", link)
    assert code == 2
    assert words in said
    assert door.take() is None


def test_a_call_without_a_desk_starts_one(tmp_path: Path, qtbot: QtBot) -> None:
    code, said = zuoxi(qtbot, "--profile", str(tmp_path), "call", "12366")
    assert code == 2  # as every first start: nobody has set a server yet
    assert "no server is set" in said


def test_the_desktop_file_takes_every_kind_of_link() -> None:
    file = configparser.ConfigParser(interpolation=None)
    file.optionxform = str  # type: ignore[assignment,method-assign]
    file.read(DESKTOP, encoding="utf-8")
    entry = file["Desktop Entry"]
    assert entry["Exec"] == "zuoxi call %u"
    schemes = {kind.rpartition("/")[2] for kind in entry["MimeType"].split(";") if kind}
    assert schemes == {"tel", "sip", "sips", "callto"}
