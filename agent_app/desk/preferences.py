"""What the agent and the site chose, changed while the desk runs: in force, then on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from agent_app.runtime.tasks import Tasks
from agent_app.settings import (
    AccountSettings,
    CallSettings,
    DiallingSettings,
    Settings,
    SettingsError,
    SoundSettings,
    UiSettings,
)

Section = AccountSettings | SoundSettings | CallSettings | DiallingSettings | UiSettings
"""What can be changed from the screen; the rest is the site's."""

_NAMES: Mapping[type[Section], str] = {
    AccountSettings: "account",
    SoundSettings: "sound",
    CallSettings: "call",
    DiallingSettings: "dialling",
    UiSettings: "ui",
}


class Preferences(QObject):
    """The settings as they are now. GUI thread; returns at once, the disk is written behind.

    Signals:
        changed: Settings.
        fault: str, the file could not be written; the choice holds until the desk ends.
    """

    changed = Signal(object)
    fault = Signal(str)

    def __init__(
        self,
        *,
        settings: Settings,
        save: Callable[[str, object], object],
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """``save`` writes a section by its name; it blocks and raises SettingsError."""
        super().__init__(parent)
        self._settings = settings
        self._save = save
        self._tasks = tasks
        self._writing = asyncio.Lock()

    @property
    def settings(self) -> Settings:
        return self._settings

    def put(self, section: Section) -> None:
        """Replace one section by another of its kind."""
        self._change(_NAMES[type(section)], section)

    def put_keys(self, wishes: Mapping[str, str]) -> None:
        """All keys that differ from the standard, by the action's name."""
        self._change("keys", dict(wishes))

    def _change(self, name: str, section: object) -> None:
        if getattr(self._settings, name) == section:
            return
        self._settings = replace(self._settings, **{name: section})  # type: ignore[arg-type]
        self.changed.emit(self._settings)
        self._tasks.spawn(self._write(name, section))

    async def _write(self, name: str, section: object) -> None:
        """One after the other, so that the last choice is the one that stays."""
        async with self._writing:
            try:
                await asyncio.to_thread(self._save, name, section)
            except SettingsError as error:
                self.fault.emit(str(error))
