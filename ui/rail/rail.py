"""The rail: a word and an icon for each page, the one that is shown marked (step ⑤)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.icons import icon_for
from ui.keys import PAGES, KeyMap
from ui.rail.spec import PageSpec

WIDTH_PX = 64
TALL_PX, LOW_PX = 56, 36
"""A button with its word, and without where the window is low."""
GAP_PX, SIDE_PX = 4, 1
SPEAKABLE = len(PAGES)
"""Pages that have a key."""


class Rail(QFrame):
    """One stop of the Tab key; the arrows go from page to page.

    Signals:
        chosen: the name of a page.
    """

    chosen = Signal(str)

    def __init__(self, pages: Sequence[PageSpec], keys: KeyMap,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Pages"))
        self.setFixedWidth(WIDTH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE_PX, GAP_PX, SIDE_PX, GAP_PX)
        column.setSpacing(GAP_PX)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # it becomes low
        for place, page in enumerate(pages):
            key = keys.text(PAGES[place]) if place < SPEAKABLE else ""
            button = self._button(page, key)
            self._buttons[page.name] = button
            self._group.addButton(button)
            column.addWidget(button)
        column.addStretch(1)
        self._group.buttonToggled.connect(self._on_toggled)
        self._fit(self.height())

    def _button(self, page: PageSpec, key: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"page-{page.name}-button")
        button.setProperty("kind", "page")
        button.setCheckable(True)
        button.setText(page.word)
        button.setAccessibleName(page.word)
        button.setAccessibleDescription(key)
        button.setToolTip(f"{page.word}  {key}".strip())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        icon_for(button, page.icon, size=20)
        return button

    def show_current(self, name: str) -> None:
        self._buttons[name].setChecked(True)

    def minimumSizeHint(self) -> QSize:
        return QSize(WIDTH_PX, self._height(LOW_PX))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, self._height(TALL_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().height())

    def _height(self, each: int) -> int:
        return len(self._buttons) * (each + GAP_PX) + GAP_PX

    def _fit(self, height: int) -> None:
        """In a low window the words go, the icons, tooltips and spoken names stay."""
        low = height < self._height(TALL_PX)
        style = Qt.ToolButtonStyle
        for button in self._buttons.values():
            button.setFixedHeight(LOW_PX if low else TALL_PX)
            button.setToolButtonStyle(
                style.ToolButtonIconOnly if low else style.ToolButtonTextUnderIcon
            )

    def _on_toggled(self, button: QAbstractButton, checked: bool) -> None:
        if checked:
            self.chosen.emit(next(n for n, known in self._buttons.items() if known is button))
