from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_app.runtime.crash import KEPT, Crash, CrashHandler

SECRET = "王小明 13800138000"


class StoppedClock:
    def now(self) -> datetime:
        return datetime(2026, 11, 21, 8, 0, tzinfo=UTC)

    def monotonic_s(self) -> float:
        return 0.0


@pytest.fixture
def crashes() -> list[Crash]:
    return []


@pytest.fixture
def handler(tmp_path: Path, crashes: list[Crash]) -> Iterator[CrashHandler]:
    hooks = sys.excepthook, threading.excepthook
    made = CrashHandler(tmp_path, version="0.1.0", clock=StoppedClock(), on_crash=crashes.append)
    yield made
    made.remove()
    sys.excepthook, threading.excepthook = hooks


def look_up(names: dict[str, str]) -> str:
    try:
        return names[SECRET]
    except KeyError as error:
        raise OSError(28, SECRET) from error


def failing() -> Exception:
    with pytest.raises(OSError, match="1380") as raised:
        look_up({})
    return raised.value


def test_a_crash_file_says_where_and_which_version_but_not_who(
    handler: CrashHandler, crashes: list[Crash]
) -> None:
    crash = handler.report(failing())
    assert crash.file is not None
    text = crash.file.read_text(encoding="utf-8")
    assert text.startswith("zuoxi 0.1.0, Python 3.")
    assert "builtins.OSError 28" in text
    assert "builtins.KeyError" in text
    assert "in look_up" in text
    assert "王" not in text
    assert "1380" not in text
    assert crashes == [crash]
    assert (crash.kind, crash.at.year) == ("OSError", 2026)


def test_an_exception_that_is_its_own_cause_ends() -> None:
    error = ValueError()
    error.__context__ = TypeError()
    error.__context__.__context__ = error
    text = CrashHandler(
        Path(), version="0", clock=StoppedClock(), on_crash=lambda _: None
    )._describe(error, StoppedClock().now())
    assert text.count("builtins.ValueError") == 1


def test_a_disk_that_refuses_the_file_still_leads_to_the_notice(
    tmp_path: Path, crashes: list[Crash]
) -> None:
    handler = CrashHandler(
        tmp_path / "gone", version="0.1.0", clock=StoppedClock(), on_crash=crashes.append
    )
    handler.report(ValueError())
    assert [crash.file for crash in crashes] == [None]


def test_a_fault_that_repeats_does_not_fill_the_disk(handler: CrashHandler, tmp_path: Path) -> None:
    for _ in range(KEPT + 5):
        handler.report(ValueError())
    assert len(list(tmp_path.glob("crash-*.txt"))) == KEPT


def test_a_thread_that_fails_is_reported(handler: CrashHandler, crashes: list[Crash]) -> None:
    handler.install()

    def work() -> None:
        raise ZeroDivisionError

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(10)
    assert [crash.kind for crash in crashes] == ["ZeroDivisionError"]


def test_ctrl_c_is_no_crash(
    handler: CrashHandler, crashes: list[Crash], capsys: pytest.CaptureFixture[str]
) -> None:
    handler.install()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    sys.excepthook(ValueError, ValueError(), None)
    assert [crash.kind for crash in crashes] == ["ValueError"]
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_the_loops_complaints_become_crashes_or_log_lines(
    handler: CrashHandler, crashes: list[Crash], caplog: pytest.LogCaptureFixture
) -> None:
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        handler.handle_loop(loop, {"message": "m", "exception": ValueError()})
        handler.handle_loop(loop, {"message": "something smells"})
    assert [crash.kind for crash in crashes] == ["ValueError"]
    assert "something smells" in caplog.text


@pytest.mark.processes
def test_a_fault_in_c_leaves_its_stack(tmp_path: Path) -> None:
    script = (
        "import ctypes, sys; from pathlib import Path;"
        "from agent_app.runtime.clock import SystemClock;"
        "from agent_app.runtime.crash import CrashHandler;"
        "CrashHandler(Path(sys.argv[1]), version='0', clock=SystemClock(),"
        " on_crash=lambda c: None).install();"
        "ctypes.string_at(0)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert done.returncode < 0
    assert "Segmentation fault" in (tmp_path / "fault.txt").read_text(encoding="utf-8")


@pytest.mark.processes
def test_an_uncaught_exception_of_a_program_leaves_a_file_and_no_message(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from agent_app.runtime.clock import SystemClock;"
        "from agent_app.runtime.crash import CrashHandler;"
        "CrashHandler(Path(sys.argv[1]), version='0', clock=SystemClock(),"
        " on_crash=lambda c: None).install();"
        f"int({SECRET!r})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], check=False, capture_output=True
    )
    assert done.returncode == 1
    (file,) = tmp_path.glob("crash-*.txt")
    assert "builtins.ValueError" in file.read_text(encoding="utf-8")
    assert b"1380" not in done.stderr
