"""Choices hold at once and reach the file in order; visitors reach the dial field, no more."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from agent_app.desk.door import Door, Visit
from agent_app.desk.preferences import Preferences
from agent_app.domain.links import LinkFault
from agent_app.runtime.tasks import Tasks
from agent_app.settings import (
    DiallingSettings,
    DialRuleSettings,
    Settings,
    SettingsError,
    SoundSettings,
    ThemeSetting,
    UiSettings,
    load_settings,
    save_section,
)
from tests.desk.rigs import run_with_tasks

RULES = DiallingSettings((DialRuleSettings(starts_with="+86", strip=3, prefix="9"),))


async def written(tasks: Tasks) -> None:
    async with asyncio.timeout(10):
        while True:
            if not len(tasks):
                return
            await asyncio.sleep(0.001)


def test_a_choice_holds_at_once_and_then_on_disk(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("# of the site\n[ui]\ntheme = 'dark'\n", "utf-8")

    async def story(tasks: Tasks) -> None:
        preferences = Preferences(
            settings=load_settings(file),
            save=lambda name, section: save_section(file, name, section),
            tasks=tasks,
        )
        told: list[Settings] = []
        preferences.changed.connect(told.append)
        preferences.put(SoundSettings(speakers=("耳机",)))
        preferences.put(RULES)
        preferences.put_keys({"hold": "Ctrl+H"})
        preferences.put(UiSettings(theme=ThemeSetting.LIGHT))
        preferences.put(replace(preferences.settings.call, wrap_up_s=30))
        preferences.put(replace(preferences.settings.call, wrap_up_s=30))
        assert len(told) == 5
        assert told[-1] == preferences.settings
        await written(tasks)
        assert load_settings(file) == preferences.settings
        assert file.read_text("utf-8").startswith("# of the site\n")

    run_with_tasks(story)


def test_the_last_choice_is_the_one_that_stays(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"

    async def story(tasks: Tasks) -> None:
        preferences = Preferences(
            settings=Settings(), save=lambda *what: save_section(file, *what), tasks=tasks
        )
        for volume in range(20):
            preferences.put(SoundSettings(ring_volume=volume))
        await written(tasks)
        assert load_settings(file).sound.ring_volume == 19

    run_with_tasks(story)


def test_a_file_that_cannot_be_written_is_told_and_the_choice_holds() -> None:
    def refuse(name: str, section: object) -> None:
        raise SettingsError("settings.toml cannot be written: the disk is full.")

    async def story(tasks: Tasks) -> None:
        preferences = Preferences(settings=Settings(), save=refuse, tasks=tasks)
        faults: list[str] = []
        preferences.fault.connect(faults.append)
        preferences.put(RULES)
        await written(tasks)
        assert faults == ["settings.toml cannot be written: the disk is full."]
        assert preferences.settings.dialling == RULES

    run_with_tasks(story)


@pytest.mark.parametrize(
    ("brought", "visit"),
    [
        ("", Visit()),
        ("  ", Visit()),
        ("tel:12366", Visit("12366")),
        ("138 0013 8000", Visit("13800138000")),
        ("tel:nobody", Visit(fault=LinkFault.NO_NUMBER)),
        ("1" * 9999, Visit(fault=LinkFault.TOO_LONG)),
    ],
)
def test_what_a_visitor_brings(brought: str, visit: Visit) -> None:
    door = Door()
    visits: list[Visit] = []
    door.visited.connect(visits.append)
    door.knock(brought)
    assert visits == [visit]
    assert door.take() == visit
    assert door.take() is None
