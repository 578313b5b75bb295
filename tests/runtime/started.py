"""A start of the program in a process of its own, up to the command, which is another one."""

from __future__ import annotations

import subprocess
import sys
import textwrap

_PROGRAM = """
import builtins, importlib, linecache, sys, types
import agent_app.__main__ as program
plain = builtins.__import__

def run(_options):
{lines}
    sys.stdout.flush()
    return 0

sys.modules["stand_in"] = types.SimpleNamespace(run=run)
program.COMMANDS[""] = "stand_in"
program.main([])
"""


def said_by_a_start(lines: str) -> str:
    """What ``lines`` print where the desk's command would begin."""
    program = _PROGRAM.format(lines=textwrap.indent(textwrap.dedent(lines), "    "))
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout
