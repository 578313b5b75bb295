"""A server may hold more connections than a shell's limit of open files."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.server.processes import LIMIT_S, ROOT

SAY = (
    "import resource; from server.open_files import allow_many; allow_many(); "
    "print(resource.getrlimit(resource.RLIMIT_NOFILE))"
)


@pytest.mark.processes
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
@pytest.mark.parametrize(
    ("soft", "hard", "becomes"),
    [(256, 4_096, 4_096), (256, 256, 256), (1_024, 4_096, 4_096)],
)
def test_the_own_limit_is_raised_as_far_as_it_may(soft: int, hard: int, becomes: int) -> None:
    said = subprocess.run(
        ["sh", "-c", f'ulimit -Sn {soft} && ulimit -Hn {hard} && exec "$0" -c "$1"',
         sys.executable, SAY],
        capture_output=True, text=True, timeout=LIMIT_S, cwd=ROOT, check=True,
    ).stdout  # fmt: skip
    assert said.strip() == f"({becomes}, {hard})"
