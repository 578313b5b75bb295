"""Who was signed in last is known before the server can be asked, or honestly not."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_app.runtime.identity import Identity, load_identity, save_identity

AGENT = Identity("agent-1001", "1001", "陈晓岚", "1001")


def test_an_identity_comes_back(tmp_path: Path) -> None:
    save_identity(tmp_path / "identity.json", AGENT)
    assert load_identity(tmp_path / "identity.json") == AGENT


def test_the_last_one_replaces_the_one_before(tmp_path: Path) -> None:
    save_identity(tmp_path / "identity.json", Identity("agent-1", "1", "甲", "1"))
    save_identity(tmp_path / "identity.json", AGENT)
    assert load_identity(tmp_path / "identity.json") == AGENT


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "{\"login\": \"1001\"}", "{\"agent_id\": 1}"],
)  # fmt: skip
def test_a_file_that_is_no_identity_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "identity.json").write_text(text, "utf-8")
    assert load_identity(tmp_path / "identity.json") is None


def test_a_file_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    (tmp_path / "identity.json").mkdir()
    assert load_identity(tmp_path / "identity.json") is None
    assert load_identity(tmp_path / "missing.json") is None


def test_a_place_that_cannot_be_written_costs_only_that(tmp_path: Path) -> None:
    save_identity(tmp_path / "missing" / "identity.json", AGENT)
    assert not (tmp_path / "missing").exists()
