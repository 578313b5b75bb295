"""The desk runs on Qt's loop through qasync; the client must not care."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes


def test_a_call_is_made_and_ended_on_qts_loop() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.sip.qt_desk"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "a call on Qt's loop\n"), done.stderr
