from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_app.runtime import logs
from agent_app.runtime.logs import FILES, RedactingFormatter, redact, start_logging

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"


@pytest.fixture(autouse=True)
def _own_root() -> Iterator[None]:
    root = logging.getLogger()
    before, level, raises = list(root.handlers), root.level, logging.raiseExceptions
    yield
    for handler in root.handlers[:]:
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)
    logging.raiseExceptions = raises


@pytest.mark.parametrize(
    "text",
    [
        "13800138000", "+8613800138000", "138 0013 8000", "138-0013-8000", "0571-87654321",
        "(0571) 87654321", "sip:13800138000@exchange", "１３８００１３８０００",
        "tel:+86.138.0013.8000",
    ],
)  # fmt: skip
def test_phone_numbers_do_not_reach_a_log(text: str) -> None:
    shown = redact(f"call from {text} answered")
    assert "[number]" in shown
    assert not any(piece in shown for piece in ("8000", "7654", "８０００"))


@pytest.mark.parametrize(
    "text",
    [
        JWT, f"Authorization: Bearer {JWT}", "Bearer abc", "password=hunter2", '"token": "hunter2"',
        "secret=hunter2", "k3yA" * 10,
    ],
)  # fmt: skip
def test_tokens_and_passwords_do_not_reach_a_log(text: str) -> None:
    shown = redact(f"sent {text} to the server")
    assert "[secret]" in shown
    for part in ("hunter2", JWT, "k3yA", "abc"):
        assert part not in shown


@pytest.mark.parametrize(
    "text",
    [
        "01934567-1234-7abc-8def-0123456789ab answered after 3 s",
        "at 2026-11-21T08:00:00Z and 2026-11-21 08:00:00.123",
        "120 rows, port 5060, line 3-17, <Task at 0x7f0012345678>",
        "agent_app.desk.summaries.test_unknown_caller_offers_new_customer",
        "12366 is the tax line, 110 the police",
    ],
)
def test_ids_times_and_small_numbers_stay_readable(text: str) -> None:
    assert redact(text) == text


def test_an_exception_is_redacted_with_its_message() -> None:
    formatter = RedactingFormatter("%(message)s")
    try:
        int("13800138000x")
    except ValueError as error:
        record = logging.LogRecord(
            "n", logging.ERROR, "f", 1, "%s failed", ("13800138000",),
            (type(error), error, error.__traceback__), sinfo="Stack: 13800138000",
        )  # fmt: skip
    text = formatter.format(record)
    assert "ValueError" in text
    assert "13800138000" not in text


def test_everything_goes_to_the_file_and_warnings_to_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start_logging(tmp_path)
    logging.getLogger("agent_app.test").info("registered as %s", "13800138000")
    logging.getLogger("agent_app.test").debug("unseen")
    logging.getLogger("agent_app.test").warning("sound lost")
    text = (tmp_path / "desk.log").read_text(encoding="utf-8")
    assert "registered as [number]" in text
    assert "unseen" not in text
    assert text.startswith("20"), "the time in front is not redacted"
    shown = capsys.readouterr().err
    assert "sound lost" in shown
    assert "registered" not in shown


def test_the_files_together_stay_within_five_times_their_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "FILE_BYTES", 10_000)
    start_logging(tmp_path)
    logger = logging.getLogger("agent_app.test")
    for _ in range(70):
        logger.info("x " * 500)
    files = list(tmp_path.glob("desk.log*"))
    assert len(files) == FILES
    assert sum(file.stat().st_size for file in files) <= FILES * 10_000


def test_without_a_terminal_only_the_file_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr", None)
    start_logging(tmp_path)
    logging.getLogger("agent_app.test").warning("sound lost")
    assert "sound lost" in (tmp_path / "desk.log").read_text(encoding="utf-8")
