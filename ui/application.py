"""The QApplication of the desk: style, font, language and look, set once before any widget."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from PySide6.QtCore import QDir
from PySide6.QtGui import QFont, QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from ui.icons import icon
from ui.language import Language, Languages
from ui.resting_cursor import RestingCursor
from ui.theme import Theme, ThemeChoice

BODY_PX = 13
FAMILIES = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei UI",
            "PingFang SC", "WenQuanYi Micro Hei")  # fmt: skip
"""Fonts with Chinese in its mainland forms, best first; else the system's own."""


class DeskApplication(QApplication):
    """A QApplication that carries its look and its language; both live as long as it does."""

    def __init__(self, argv: Sequence[str], *, language: Language, theme: ThemeChoice) -> None:
        super().__init__(list(argv))
        self.setApplicationName("zuoxi")
        self.setDesktopFileName("zuoxi")
        self.setQuitOnLastWindowClosed(False)
        self.setStyle("Fusion")
        QDir.addSearchPath("icons", str(files("resources").joinpath("icons")))
        self.setFont(body_font())
        self.languages = Languages(self, language)
        self.theme = Theme(self, theme)
        self.cursor_rest = RestingCursor(self)
        self.setWindowIcon(self.icon())

    def icon(self) -> QIcon:
        return icon("app", self.palette().highlight().color(), size=64)


def body_font() -> QFont:
    """13 px with tabular digits, so that no timer moves its neighbours."""
    installed = set(QFontDatabase.families())
    font = QFont(QApplication.font())
    chosen = [family for family in FAMILIES if family in installed]
    if chosen:
        font.setFamilies([*chosen[:1], *font.families()])
    font.setPixelSize(BODY_PX)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def create_application(
    argv: Sequence[str],
    language: Language = Language.CHINESE,
    theme: ThemeChoice = ThemeChoice.SYSTEM,
) -> DeskApplication:
    """The application object; call it once, before any widget is made."""
    return DeskApplication(argv, language=language, theme=theme)
