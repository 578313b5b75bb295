"""``zuoxi`` on the command line: it reads well, starts fast and fails in plain words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from agent_app import __version__

pytestmark = pytest.mark.processes

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def zuoxi(*arguments: str, screen: str = "") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in SCREENS}
    if screen:
        environment["QT_QPA_PLATFORM"] = screen
    return subprocess.run(
        [sys.executable, "-m", "agent_app", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_version_is_told() -> None:
    done = zuoxi("--version")
    assert (done.returncode, done.stdout) == (0, f"zuoxi {__version__}\n")


def test_help_names_every_command_and_option() -> None:
    done = zuoxi("--help")
    assert done.returncode == 0
    for word in ("practice", "demo", "call", "links", "--profile", "--language", "--theme", "坐席"):
        assert word in done.stdout


def test_help_and_version_load_no_window_toolkit() -> None:
    code = "import sys, agent_app.__main__; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_wrong_option_is_told() -> None:
    done = zuoxi("practice", "--theme", "pink")
    assert done.returncode == 2
    assert "invalid choice" in done.stderr


@pytest.mark.parametrize("command", [(), ("practice",), ("demo",)])
def test_without_a_screen_it_says_so(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = zuoxi("--profile", str(tmp_path / "profile"), *command)
    assert done.returncode == 1
    assert "There is no screen here" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_server_it_says_where_to_set_one(tmp_path: Path) -> None:
    done = zuoxi("--profile", str(tmp_path), screen="offscreen")
    assert done.returncode == 2
    assert str(tmp_path / "settings.toml") in done.stderr


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("[server", "is not valid TOML"),
        ('[server]\nurl = "https://user@host"', "address"),
        ('[keys]\nhold = "F2"\n[server]\nurl = "http://127.0.0.1:1"', "F2"),
    ],
)
def test_wrong_settings_are_one_sentence(tmp_path: Path, settings: str, words: str) -> None:
    (tmp_path / "settings.toml").write_text(settings, "utf-8")
    done = zuoxi("--profile", str(tmp_path), screen="offscreen")
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_profile_in_use_is_told(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib; from agent_app.runtime.profile import Profile\n"
            f"with Profile(pathlib.Path({str(tmp_path)!r})):\n"
            "    print('held', flush=True)\n"
            "    sys.stdin.read()",
        ],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        done = zuoxi("--profile", str(tmp_path), "practice", screen="offscreen")
        holder.kill()
    assert done.returncode == 1
    assert "open already" in done.stderr


def test_links_are_taken_and_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))
    entry = tmp_path / "data" / "applications" / "zuoxi.desktop"
    done = zuoxi("--profile", "seat 7", "links", "install")
    assert done.returncode == 0, done.stderr
    assert f'"-m" "agent_app" "--profile" "{ROOT}/seat 7" call %u' in entry.read_text("utf-8")
    assert "open in the desk" in done.stdout
    assert zuoxi("links", "remove").returncode == 0
    assert not entry.exists()


def test_links_that_cannot_be_written_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").write_text("a file where a folder is needed", "utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    done = zuoxi("links", "install")
    assert done.returncode == 1
    assert "the links stay as they are" in done.stderr
