"""A D-Bus session of its own with a gnome-keyring, in which a script of ours runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

AVAILABLE = all(shutil.which(name) for name in ("dbus-run-session", "gnome-keyring-daemon"))
ROOT = Path(__file__).resolve().parents[2]

_UNLOCKED = (
    'printf "a login password" | gnome-keyring-daemon --unlock --components=secrets >/dev/null;'
    ' exec "$@"'
)
_LOCKED = 'gnome-keyring-daemon --start --components=secrets >/dev/null; exec "$@"'


def environment(home: Path) -> dict[str, str]:
    """Nothing of the machine's own session: no bus, no screen, another home."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    folders = {"HOME": home, "XDG_RUNTIME_DIR": home, "XDG_DATA_HOME": home / "data"}
    return (
        kept | {name: str(folder) for name, folder in folders.items()} | {"PYTHONPATH": str(ROOT)}
    )


def in_session(script: str, home: Path, *, locked: bool = False) -> str:
    """What the script prints, with the keyring unlocked, or locked and nobody to unlock it."""
    shell = ["sh", "-c", _LOCKED if locked else _UNLOCKED, "sh"]
    return _run(["dbus-run-session", "--", *shell, sys.executable, "-c", script], home)


def without_session(script: str, home: Path, **more: str) -> str:
    """What the script prints where there is no D-Bus at all."""
    return _run([sys.executable, "-c", script], home, **more)


def _run(command: list[str], home: Path, **more: str) -> str:
    home.chmod(0o700)
    done = subprocess.run(
        command,
        env=environment(home) | more,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
