"""What the settings can be opened at."""

from __future__ import annotations

from enum import StrEnum


class PageName(StrEnum):
    PHONE = "phone"
    SOUND = "sound"
    DIALLING = "dialling"
    KEYS = "keys"
    LOOK = "look"
