"""What a shift may never want is not read from the disk by a start (step ⑤)."""

from __future__ import annotations

import subprocess
import sys

import pytest

from agent_app.runtime.late_imports import LATE

pytestmark = pytest.mark.processes

READ = """
import sys, types
import agent_app.__main__ as program

def run(_options):
    late = program.importlib.import_module("agent_app.runtime.late_imports").LATE
    program.importlib.import_module("agent_app.wiring.duty_session")
    kinds = {name: type.__getattribute__(type(sys.modules[name]), "__name__") for name in late}
    print(sorted(name for name, kind in kinds.items() if kind != "_LazyModule"))
    print("cryptography" in sys.modules, "keyring" in sys.modules)
    for name in sorted(late):
        assert sys.modules[name].__file__, name
    print(sorted(name for name in late if type(sys.modules[name]) is not types.ModuleType))
    sys.stdout.flush()
    return 0

sys.modules["stand_in"] = types.SimpleNamespace(run=run)
program.COMMANDS[""] = "stand_in"
program.main([])
"""


def test_a_start_reads_no_page_window_or_form_that_nobody_asked_for() -> None:
    """And each is read when it is used."""
    ended = subprocess.run(
        [sys.executable, "-c", READ], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.stdout == "[]\nFalse False\n[]\n", ended.stderr
    assert LATE
