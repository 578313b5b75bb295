"""A list of rows that is chosen from by mouse or keyboard, and says what to do when empty."""

from __future__ import annotations

from PySide6.QtCore import Property, QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from ui.keys import is_plain_enter
from ui.rows.delegate import RowDelegate
from ui.rows.model import RowModel
from ui.rows.type import quiet_colour

USUAL_ROWS = 4
BORDER = 1
"""Pixels; the style sheet draws it, transparent until the list has the focus."""


class RowList(QListView):
    """Shows a RowModel.

    Signals:
        chosen: key of the row that was clicked or entered.
        hovered: whether the mouse is over the list.
    """

    chosen = Signal(str)
    hovered = Signal(bool)

    def __init__(
        self,
        model: RowModel,
        *,
        lines: int = 1,
        focusable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._focusable = focusable
        self._wanted_height = 0
        self._rows = model
        self._empty_text = ""
        self._delegate = RowDelegate(lines=lines, parent=self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._choose_index)
        model.modelReset.connect(self._on_reset)
        self._on_reset()
        self._wanted_height = self.height_of(USUAL_ROWS)

    def _badge_colour(self) -> QColor:
        return self._delegate.badge

    def _set_badge_colour(self, colour: QColor) -> None:
        self._delegate.badge = QColor(colour)
        self.viewport().update()

    badge = Property(QColor, _badge_colour, _set_badge_colour)
    """The colour of badges; the style sheet sets it (``qproperty-badge``)."""

    def _tone_words(self) -> str:
        return " ".join(f"{name}={colour.name()}" for name, colour in self._delegate.tones.items())

    def _set_tone_words(self, text: str) -> None:
        pairs = (word.partition("=") for word in text.split())
        self._delegate.tones = {name: QColor(colour) for name, _, colour in pairs}
        self.viewport().update()

    tones = Property(str, _tone_words, _set_tone_words)
    """The colours of shapes, "ready=#17703a talking=…"; the style sheet sets them, too."""

    @property
    def row_model(self) -> RowModel:
        return self._rows

    @property
    def current_key(self) -> str:
        index = self.currentIndex()
        return self._rows.rows[index.row()].key if index.isValid() else ""

    def height_of(self, rows: int) -> int:
        """Pixels that show this many rows whole."""
        self.ensurePolished()
        return self._delegate.row_height(self.font()) * rows + 2 * BORDER

    def show_lines(self, lines: int) -> None:
        """So many quiet lines below each title from now on."""
        if lines != self._delegate.lines:
            self._delegate.lines = lines
            self.doItemsLayout()

    def want(self, rows: int) -> None:
        """Be this many rows high where there is room, and never higher."""
        self._wanted_height = self.height_of(rows)
        self.setMaximumHeight(self._wanted_height)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted_height)

    def set_empty_text(self, text: str) -> None:
        if text != self._empty_text:
            self._empty_text = text
            self.setAccessibleDescription(text)
            self.viewport().update()

    def select(self, position: int) -> None:
        """Mark one row; a position outside the list marks none."""
        self.setCurrentIndex(self._rows.index(position, 0) if position >= 0 else QModelIndex())

    def step(self, by: int) -> None:
        """Move the marked row up or down, stopping at the ends."""
        count = self._rows.rowCount()
        if count:
            self.select(min(max(self.currentIndex().row() + by, 0), count - 1))

    def choose_current(self) -> None:
        self._choose_index(self.currentIndex())

    def choose_at(self, position: int) -> None:
        """Choose a row by its place, as the number keys do; nothing when there is none."""
        self._choose_index(self._rows.index(position, 0))

    def _on_reset(self) -> None:
        """An empty list is no stop on the way of the Tab key."""
        stops = self._focusable and self._rows.rowCount() > 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stops else Qt.FocusPolicy.NoFocus)

    def _choose_index(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._rows.rows[index.row()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_plain_enter(event):
            self.choose_current()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.hovered.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty_text and not self._rows.rows:
            painter = QPainter(self.viewport())
            painter.setPen(quiet_colour(self.palette()))
            area = self.viewport().rect().adjusted(8, 0, -8, 0)
            if area.height() < self.height_of(2):
                how = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
                text = self.fontMetrics().elidedText(
                    self._empty_text, Qt.TextElideMode.ElideRight, area.width()
                )
            else:
                area.adjust(0, 8, 0, -8)
                how = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
                text = self._empty_text
            painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | how), text)
            painter.end()
