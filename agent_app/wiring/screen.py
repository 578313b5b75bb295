"""Puts a seat on the screen (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from agent_app.desk.seat import Seat
from agent_app.runtime.profile import Profile
from ui.application import DeskApplication
from ui.keys import KeyMap
from ui.window.desk_window import DeskWindow


def open_window(application: DeskApplication, seat: Seat, profile: Profile) -> DeskWindow:
    """The desk's window, where it stood last time; not shown yet."""
    return DeskWindow(
        seat,
        theme=application.theme,
        languages=application.languages,
        keys=KeyMap(),
        memory=QSettings(str(profile.window_file), QSettings.Format.IniFormat),
    )
