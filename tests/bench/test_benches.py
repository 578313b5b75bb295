"""Every bench runs to its end at tiny sizes and hands in its figures; none is judged here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.__main__ import BENCHES
from tests.house.tree import ROOT

LIMIT_S = 240
ON_A_SCREEN = (sys.executable, "-m", "installer.screen", "--private", "--no-vnc", "--")


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def exchange_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def bench(*arguments: str, cache: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*ON_A_SCREEN, sys.executable, "-m", "bench", *arguments],
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )


def sheet(name: str, folder: Path, cache: Path) -> dict[str, Any]:
    done = bench(name, "--quick", "--out", str(folder), cache=cache)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads((folder / f"{name}.json").read_text("utf-8"))
    assert found["bench"] == name
    assert found["quick"] is True
    assert found["machine"]["processors"]
    assert str(folder / f"{name}.json") in done.stdout
    return found["results"]  # type: ignore[no-any-return]  # an object, as the next lines show


@pytest.mark.processes
def test_the_card_is_timed_from_the_invite_to_the_paint_also_during_a_first_sync(
    tmp_path: Path, cache: Path
) -> None:
    results = sheet("card", tmp_path, cache)
    few, many, busy = results["conditions"].values()
    assert [one["rows"]["customers"] for one in (few, many, busy)] == [200, 2_000, 2_000]
    assert [one["rows"]["interactions"] for one in (few, many)] == [1_000, 10_000]
    assert few["rows_copied_meanwhile"] == 0 < busy["rows_copied_meanwhile"]
    for one in (few, many, busy):
        stages = one["ms"]
        way = ["desk has the call", "card known", "card painted", "card settled"]
        medians = [stages[f"INVITE → {'the ' * (at == 0)}{step}"]["median"]
                   for at, step in enumerate(way)]  # fmt: skip
        assert medians == sorted(medians)
        assert stages["INVITE → 180 Ringing (the engine alone)"]["median"] > 0
        assert stages["bare SQLite: number → person, numbers, 20 calls"]["median"] > 0
    for name in ("painted_large_to_small", "painted_during_sync_to_idle", "store_to_bare_large"):
        assert results["ratios"][name]["median"] > 0


@pytest.mark.processes
def test_the_search_is_timed_at_every_kind_of_key(tmp_path: Path, cache: Path) -> None:
    results = sheet("search", tmp_path, cache)
    for one in results["sizes"].values():
        kinds = one["kinds"]
        assert set(kinds) == {"Chinese word", "initials", "pinyin", "one character"}
        assert all(kind["painted_ms"]["n"] and kind["fts_query_ms"]["n"] for kind in kinds.values())
        assert one["bare_window_painted_ms"]["n"]
        assert one["changed"]["meanwhile"]["found_ms"]["n"]


@pytest.mark.processes
def test_every_kind_of_question_is_asked_of_both_searches(tmp_path: Path, cache: Path) -> None:
    results = sheet("recall", tmp_path, cache)
    ours, theirs = (results["sizes"]["80"][name] for name in ("ours", "fts5"))
    assert ours.keys() == theirs.keys() > {"synonym", "question", "homophone", "initials", "mixed"}
    assert ours["all"]["n"] >= 300
    assert 0 < theirs["all"]["at_1"] <= theirs["all"]["at_5"] <= 1


@pytest.mark.processes
def test_looking_for_customers_is_timed_beside_like(tmp_path: Path, cache: Path) -> None:
    results = sheet("customers", tmp_path, cache)
    for times in results["sizes"].values():
        assert times["every key press of these"]["n"] > 40
        assert times["bare SQLite: the name by LIKE"]["n"] > 0


@pytest.mark.processes
def test_the_history_is_timed_at_every_kind_of_question(tmp_path: Path, cache: Path) -> None:
    results = sheet("history", tmp_path, cache)
    for one in results["sizes"].values():
        assert one["the newest page"]["n"] == one["bare SQLite: the same rows"]["n"] == 5
        assert one["what nobody said: to the oldest call"]["n"] == 1
    assert all(value > 0 for value in results["ratios"].values())


@pytest.mark.processes
def test_the_start_is_timed_beside_a_bare_window(tmp_path: Path, cache: Path) -> None:
    results = sheet("start", tmp_path, cache)
    assert results["second_start_ms"]["start → window painted"]["n"] == 1
    assert results["bare_window_ms"]["n"] == 1
    names = {one["name"] for one in results["idle_practice"]["processes"]}
    assert names == {"bench.practice_start", "sip.engine", "server"}
    assert len(results["imports"]["dearest_modules_ms"]) == 10


@pytest.mark.processes
def test_the_engine_is_timed_beside_cat(tmp_path: Path, cache: Path) -> None:
    results = sheet("engine", tmp_path, cache)
    assert results["start_ms"]["n"] == 1
    assert results["command_and_back_ms"]["n"] == results["cat_and_back_ms"]["n"] == 50
    assert set(results["processor_percent"]["engine"]) == {"idle", "in_call", "codec"}


@pytest.mark.processes
def test_the_first_sync_is_measured_beside_sqlite_and_pouchdb(tmp_path: Path, cache: Path) -> None:
    results = sheet("first_sync", tmp_path, cache)
    assert results["first_sync"]["rows"] == results["changes"] > results["customers"] == 2_000
    assert results["bare_sqlite"]["rows"] > results["customers"]
    assert results["ratios"]["bare_sqlite_to_ours"] > 0
    pouch = results["pouchdb"]
    assert "why" in pouch or pouch["documents"] == 200  # npm is not everywhere
    assert results["window"]["idle_ms"]["n"] > 50
    assert results["window"]["fetching_ms"]["n"] > 50


@pytest.mark.processes
def test_our_desk_is_measured_beside_another_phone(tmp_path: Path, cache: Path) -> None:
    results = sheet("phones", tmp_path, cache)
    assert set(results["phones"]) == {"zuoxi", "baresip", "linphone-desktop", "twinkle"}
    assert not results["phones"]["zuoxi"]["why"]
    for name, one in results["phones"].items():
        if one["why"]:  # not installed here, or too slow here
            continue
        assert one["ring_ms"]["n"] == 2
        # Linphone cannot be told to answer.
        assert one["answer_ms"].get("n") == (None if name == "linphone-desktop" else 2)
        assert one["mouth_ms"]["n"] >= 1
        assert one["ear_ms"]["n"] >= 1
    assert results["phones"]["zuoxi"]["holes_under_load"] is not None
    assert results["rig_alone_ms"]["n"] >= 1


@pytest.mark.processes
def test_a_short_soak_answers_and_saves_every_call(tmp_path: Path) -> None:
    """The exchange's own cache is used: it takes a minute to fill."""
    results = sheet("soak", tmp_path, exchange_cache())
    assert results["answered"] == results["calls"] == 6
    assert results["exit_codes"] == [0, 0]
    assert results["complaints"] == ["", ""]
    for desk in results["desks"]:
        assert desk["desk_handles"]["growth"] < 10
        assert desk["engine_handles"]["growth"] < 10


@pytest.mark.processes
def test_a_bench_that_cannot_run_ends_with_a_failure(tmp_path: Path, cache: Path) -> None:
    cache.joinpath("zuoxi-bench").write_text("a file where a folder is needed", "utf-8")
    done = bench("card", "--quick", "--out", str(tmp_path), cache=cache)
    assert done.returncode == 1
    assert "could not run: card" in done.stderr
    assert not list(tmp_path.glob("*.json"))


@pytest.mark.processes
def test_an_unknown_bench_is_named_beside_those_that_there_are(tmp_path: Path) -> None:
    done = bench("speed", cache=tmp_path)
    assert done.returncode == 2
    assert "no bench speed" in done.stderr
    assert all(name in done.stderr for name in BENCHES)
