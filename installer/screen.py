"""Run a command with a screen: the session's own, else a private one that can be looked at.

    python3 -m installer.screen [--private] [--no-vnc] [--with-parent] -- COMMAND ...

Without a display that answers, a virtual X server of 1366x768 (ZUOXI_SCREEN=1920x1080 for another
size), a window manager and a VNC server are started on loopback. VNC asks for a password made for
this run and printed on the terminal: loopback is shared by everyone logged in to the machine, and
who reaches the screen also types on it.

The exit code is the command's. Whatever ends it (the command, Ctrl-C, TERM, HUP, even kill -9 of
this process), nothing it started stays: see ``installer.keeper``.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

from installer.display import reachable
from installer.keeper import Keeper, run_kept
from installer.xauth import write_cookie

DEFAULT_SIZE = "1366x768"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def start_x_server(keeper: Keeper, private: Path, size: str) -> str:
    """The display's name, once it accepts connections. Raises RuntimeError: the server's words."""
    cookie = private / "Xauthority"
    write_cookie(cookie)
    readable, writable = os.pipe()
    log = private / "xvfb.log"
    command = ["Xvfb", "-displayfd", str(writable), "-screen", "0", f"{size}x24", "-dpi", "96"]
    command += ["-nolisten", "tcp", "-noreset", "-auth", str(cookie)]
    keeper.start(command, log=log, pass_fds=(writable,))
    os.close(writable)
    with os.fdopen(readable) as number:
        display = number.readline().strip()
    if not display:
        raise RuntimeError(log.read_text(errors="replace").strip() or "Xvfb ended at once")
    os.environ |= {
        "DISPLAY": f":{display}",
        "XAUTHORITY": str(cookie),
        "QT_QPA_PLATFORM": "xcb",
        "XDG_SESSION_TYPE": "x11",
    }
    os.environ.pop("WAYLAND_DISPLAY", None)
    return f":{display}"


def start_viewer(keeper: Keeper, private: Path) -> tuple[int, str]:
    """Port and password of a VNC server on loopback. Raises RuntimeError: the server's words."""
    password = secrets.token_hex(4)  # VNC looks at eight characters
    secret = private / "vnc-password"
    secret.touch(mode=0o600)
    secret.write_text(password + "\n", encoding="ascii")
    log = private / "x11vnc.log"
    command = ["x11vnc", "-localhost", "-autoport", "5900", "-passwdfile", str(secret)]
    command += ["-forever", "-shared", "-quiet", "-noipv6", "-no6", "-repeat", "-norc"]
    process = keeper.start(command, log=log, stdout=subprocess.PIPE)
    assert process.stdout is not None
    for line in process.stdout:
        name, _, value = line.decode(errors="replace").strip().partition("=")
        if name == "PORT":
            return int(value), password
    raise RuntimeError(log.read_text(errors="replace").strip()[-500:] or "x11vnc ended at once")


def explain(port: int, password: str) -> None:
    user, host = os.environ.get("USER") or "you", os.uname().nodename
    say("This machine has no screen, so the window is served over VNC, to this machine only.")
    say(f"  Look at it:             vncviewer localhost:{port}      (password: {password})")
    say(f"  From another machine:   ssh -L {port}:localhost:{port} {user}@{host}")
    say(f"                          and then there: vncviewer localhost:{port}")


def prepare(keeper: Keeper, private: Path, *, own: bool, vnc: bool) -> None:
    """Set this process's environment so that the command finds a screen."""
    if not os.environ.get("XDG_RUNTIME_DIR"):  # Qt and PulseAudio complain without
        os.environ["XDG_RUNTIME_DIR"] = str(private)
    if not own and reachable():
        return
    start_x_server(keeper, private, os.environ.get("ZUOXI_SCREEN", DEFAULT_SIZE))
    try:
        keeper.start(["openbox", "--sm-disable"], log=private / "openbox.log")
    except FileNotFoundError:
        say("openbox is not installed: the window has no frame.")
    if not vnc:
        return
    try:
        explain(*start_viewer(keeper, private))
    except (FileNotFoundError, RuntimeError) as error:
        say(f"The screen runs, but cannot be looked at (x11vnc): {error}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--private", action="store_true", help="a private screen in any case")
    parser.add_argument("--no-vnc", action="store_true", help="nobody will look")
    parser.add_argument("--with-parent", action="store_true", help="end when the starter dies")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()

    def inside(keeper: Keeper) -> int:
        with tempfile.TemporaryDirectory(prefix="zuoxi-screen-") as folder:
            try:
                prepare(keeper, Path(folder), own=options.private, vnc=not options.no_vnc)
            except (FileNotFoundError, RuntimeError) as error:
                say(f"No screen could be started: {error}")
                return 1
            try:
                return keeper.run(options.command)
            finally:
                keeper.end_all()

    return run_kept(inside, with_parent=options.with_parent)


if __name__ == "__main__":
    sys.exit(main())
