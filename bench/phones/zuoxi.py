"""Starts our own desk for the bench and gives it its orders (``bench.phones.zuoxi_desk``)."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.centre import prepared
from bench.phones.programs import Place, Running
from bench.sheet import BenchError

CUSTOMERS = 2_000


class Remote:
    """A running desk, seen from the bench."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self._child = child

    def ask(self, order: str = "") -> float:
        """Send an order, if there is one, and return the number that comes back."""
        if order:
            self.tell(order)
        assert self._child.stdout is not None
        answer = self._child.stdout.readline()
        if not answer:
            raise BenchError("the desk has ended")
        return float(answer)

    def tell(self, order: str) -> None:
        assert self._child.stdin is not None
        self._child.stdin.write(f"{order}\n")
        self._child.stdin.flush()

    def answer(self) -> float:
        return self.ask("answer")


@contextlib.contextmanager
def zuoxi(place: Place, *, auto_answer: bool) -> Iterator[tuple[Running, Remote]]:
    root = place.folder / "profile"  # a copy: what one call leaves is not on the next one's screen
    shutil.copytree(prepared(CUSTOMERS).root, root)
    command = [sys.executable, "-m", "bench.phones.zuoxi_desk", str(root)]
    if auto_answer:
        command.append("--auto-answer")
    log = (place.folder / "output").open("wb")
    environment = {**place.environment, "PYTHONPATH": str(Path.cwd())}
    child = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
        text=True,
    )  # fmt: skip
    try:
        remote = Remote(child)
        port = int(remote.ask())
        yield Running("zuoxi", child.pid, port, f"sip:1001@127.0.0.1:{port}", remote.answer), remote
    finally:
        assert child.stdin is not None
        child.stdin.close()
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
        log.close()
