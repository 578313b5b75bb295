"""What every test may lean on: one application with the desk's own look, in English."""

from __future__ import annotations

import gc
import os
import secrets
import signal
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

import pytest

# Without a screen (a single test run by hand) Qt paints into memory; the suite has a real screen.
if not {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"} & set(os.environ):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from tests.faults.logs_of_suite import finds_in_logs
from tests.left_running import stop_what_is_left
from tests.slow import is_slow
from ui.application import DeskApplication, create_application
from ui.language import Language
from ui.theme import ThemeChoice

TESTS = Path(__file__).parent
GARBAGE_LIMIT = 50_000
WHOLE_COLLECTIONS = 20  # every so manieth looks at everything, which takes half a second

# One seed for the whole run: workers inherit it, the head of the report says it.
os.environ.setdefault("ZUOXI_SHIFT_SEED", str(secrets.randbelow(1_000_000)))


def pytest_report_header() -> str:
    return f"ZUOXI_SHIFT_SEED={os.environ['ZUOXI_SHIFT_SEED']}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        module = item.path.relative_to(TESTS).as_posix()
        if isinstance(item, pytest.Function) and is_slow(item, module):
            item.add_marker(pytest.mark.slow)


def pytest_configure() -> None:
    """Started with & from a script, all our children would be deaf to Ctrl-C too."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_sessionstart() -> None:
    """Cyclic garbage dies in this thread only, as on the desk: see agent_app.runtime.garbage."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What was imported stays; collecting need not look at it again, a second each time."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What the suite's own desks and servers wrote is looked through once, by who started them."""
    if hasattr(session.config, "workerinput") or not hasattr(session.config, "_tmp_path_factory"):
        return
    place = session.config._tmp_path_factory.getbasetemp()
    if finds := list(finds_in_logs(place)):
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        assert reporter is not None
        for find in finds:
            reporter.write_line(f"{find.what} in the clear: {find.path}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> Generator[None, object, object]:
    if call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception):
        stop_what_is_left()
    return (yield)


def pytest_runtest_logfinish() -> None:
    gc.disable()  # whatever the test left: a window must not die in the thread of xdist
    new, young, _ = gc.get_count()
    if new > GARBAGE_LIMIT:
        gc.collect(2 if young >= WHOLE_COLLECTIONS else 0)


@pytest.fixture(scope="session")
def qapp_cls() -> Callable[[Sequence[str]], DeskApplication]:
    """pytest-qt makes its one application with this."""

    def make(arguments: Sequence[str]) -> DeskApplication:
        return create_application(arguments, Language.ENGLISH, ThemeChoice.LIGHT)

    return make
