"""The look at the end of the suite sees what it is there for, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.tokens import Identity
from tests.faults.logs_of_suite import finds_in_logs
from tests.server.running import PASSWORD


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """Gone afterwards, or the look at the end of the suite would find what is planted here."""
    yield tmp_path
    shutil.rmtree(tmp_path)


TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhMSIsInNpZCI6InMxIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ"


@pytest.mark.parametrize(
    ("name", "words", "what"),
    [
        ("desk.log", "call from 13957108642 answered", "mobile number"),
        ("desk.log.3", "+8613957108642", "mobile number"),
        ("server.log", f"Bearer {TOKEN}", "token"),
        ("crash-20260302T100000-1.txt", "ValueError: 330106198407123915", "ID number"),
        ("fault.txt", f"sign_in({PASSWORD!r})", "password"),
    ],
)
def test_what_a_log_must_not_hold_is_found(place: Path, name: str, words: str, what: str) -> None:
    (place / "seat").mkdir()
    (place / "seat" / name).write_text(f"a line\n{words}\n", encoding="utf-8")
    assert [(one.path.name, one.what) for one in finds_in_logs(place)] == [(name, what)]


def test_times_ids_and_redacted_words_are_no_finds(tmp_path: Path) -> None:
    lines = [
        "2026-03-02T10:00:00.123456Z 01a201e1-e870-7c9d-8869-29e538fa2c8f: saved",
        "[number] [secret] 0x7f969d7fa6c0 13.957.108",
        repr(Identity("a1", "s", "agent", 1_800_000_000)),
    ]
    (tmp_path / "desk.log").write_text("\n".join(lines), encoding="utf-8")
    assert list(finds_in_logs(tmp_path)) == []
