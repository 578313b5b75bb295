"""Colours of the screen and how they reach Qt: one palette, one style sheet (step ⑤).

Colours and spacing stand here and in ``resources/styles`` only. A widget never names a colour: it
sets a dynamic property (``set_style_state``), the style sheet decides. ``desk.qss`` names colours
as ``@token``; the tokens are the fields of ``Colours``.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.resources import files

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from agent_app.domain.agent_state import AgentState


class ThemeChoice(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Colours:
    """One look. ``x_soft`` is the background on which ``x`` is readable as text."""

    window: str  # behind the panels
    surface: str  # panels, bars, lists
    raised: str  # hover, headers, unselected tabs
    field: str  # where one types
    text: str
    muted: str  # second in rank, still readable
    border: str  # between areas
    outline: str  # around controls
    accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    ready: str
    ready_soft: str
    talking: str
    talking_soft: str
    attention: str  # ringing, wrap-up, warnings
    attention_soft: str
    fault: str  # not ready, break, faults
    fault_soft: str
    neutral: str  # signed out
    neutral_soft: str
    practice: str
    practice_soft: str
    practice_stripe: str
    on_fill: str  # text on a filled ready/fault button


LIGHT = Colours(
    window="#eef1f5", surface="#ffffff", raised="#f4f6f9", field="#ffffff",
    text="#1b2330", muted="#556070", border="#d8dee6", outline="#8a95a4",
    accent="#2457b8", accent_hover="#1c4798", accent_text="#ffffff", accent_soft="#e3ecfb",
    ready="#17703a", ready_soft="#e2f3e8", talking="#2457b8", talking_soft="#e3ecfb",
    attention="#855400", attention_soft="#fdf1d6", fault="#b0251d", fault_soft="#fbe7e5",
    neutral="#556070", neutral_soft="#e9ecf0", practice="#65399b", practice_soft="#f1e9fa",
    practice_stripe="#e2d3f3", on_fill="#ffffff",
)  # fmt: skip

DARK = Colours(
    window="#14181e", surface="#1d222a", raised="#272d37", field="#161a20",
    text="#e6eaf0", muted="#a5afbd", border="#343c48", outline="#6b7686",
    accent="#86b3ff", accent_hover="#a5c7ff", accent_text="#0f1724", accent_soft="#22334f",
    ready="#74d192", ready_soft="#1b3325", talking="#86b3ff", talking_soft="#22334f",
    attention="#f0bd5e", attention_soft="#3a2f17", fault="#ff9d95", fault_soft="#452524",
    neutral="#aeb8c5", neutral_soft="#2a313b", practice="#cbaaf6", practice_soft="#30264a",
    practice_stripe="#3d3060", on_fill="#10151c",
)  # fmt: skip

_TOKEN = re.compile(r"@([a-z_]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def style_sheet(colours: Colours) -> str:
    """``desk.qss`` with its tokens filled in; KeyError names a token that does not exist."""
    values = asdict(colours)
    text = files("resources").joinpath("styles", "desk.qss").read_text(encoding="utf-8")
    return _TOKEN.sub(lambda match: str(values[match[1]]), _COMMENT.sub("", text))


def palette(colours: Colours) -> QPalette:
    """The same colours for what Fusion paints without asking the style sheet."""
    result = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.field,
        QPalette.ColorRole.AlternateBase: colours.raised,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.BrightText: colours.on_fill,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.accent_text,
        QPalette.ColorRole.ToolTipBase: colours.surface,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.LinkVisited: colours.accent,
        QPalette.ColorRole.Light: colours.raised,
        QPalette.ColorRole.Mid: colours.border,
        QPalette.ColorRole.Dark: colours.outline,
    }
    for role, colour in roles.items():
        result.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text,
                 QPalette.ColorRole.ButtonText):  # fmt: skip
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.outline))
    return result


class Theme(QObject):
    """Which look the application wears, and the switch.

    Signals:
        changed: after the new look is applied (the new Colours).
    """

    changed = Signal(object)

    def __init__(self, application: QApplication, choice: ThemeChoice) -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        self._colours: Colours | None = None
        application.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._apply()

    @property
    def choice(self) -> ThemeChoice:
        return self._choice

    @property
    def colours(self) -> Colours:
        return self._colours or LIGHT

    def choose(self, choice: ThemeChoice) -> None:
        self._choice = choice
        self._apply()

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        self._apply()

    def _apply(self) -> None:
        dark = self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        if self._choice is not ThemeChoice.SYSTEM:
            dark = self._choice is ThemeChoice.DARK
        colours = DARK if dark else LIGHT
        if colours is self._colours:
            return
        self._colours = colours
        self._wear(palette(colours), style_sheet(colours))
        self.changed.emit(colours)

    def _wear(self, look: QPalette, sheet: str) -> None:
        """What the application wears already is left alone: Qt would look at every widget again."""
        if self._application.palette() != look:
            self._application.setPalette(look)
        if self._application.styleSheet() != sheet:
            self._application.setStyleSheet(sheet)


def set_style_state(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a dynamic property the style sheet selects by, and let the sheet look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def state_colour(colours: Colours, state: AgentState) -> QColor:
    """The colour of a state for what the style sheet cannot reach (the icon of a tab)."""
    match state:
        case AgentState.READY:
            return QColor(colours.ready)
        case AgentState.TALKING | AgentState.ON_HOLD:
            return QColor(colours.talking)
        case AgentState.RINGING | AgentState.WRAP_UP:
            return QColor(colours.attention)
        case AgentState.NOT_READY | AgentState.BREAK:
            return QColor(colours.fault)
        case AgentState.PRACTICE:
            return QColor(colours.practice)
        case AgentState.STUDY | AgentState.SIGNED_OUT:
            return QColor(colours.neutral)
