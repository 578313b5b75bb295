"""Run a command and its helpers so that none of them outlives it, whatever happens.

Two processes: the one that was started, and behind it the keeper, which owns everything else.

* The front only passes signals on and returns the keeper's exit code. When it dies, even by
  kill -9, the kernel sends the keeper TERM (PR_SET_PDEATHSIG), which is an orderly end.
* The keeper is a subreaper (PR_SET_CHILD_SUBREAPER): processes whose parent died become its
  children, so that it can find and end also those it did not start.
* Everything the keeper starts dies with it (PR_SET_PDEATHSIG, KILL).

Ctrl-C on a terminal reaches the command directly, so the keeper only waits for it then; the screen
below it runs in sessions of their own and stays until the command has closed its window.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
SI_KERNEL = 0x80  # si_code of a signal that the terminal sent, not a process
ENDS = frozenset(
    number
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
    if signal.getsignal(number) is not signal.SIG_IGN  # nohup and `&` stay what they mean
)
WATCHED = ENDS | {signal.SIGCHLD}
COMMAND_GRACE_S = 15.0
"""Longest orderly end of the command after a signal; a second signal shortens it to nothing."""
ORPHAN_GRACE_S = 5.0
"""How long what the command left behind may take to notice, before it is killed."""

_libc = ctypes.CDLL(None, use_errno=True)


def _prctl(option: int, value: int) -> None:
    if _libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl failed")


def _code(status: int) -> int:
    """A wait status as a shell would report it: 128 + signal for a killed process."""
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


class Keeper:
    """Owns every process below it. Lives in a process of its own; see ``run_kept``."""

    def __init__(self) -> None:
        self._started: list[subprocess.Popen[bytes]] = []

    def start(
        self,
        command: Sequence[str],
        *,
        log: Path,
        stdout: int | None = None,
        pass_fds: Sequence[int] = (),
    ) -> subprocess.Popen[bytes]:
        """Start a helper in a session of its own. Raises FileNotFoundError: not installed."""
        with log.open("wb") as errors:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=errors if stdout is None else stdout,
                stderr=errors,
                pass_fds=pass_fds,
                start_new_session=True,
                preexec_fn=_bind_to_parent,  # noqa: PLW1509 - one thread here
            )
        self._started.append(process)
        return process

    def run(self, command: Sequence[str]) -> int:
        """Run the command in this terminal to its end; its exit code."""
        try:
            process = subprocess.Popen(command, preexec_fn=_bind_to_parent)  # noqa: PLW1509
        except OSError as error:
            print(f"{command[0]}: {error.strerror}", file=sys.stderr)
            return 127
        self._started.append(process)  # kept: a Popen that is let go collects its child by itself
        pid = process.pid
        deadline: float | None = None
        while True:
            ended = _reap(pid)
            if ended is not None:
                return ended
            left_s = threading.TIMEOUT_MAX if deadline is None else deadline - time.monotonic()
            came = signal.sigtimedwait(WATCHED, max(0.0, left_s))
            if came is None or (deadline is not None and came.si_signo in ENDS):
                os.kill(pid, signal.SIGKILL)
                deadline = time.monotonic() + COMMAND_GRACE_S
            elif came.si_signo in ENDS:
                deadline = time.monotonic() + COMMAND_GRACE_S
                if came.si_code != SI_KERNEL:
                    os.kill(pid, came.si_signo)

    def end_all(self) -> None:
        """End the helpers and whatever the command left behind; return when nothing is left."""
        started = {process.pid for process in self._started}
        self._end(lambda pid: pid not in started, ORPHAN_GRACE_S)
        self._end(lambda _: True, ORPHAN_GRACE_S)

    def _end(self, chosen: Callable[[int], bool], grace_s: float) -> None:
        deadline = time.monotonic() + grace_s
        asked: set[int] = set()
        while True:
            _reap(0)
            left = [pid for pid in _children() if chosen(pid)]
            if not left:
                return
            late = time.monotonic() > deadline
            for pid in left:
                if late or pid not in asked:
                    asked.add(pid)
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL if late else signal.SIGTERM)
            signal.sigtimedwait(WATCHED, 0.05)


def _reap(awaited: int) -> int | None:
    """Collect every ended child; the exit code of ``awaited`` when it is among them."""
    code: int | None = None
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return code
        if pid == 0:
            return code
        if pid == awaited:
            code = _code(status)


def _children() -> list[int]:
    me = os.getpid()
    listing = Path(f"/proc/{me}/task/{me}/children")
    if listing.exists():
        return [int(pid) for pid in listing.read_text(encoding="ascii").split()]
    return [int(path.name) for path in Path("/proc").glob("[0-9]*") if _parent(path) == me]


def _parent(process: Path) -> int | None:
    try:
        return int((process / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    except OSError:
        return None


def _bind_to_parent() -> None:
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)


def run_kept(inside: Callable[[Keeper], int], *, with_parent: bool) -> int:
    """Run ``inside`` in the keeper's process and return its exit code. Once per process.

    ``with_parent``: end in order when the process that started this one dies, however it dies.
    """
    front = os.getpid()
    starter = os.getppid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    keeper = os.fork()
    if keeper == 0:
        _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        _prctl(PR_SET_CHILD_SUBREAPER, 1)
        if os.getppid() != front:
            os._exit(1)
        code = 1
        try:
            code = inside(Keeper())
        except BaseException:  # noqa: BLE001 - the border of a process: shown, then its end
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    if with_parent:
        _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != starter:
            os.kill(front, signal.SIGTERM)
    while True:
        code_now = _reap(keeper)
        if code_now is not None:
            return code_now
        came = signal.sigwaitinfo(WATCHED)
        if came.si_signo in ENDS and came.si_code != SI_KERNEL:
            os.kill(keeper, came.si_signo)
