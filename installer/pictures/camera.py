"""Takes the whole private screen, in both looks, as an agent would see it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

from installer.pictures.slim import save
from ui.theme import Theme, ThemeChoice

SETTLE_S = 0.5
"""Layouts, fetched rows and the window manager's frames are there by then."""
LOOKS = (ThemeChoice.DARK, ThemeChoice.LIGHT)
"""The light one last: it stays for the next scene."""


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
        picture = QGuiApplication.primaryScreen().grabWindow(0).toImage()
        size = f"{picture.width()}x{picture.height()}"
        opaque = picture.convertToFormat(QImage.Format.Format_RGB888)
        save(opaque, self.out / f"{self.language}-{look.value}-{size}" / f"{scene}.png")
