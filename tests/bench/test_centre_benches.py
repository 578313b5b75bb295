"""The benches of the centre run to their end at tiny sizes; no figure is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.test_benches import sheet
from tests.server.postgresql import binaries

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(binaries() is None, reason="PostgreSQL is not installed"),
]


def test_a_crowd_of_seats_has_every_change_however_it_is_told(tmp_path: Path) -> None:
    results = sheet("seats", tmp_path, tmp_path / "cache")
    for one in results["runs"].values():
        assert one["not_there"] == 0
        assert one["told_ms"]["n"] > 0
    assert results["runs"]["numbers, some ask"]["fetched_ms"]["n"] > 0


def test_writers_are_timed_beside_bare_inserts_and_leave_no_gap(tmp_path: Path) -> None:
    results = sheet("writes", tmp_path, tmp_path / "cache")
    assert results["gaps"] == 0
    for one in results["writers"].values():
        assert one["operations"]["ms"]["n"] > 0
        assert one["bare_inserts"]["ms"]["n"] > 0
