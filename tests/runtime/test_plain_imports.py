"""What a start reads and keeps of its own source, in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.processes

STARTS = """
import builtins, linecache, sys, types
import agent_app.__main__ as program

def run(_options):
    ours = [name for name in linecache.cache if "agent_app" in name or "/ui/" in name]
    print("PySide6.QtWidgets" in sys.modules, len(ours), builtins.__import__ is plain, flush=True)
    return 0

plain = builtins.__import__
sys.modules["stand_in"] = types.SimpleNamespace(run=run)
program.COMMANDS[""] = "stand_in"
program.main([])
"""


def test_a_start_does_not_read_the_source_of_what_it_imports() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", STARTS], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.stdout == "True 0 True\n", ended.stderr
