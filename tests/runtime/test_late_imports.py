"""What a shift may never want is not read from the disk by a start (step ⑤)."""

from __future__ import annotations

import pytest

from agent_app.runtime.late_imports import LATE
from tests.runtime.started import said_by_a_start

pytestmark = pytest.mark.processes

READ = """
importlib.import_module("agent_app.wiring.duty_session")
late = importlib.import_module("agent_app.runtime.late_imports").LATE
modules = {name: sys.modules[name] for name in sorted(late)}
print([name for name, one in modules.items() if type(one).__name__ != "_LazyModule"])
print("cryptography" in sys.modules, "keyring" in sys.modules)
print([name for name, one in modules.items() if not one.__file__])
print([name for name, one in modules.items() if type(one) is not types.ModuleType])
"""


def test_a_start_reads_no_page_window_or_form_that_nobody_asked_for() -> None:
    """And each is read when it is used."""
    assert LATE
    assert said_by_a_start(READ) == "[]\nFalse False\n[]\n[]\n"
