"""What a site and an agent may choose, kept in one TOML file.

Every choice has a default, so an empty file is a working seat. Nobody should have to guess why a
desk does not start, and nobody's comments are lost when the desk itself writes the file.
"""

from __future__ import annotations

from agent_app.settings.reader import SettingsError, load_settings
from agent_app.settings.sections import (
    AccountSettings,
    CallSettings,
    DiallingSettings,
    DialRuleSettings,
    HeaderSettings,
    LanguageSetting,
    NumberSettings,
    PracticeSettings,
    ServerSettings,
    Settings,
    SoundSettings,
    ThemeSetting,
    TransportSetting,
    UiSettings,
)
from agent_app.settings.writer import save_section

__all__ = [
    "AccountSettings",
    "CallSettings",
    "DialRuleSettings",
    "DiallingSettings",
    "HeaderSettings",
    "LanguageSetting",
    "NumberSettings",
    "PracticeSettings",
    "ServerSettings",
    "Settings",
    "SettingsError",
    "SoundSettings",
    "ThemeSetting",
    "TransportSetting",
    "UiSettings",
    "load_settings",
    "save_section",
]
