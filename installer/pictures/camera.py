"""Takes the whole private screen, in both looks, as an agent would see it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage

from ui.theme import Theme, ThemeChoice

SETTLE_S = 0.5
"""Layouts, fetched rows and the window manager's frames are there by then."""
LOOKS = (ThemeChoice.DARK, ThemeChoice.LIGHT)
"""The light one last: it stays for the next scene."""
SMALLEST_FILE = 0
"""Qt's scale of 0 to 100 is the reverse of zlib's 9 to 0."""


@dataclass(frozen=True, slots=True)
class Camera:
    """``language`` and the screen's size name the folder of a picture, the scene the file."""

    out: Path
    language: str
    theme: Theme

    async def shoot(self, scene: str) -> None:
        for look in LOOKS:
            self.theme.choose(look)
            await asyncio.sleep(SETTLE_S)
            self._keep(scene, look)

    def _keep(self, scene: str, look: ThemeChoice) -> None:
        screen = QGuiApplication.primaryScreen()
        picture = screen.grabWindow(0).toImage().convertToFormat(QImage.Format.Format_RGB888)
        size: QSize = picture.size()
        folder = self.out / f"{self.language}-{look.value}-{size.width()}x{size.height()}"
        folder.mkdir(parents=True, exist_ok=True)
        if not picture.save(str(folder / f"{scene}.png"), None, SMALLEST_FILE):
            raise OSError(f"{folder / scene}.png could not be written")
