from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from agent_app.domain.agent_state import AgentState
from ui.theme import (
    DARK,
    LIGHT,
    Colours,
    Theme,
    ThemeChoice,
    set_style_state,
    state_colour,
    style_sheet,
)

READABLE = 4.5
VISIBLE = 3.0

TEXT_ON_GROUND = [
    *((ink, ground) for ink in ("text", "muted") for ground in ("window", "surface", "raised",
                                                                 "field")),
    *((ink, ground) for ink in ("accent", "ready", "talking", "attention", "fault", "neutral",
                                "practice") for ground in ("surface", f"{ink}_soft")),
    ("text", "accent_soft"), ("accent_text", "accent"), ("accent_text", "accent_hover"),
    ("practice", "practice_stripe"), ("practice_soft", "practice"),
    ("on_fill", "ready"), ("on_fill", "fault"),
]  # fmt: skip


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1.4.3."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON_GROUND)
def test_text_is_readable_on_its_ground(look: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(look, ink), getattr(look, ground)) >= READABLE


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_the_outline_of_a_control_is_visible(look: Colours) -> None:
    assert contrast(look.outline, look.surface) >= VISIBLE
    assert contrast(look.outline, look.field) >= VISIBLE


def test_the_sheet_uses_every_colour_but_no_other() -> None:
    text = Path("resources/styles/desk.qss").read_text("utf-8")
    sheet = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-fA-F]{6}\b", sheet)
    known = {field.name for field in fields(Colours)}
    assert set(re.findall(r"@([a-z_]+)", sheet)) == known - {"practice_stripe"}
    assert "@" not in style_sheet(LIGHT)


@pytest.mark.parametrize("state", list(AgentState))
def test_every_state_has_a_colour_and_a_shape_of_its_own(state: AgentState) -> None:
    assert state_colour(LIGHT, state).isValid()
    shapes = {Path(f"resources/icons/state-{other}.svg").read_text("utf-8") for other in AgentState}
    assert len(shapes) == len(AgentState)


def test_switching_the_theme_changes_palette_and_sheet(qapp: QApplication, theme: Theme) -> None:
    seen: list[object] = []
    theme.changed.connect(seen.append)
    theme.choose(ThemeChoice.DARK)
    assert seen == [DARK]
    assert theme.choice is ThemeChoice.DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert DARK.surface in qapp.styleSheet()
    theme.choose(ThemeChoice.DARK)
    assert seen == [DARK]


def test_a_look_that_is_worn_already_is_not_put_on_again(
    qapp: QApplication, theme: Theme, qtbot: QtBot
) -> None:
    seen: list[QEvent.Type] = []

    class Watched(QLabel):
        def event(self, event: QEvent) -> bool:
            seen.append(event.type())
            return super().event(event)

    label = Watched("12366")
    qtbot.addWidget(label)
    label.ensurePolished()
    seen.clear()
    again = Theme(qapp, theme.choice)
    assert QEvent.Type.StyleChange not in seen
    again.choose(ThemeChoice.DARK)
    assert QEvent.Type.StyleChange in seen
    again.deleteLater()


def test_the_theme_follows_the_system_only_when_asked(qapp: QApplication, theme: Theme) -> None:
    hints = qapp.styleHints()
    hints.setColorScheme(Qt.ColorScheme.Dark)
    assert theme.colours is LIGHT
    theme.choose(ThemeChoice.SYSTEM)
    system_is_dark = hints.colorScheme() is Qt.ColorScheme.Dark
    assert theme.colours is (DARK if system_is_dark else LIGHT)
    hints.unsetColorScheme()


def test_a_state_reaches_the_widget_as_colour(qapp: QApplication, theme: Theme) -> None:
    label = QLabel("空闲")
    label.ensurePolished()
    set_style_state(label, "state", "ready")
    assert label.palette().color(label.foregroundRole()) == QColor(LIGHT.ready)
    set_style_state(label, "state", "not-ready")
    assert label.palette().color(label.foregroundRole()) == QColor(LIGHT.fault)
