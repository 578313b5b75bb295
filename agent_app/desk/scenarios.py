"""Practice scenarios: who calls, through which queue, and what the caller says, turn by turn."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Turn:
    """What the caller says, before waiting until the agent was silent for ``pause_s``."""

    say: str
    recording: Path
    pause_s: float


@dataclass(frozen=True, slots=True)
class Scenario:
    """``number`` empty means the caller withholds it. ``answer_articles`` is what a good answer
    quotes; ``category`` where its summary belongs."""

    scenario_id: str
    order: int
    title: str
    title_en: str
    level: str
    caller_name: str
    number: str
    queue: str
    menu_path: str
    dialled: str
    waited_s: int
    turns: tuple[Turn, ...]
    answer_articles: tuple[str, ...]
    category: str


class ScenarioError(Exception):
    """A scenario file cannot be used; the message names the file and what is wrong with it."""


def load_scenarios(folder: Path) -> tuple[Scenario, ...]:
    """All scenarios of a folder (``scenarios/*.json`` and the recordings they name), in order.

    Raises ScenarioError for a file that cannot be read, lacks a field or names a missing recording.
    """
    paths = sorted((folder / "scenarios").glob("*.json"))
    return tuple(sorted((_load(path, folder) for path in paths), key=_place))


def _place(scenario: Scenario) -> tuple[int, str]:
    return scenario.order, scenario.scenario_id


def _load(path: Path, folder: Path) -> Scenario:
    try:
        data = json.loads(path.read_text("utf-8"))
        caller = data["caller"]
        scenario = Scenario(
            scenario_id=str(data["id"]),
            order=int(data["order"]),
            title=str(data["title"]),
            title_en=str(data["title_en"]),
            level=str(data["level"]),
            caller_name=str(caller["name"]),
            number=str(caller["number"]),
            queue=str(data["queue"]),
            menu_path=str(data["menu_path"]),
            dialled=str(data["dialled"]),
            waited_s=int(data["waited_s"]),
            turns=tuple(
                Turn(str(turn["say"]), folder / str(turn["file"]), float(turn["pause_s"]))
                for turn in data["turns"]
            ),
            answer_articles=tuple(str(article) for article in data["answer_articles"]),
            category=str(data["category"]),
        )
    except OSError as error:
        raise ScenarioError(f"{path.name} cannot be read: {error.strerror}") from error
    except (ValueError, TypeError) as error:
        raise ScenarioError(f"{path.name} is not a scenario: {error}") from error
    except KeyError as error:
        raise ScenarioError(f"{path.name} lacks {error}") from error
    for turn in scenario.turns:
        if not turn.recording.is_file():
            raise ScenarioError(f"{path.name} names {turn.recording.name}, which is not there")
    return scenario
