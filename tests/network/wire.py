"""A wire between the exchange and one desk: it loses, delays and gets pulled.

The desk's end lies in a network namespace of its own, in which its engine runs. Needs root,
iproute2 and /dev/net/tun; set ZUOXI_NO_NETNS where they cannot be had.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.network.cable import Cable, Trouble

_numbers = itertools.count(1)


class Wire:
    """``near`` is the exchange's address on it, ``far`` the desk's."""

    _cable: Cable

    def __init__(self, number: int) -> None:
        tag = f"{os.getpid() % 10_000}-{number}"
        self.namespace = f"zuoxi-{tag}"
        self._near_end, self._far_end = f"zxa{tag}", f"zxb{tag}"
        # 198.18.0.0/15 is kept for tests of networks (RFC 2544).
        block = (os.getpid() * 7 + number) % 500
        self._prefix = f"198.{18 + block // 250}.{block % 250}"
        self.near, self.far = f"{self._prefix}.1", f"{self._prefix}.2"

    @property
    def engine(self) -> tuple[str, ...]:
        """How to start an engine at the far end."""
        return ("ip", "netns", "exec", self.namespace, sys.executable, "-m", "sip.engine")

    @contextlib.contextmanager
    def asking(self, name_server: str) -> Iterator[None]:
        """Whoever starts at the far end meanwhile looks names up there."""
        folder = Path("/etc/netns") / self.namespace  # ip-netns(8) shows it as /etc in there
        folder.mkdir(parents=True)
        try:
            (folder / "resolv.conf").write_text(f"nameserver {name_server}\n", "ascii")
            (folder / "nsswitch.conf").write_text("hosts: files dns\n", "ascii")
            # Only its own name is in the file, as on every machine: the library asks for that, too.
            own = f"127.0.0.1 localhost\n127.0.1.1 {socket.gethostname()}\n"
            (folder / "hosts").write_text(own, "utf-8")
            yield
        finally:
            shutil.rmtree(folder)

    def lay(self, undo: ExitStack) -> None:
        _run("ip", "netns", "add", self.namespace)
        undo.callback(_run, "ip", "netns", "del", self.namespace)
        self._cable = Cable(self._near_end, self._far_end)
        undo.callback(self._cable.close)
        _run("ip", "link", "set", self._far_end, "netns", self.namespace)
        _run("ip", "addr", "add", f"{self.near}/24", "dev", self._near_end)
        _run("ip", "link", "set", self._near_end, "up")
        self._far("ip", "addr", "add", f"{self.far}/24", "dev", self._far_end)
        self._far("ip", "link", "set", "lo", "up")
        self.switch_on()

    def pull(self) -> None:
        """Nothing gets through any more; neither machine is told."""
        self._cable.whole = False

    def plug(self) -> None:
        self._cable.whole = True

    def pull_after(self, words: bytes) -> None:
        """Pull it behind the next packet that holds ``words``; ``await_cut`` says when."""
        self._cable.last_words = words

    def await_cut(self) -> None:
        assert self._cable.cut.wait(20), f"nobody said {self._cable.last_words!r}"

    def switch_off(self) -> None:
        """The desk's interface goes down, and its way to the exchange with it."""
        self._far("ip", "link", "set", self._far_end, "down")

    def switch_on(self) -> None:
        self._far("ip", "link", "set", self._far_end, "up")

    def readdress(self) -> str:
        """Give the desk another address; return it."""
        before, self.far = self.far, f"{self._prefix}.{int(self.far.rpartition('.')[2]) + 1}"
        self._far("ip", "addr", "del", f"{before}/24", "dev", self._far_end)
        self._far("ip", "addr", "add", f"{self.far}/24", "dev", self._far_end)
        return self.far

    def trouble(self, trouble: Trouble) -> None:
        """Let packets get lost and come late, both ways."""
        self._cable.trouble = trouble

    def _far(self, *words: str) -> None:
        _run("ip", "netns", "exec", self.namespace, *words)


def _run(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, timeout=20, check=False)
    if done.returncode != 0:
        raise OSError(f"{' '.join(words)}: {done.stderr.strip()}")


@contextlib.contextmanager
def wire() -> Iterator[Wire]:
    """A new wire. Fails, loudly, where this system does not allow one."""
    if os.environ.get("ZUOXI_NO_NETNS"):
        pytest.skip("ZUOXI_NO_NETNS is set: nothing about bad networks is tested")
    if shutil.which("ip") is None:
        pytest.fail("iproute2 is missing; install it, or set ZUOXI_NO_NETNS")
    with ExitStack() as undo:
        laid = Wire(next(_numbers))
        try:
            laid.lay(undo)
        except OSError as problem:
            pytest.fail(f"no network namespaces here (root? else set ZUOXI_NO_NETNS): {problem}")
        yield laid
