from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ui.icons import ButtonIcon, SvgMark, icon, icon_for
from ui.theme import DARK, LIGHT, Theme, ThemeChoice, set_style_state

FILES = sorted(Path("resources/icons").glob("*.svg"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_icon_can_be_drawn(qapp: QApplication, path: Path) -> None:
    assert QSvgRenderer(str(path)).isValid()
    assert 'viewBox="0 0 24 24"' in path.read_text("utf-8")


def inks(image: QImage) -> set[str]:
    """The colours drawn at full strength."""
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_a_buttons_icon_follows_the_colour_of_its_words(qtbot: QtBot, theme: Theme) -> None:
    button = QPushButton("Answer")
    qtbot.addWidget(button)
    icon_for(button, "state-ready")
    button.show()
    size = QSize(18, 18)
    assert LIGHT.text in inks(button.icon().pixmap(size).toImage())
    theme.choose(ThemeChoice.DARK)
    assert DARK.text in inks(button.icon().pixmap(size).toImage())


def test_a_mark_is_painted_in_the_colour_of_its_state(qtbot: QtBot, theme: Theme) -> None:
    mark = SvgMark("state-ready", size=16)
    qtbot.addWidget(mark)
    set_style_state(mark, "state", "ready")
    mark.show()
    assert QColor(LIGHT.ready).name() in inks(mark.grab().toImage())


def test_an_icon_that_is_not_there_is_a_fault(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", QColor("red"))


def test_an_icon_that_python_took_apart_does_nothing_any_more(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    shown = ButtonIcon(button, "menu")
    shown.__dict__.clear()
    QCoreApplication.sendEvent(button, QEvent(QEvent.Type.PaletteChange))
    assert not shown.__dict__
