"""What a start reads and keeps of its own source, in a process of its own."""

from __future__ import annotations

import pytest

from tests.runtime.started import said_by_a_start

pytestmark = pytest.mark.processes

OURS = """
ours = [name for name in linecache.cache if "agent_app" in name or "/ui/" in name]
print("PySide6.QtWidgets" in sys.modules, len(ours), builtins.__import__ is plain)
"""


def test_a_start_does_not_read_the_source_of_what_it_imports() -> None:
    assert said_by_a_start(OURS) == "True 0 True\n"
