"""Puts a seat on the screen (step ⑤)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSettings

from agent_app.desk.seat import Seat
from agent_app.runtime.profile import Profile
from agent_app.settings import SettingsError
from ui.application import DeskApplication
from ui.keys import KeyMap, KeyMapError
from ui.window.desk_window import DeskWindow


def key_map(wishes: Mapping[str, str]) -> KeyMap:
    """The keys with the settings' wishes in it. Raises SettingsError with a sentence to show."""
    try:
        return KeyMap().remapped(wishes)
    except KeyMapError as error:
        raise SettingsError(f"[keys] in the settings: {error}") from error


def open_window(
    application: DeskApplication, seat: Seat, profile: Profile, keys: KeyMap
) -> DeskWindow:
    """The desk's window, where it stood last time; not shown yet."""
    return DeskWindow(
        seat,
        theme=application.theme,
        languages=application.languages,
        keys=keys,
        memory=QSettings(str(profile.window_file), QSettings.Format.IniFormat),
    )
