"""A graphical session as at a desk: screen, window manager, D-Bus, input method, and a desk in it.

Nothing of it is the machine's own: keys pressed here reach no other window. The desk is a process
of its own, and the tests meet it as people do: by keys of the X server and as a screen reader.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.e2e.screen_reader import ScreenReader

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 60.0
POLL_S = 0.05
PROGRAMS = ("Xvfb", "openbox", "xdotool", "dbus-run-session", "ibus", "ibus-daemon",
            "/usr/libexec/ibus-engine-libpinyin", "/usr/libexec/at-spi-bus-launcher")  # fmt: skip
SCREEN = ("-m", "installer.screen", "--private", "--no-vnc", "--with-parent")
TELL_AND_WAIT = (
    "import json, os, sys; print(json.dumps(dict(os.environ)), flush=True); sys.stdin.read()"
)
LOG = "{}.log"
SETTINGS = "[practice]\ncustomers = 50\n[call]\nwrap_up_s = 60\n"

T = TypeVar("T")


def lacking() -> str:
    """What this machine does not have for such a session; empty when all is there."""
    return ", ".join(name for name in PROGRAMS if shutil.which(name) is None)


def until(
    what: str,
    look: Callable[[], T | None],
    *,
    said: Callable[[], object] = str,
    limit_s: float = LIMIT_S,
) -> T:
    """The first true thing that ``look`` finds; fails with ``what`` and what ``said`` says."""
    end_s = time.monotonic() + limit_s
    while not (found := look()):
        assert time.monotonic() < end_s, f"waited {limit_s:g} s in vain: {what} {said()}"
        time.sleep(POLL_S)
    return found


@dataclass(frozen=True, slots=True)
class Session:
    """``place`` holds everything the session writes; its path is short, sockets lie in it."""

    environment: dict[str, str]
    place: Path

    def run(self, *command: str) -> str:
        """What a program of the session prints. Raises CalledProcessError."""
        done = subprocess.run(
            command,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=True,
        )
        return done.stdout.strip()

    def press(self, *keys: str) -> None:
        """Keys of the X server, in its own spelling (``ctrl+r``); they reach what has the focus."""
        self.run("xdotool", "key", "--clearmodifiers", *keys)

    def type(self, letters: str) -> None:
        """Letters and digits one by one, as fingers do."""
        self.run("xdotool", "type", "--delay", "25", letters)

    def use_engine(self, name: str) -> None:
        """Switch the input method, as its own menu would."""
        until(f"the input method {name}", lambda: self._switched(name))

    def _switched(self, name: str) -> bool:
        with contextlib.suppress(subprocess.CalledProcessError):
            self.run("ibus", "engine", name)
        with contextlib.suppress(subprocess.CalledProcessError):
            return self.run("ibus", "engine") == name
        return False

    @contextlib.contextmanager
    def started(self, *command: str) -> Iterator[subprocess.Popen[bytes]]:
        """A program of the session while the block runs; what it says lies in ``place``."""
        log = self.place / LOG.format(Path(command[0]).name)
        with log.open("ab") as said:
            process = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=said, stderr=said
            )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            finally:
                process.kill()


@contextlib.contextmanager
def session() -> Iterator[Session]:
    """A screen with a session of its own; everything ends with the block."""
    # The input method's engine may still write while it goes.
    with tempfile.TemporaryDirectory(prefix="zuoxi-seat-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        home = {"HOME": place, "XDG_RUNTIME_DIR": place, "XDG_CONFIG_HOME": place / "config",
                "XDG_CACHE_HOME": place / "cache", "XDG_DATA_HOME": place / "data"}  # fmt: skip
        environment = kept | {name: str(path) for name, path in home.items()}
        environment |= {"LC_ALL": "C.UTF-8", "GSETTINGS_BACKEND": "memory",
                        "QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus"}  # fmt: skip
        command = [sys.executable, *SCREEN, "--", "dbus-run-session", "--"]
        with subprocess.Popen(
            [*command, sys.executable, "-c", TELL_AND_WAIT],
            env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        ) as screen:  # fmt: skip
            assert screen.stdin is not None
            assert screen.stdout is not None
            try:
                line = screen.stdout.readline()
                assert line, "the private screen did not start"
                yield Session(json.loads(line), place)
            finally:
                screen.stdin.close()  # the command reads it to its end


@dataclass(frozen=True, slots=True)
class SeenDesk:
    """A desk that is only seen, heard of and typed into."""

    session: Session
    reader: ScreenReader


@contextlib.contextmanager
def a_desk(language: str) -> Iterator[SeenDesk]:
    """A practice centre in a session of its own, ready for calls."""
    with contextlib.ExitStack() as things:
        ours = things.enter_context(session())
        reader = things.enter_context(
            ScreenReader.listening(ours.environment["DBUS_SESSION_BUS_ADDRESS"])
        )
        things.enter_context(ours.started(
            "ibus-daemon", "--panel=disable", "--emoji-extension=disable",
        ))  # fmt: skip
        until("the input method", lambda: "ibus" in _address(ours))
        profile = ours.place / "profile"
        profile.mkdir()
        (profile / "settings.toml").write_text(SETTINGS, encoding="utf-8")
        desk = things.enter_context(ours.started(
            sys.executable, "-m", "agent_app", "--profile", str(profile),
            "--language", language, "practice",
        ))  # fmt: skip
        until("the desk's window", lambda: reader.application() or desk.poll() is not None)
        assert desk.poll() is None, (ours.place / LOG.format(Path(sys.executable).name)).read_text()
        until("the keyboard is in it", reader.focused)
        yield SeenDesk(ours, reader)


def _address(ours: Session) -> str:
    with contextlib.suppress(subprocess.CalledProcessError):
        return ours.run("ibus", "address")
    return ""
