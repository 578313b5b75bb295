"""Practice scenarios are data; a bad file is named in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent_app.desk.scenarios import ScenarioError, load_scenarios

SHIPPED = Path(__file__).parents[2] / "resources" / "practice"


def write(folder: Path, name: str, **changes: object) -> None:
    data: dict[str, object] = {
        "id": name,
        "order": 1,
        "title": "标题",
        "title_en": "Title",
        "level": 1,
        "caller": {"name": "张伟", "number": "+8613800138000"},
        "queue": "咨询",
        "menu_path": "2-1",
        "dialled": "12366",
        "waited_s": 3,
        "turns": [{"say": "你好", "file": "voices/1.wav", "pause_s": 2}],
        "answer_articles": ["K0001"],
        "category": "01.01",
    }
    data |= changes
    data = {key: value for key, value in data.items() if value is not ...}
    (folder / "scenarios").mkdir(exist_ok=True)
    (folder / "voices").mkdir(exist_ok=True)
    (folder / "voices" / "1.wav").touch()
    path = folder / "scenarios" / f"{name}.json"
    path.write_text(json.dumps(data), "utf-8")


def test_the_shipped_scenarios_load_in_their_order() -> None:
    scenarios = load_scenarios(SHIPPED)
    assert len(scenarios) >= 6
    assert [s.order for s in scenarios] == sorted(s.order for s in scenarios)
    assert all(turn.recording.is_file() for s in scenarios for turn in s.turns)


def test_scenarios_come_in_their_order(tmp_path: Path) -> None:
    write(tmp_path, "a", order=2)
    write(tmp_path, "b", order=1)
    assert [s.scenario_id for s in load_scenarios(tmp_path)] == ["b", "a"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"queue": ...}, "lacks 'queue'"),
        ({"waited_s": "soon"}, "is not a scenario"),
        ({"turns": 7}, "is not a scenario"),
        ({"turns": [{"say": "", "file": "voices/none.wav", "pause_s": 1}]}, "none.wav"),
    ],
)
def test_a_bad_scenario_is_named(tmp_path: Path, changes: dict[str, object], words: str) -> None:
    write(tmp_path, "bad", **changes)
    with pytest.raises(ScenarioError, match=rf"bad\.json .*{words}"):
        load_scenarios(tmp_path)


def test_a_scenario_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "broken.json").write_text("{", "utf-8")
    with pytest.raises(ScenarioError, match=r"broken\.json is not a scenario"):
        load_scenarios(tmp_path)


def test_a_scenario_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "scenarios" / "folder.json").mkdir(parents=True)
    with pytest.raises(ScenarioError, match=r"folder\.json cannot be read"):
        load_scenarios(tmp_path)
