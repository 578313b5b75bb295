"""A command gets a screen, its exit code comes back, and nothing stays, however it ends."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 30.0
TAG = "ZUOXI_TEST_TAG"

pytestmark = pytest.mark.processes


class Screen:
    """One run of `installer.screen`; every process below it carries a tag in its environment."""

    def __init__(
        self, folder: Path, *arguments: str, below: str = "", terminal: int | None = None
    ) -> None:
        """``below``: a shell that starts it and waits, as `make` does."""
        self.tag = f"{TAG}={folder}"
        self.ready = folder / "ready"
        environment = {**os.environ, TAG: str(folder), "TMPDIR": str(folder)}
        environment.pop("XDG_RUNTIME_DIR", None)
        starter = [below, "-c", '"$@"; exit $?', below] if below else []
        self.process = subprocess.Popen(
            [*starter, sys.executable, "-m", "installer.screen", "--private", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=None if terminal is None else partial(os.login_tty, terminal),  # noqa: PLW1509
        )

    def left(self) -> list[str]:
        """Programs alive with the tag."""
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            try:
                if self.tag.encode() in (path / "environ").read_bytes().split(b"\0"):
                    found.append((path / "comm").read_text().strip())
            except OSError:
                continue
        return found

    def finish(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=LIMIT_S)
        return self.process.returncode, out, err


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not condition():
        assert time.monotonic() < deadline, "the limit passed"
        time.sleep(0.02)  # between two looks at a condition


@pytest.fixture
def screens(tmp_path: Path) -> Iterator[Callable[..., Screen]]:
    started: list[Screen] = []

    def start(*arguments: str) -> Screen:
        started.append(Screen(tmp_path, *arguments))
        return started[-1]

    yield start
    for screen in started:
        screen.process.kill()
        screen.process.communicate(timeout=LIMIT_S)
        wait_until(lambda screen=screen: not screen.left())  # type: ignore[misc]


def test_the_command_has_a_display_and_its_exit_code_comes_back(
    screens: Callable[..., Screen],
) -> None:
    screen = screens("--no-vnc", "--", "sh", "-c", "xdotool getdisplaygeometry; exit 7")
    assert screen.finish()[:2] == (7, "1366 768\n")
    assert screen.left() == []


def test_the_display_lets_nobody_in_without_its_cookie(screens: Callable[..., Screen]) -> None:
    command = "XAUTHORITY=/dev/null xdotool getdisplaygeometry"
    code, out, _ = screens("--no-vnc", "--", "sh", "-c", command).finish()
    assert (code != 0, out) == (True, "")


def test_without_a_screen_the_terminal_says_how_to_look(screens: Callable[..., Screen]) -> None:
    screen = screens("--", "true")
    code, _, said = screen.finish()
    assert code == 0
    assert "vncviewer localhost:" in said
    assert "password: " in said
    assert "ssh -L " in said
    assert screen.left() == []


# A desk that needs its time to close, and a stray process that lost its parent.
DESK = """
trap 'echo closed; exit 3' TERM HUP INT
sh -c 'sleep 1000 & echo' > /dev/null
touch "$TMPDIR/ready"
while :; do sleep 0.1; done
"""


COUNTING_DESK = """
trap 'echo once >> "$TMPDIR/interrupted"' INT
touch "$TMPDIR/ready"
until [ -e "$TMPDIR/enough" ]; do sleep 0.1; done
exit 4
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_reaches_the_command_and_nothing_stays(
    screens: Callable[..., Screen], number: signal.Signals
) -> None:
    screen = screens("--", "sh", "-c", DESK)
    wait_until(screen.ready.exists)
    assert {"Xvfb", "x11vnc", "openbox", "sleep"} <= set(screen.left())
    screen.process.send_signal(number)
    assert screen.finish()[:2] == (3, "closed\n")
    assert screen.left() == []


def test_killing_the_screen_closes_the_command_and_nothing_stays(
    screens: Callable[..., Screen],
) -> None:
    screen = screens("--", "sh", "-c", DESK)
    wait_until(screen.ready.exists)
    screen.process.kill()
    wait_until(lambda: screen.left() == [])
    assert screen.finish()[:2] == (-signal.SIGKILL, "closed\n")


def test_control_c_on_the_terminal_reaches_the_command_once(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    script = tmp_path / "desk"
    script.write_text(COUNTING_DESK, encoding="utf-8")
    screen = Screen(tmp_path, "--no-vnc", "--", "sh", str(script), terminal=slave)
    os.close(slave)
    wait_until(screen.ready.exists)
    os.write(master, b"\x03")
    wait_until((tmp_path / "interrupted").exists)
    (tmp_path / "enough").touch()
    code, _, _ = screen.finish()
    os.close(master)
    assert code == 4
    assert (tmp_path / "interrupted").read_text(encoding="ascii") == "once\n"
    assert screen.left() == []


def test_a_command_that_cannot_start_gives_the_shells_exit_code(
    screens: Callable[..., Screen],
) -> None:
    code, _, said = screens("--no-vnc", "--", "no-such-program-zuoxi").finish()
    assert code == 127
    assert "no-such-program-zuoxi" in said


def test_it_ends_with_the_program_that_started_it(tmp_path: Path) -> None:
    script = tmp_path / "desk"
    script.write_text(DESK, encoding="utf-8")
    screen = Screen(tmp_path, "--with-parent", "--no-vnc", "--", "sh", str(script), below="sh")
    wait_until(screen.ready.exists)
    screen.process.kill()  # the starter, not the screen
    wait_until(lambda: screen.left() == [])
    screen.finish()
