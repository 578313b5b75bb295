"""One part of a record twice, mine beside the server's, with what differs marked (step ⑧)."""

from __future__ import annotations

from PySide6.QtCore import Property, Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QTextEdit, QWidget

from agent_app.domain.difference import Span
from ui.caller.fitted_text import FittedText
from ui.inbox.model import PairView
from ui.labels import plain_label
from ui.rows.type import utf16_length


class MarkedText(FittedText):
    """Plain text with ranges of it on another ground and underlined: told by more than colour."""

    def __init__(self, *, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(name=name, spoken=spoken, least=1, most=6, parent=parent)
        self._ground = QColor()
        self._spans: tuple[Span, ...] = ()
        self.setProperty("role", "compared")

    def _get_ground(self) -> QColor:
        return self._ground

    def _set_ground(self, colour: QColor) -> None:
        self._ground = QColor(colour)
        self._mark()

    ground = Property(QColor, _get_ground, _set_ground)
    """Behind what differs; the style sheet sets it (``qproperty-ground``)."""

    def show_text(self, text: str, spans: tuple[Span, ...]) -> None:
        self.setPlainText(text)
        self._spans = spans
        self._mark()

    @property
    def marked(self) -> tuple[str, ...]:
        """The words that are marked."""
        text = self.toPlainText()
        return tuple(text[start:end] for start, end in self._spans)

    def _mark(self) -> None:
        text = self.toPlainText()
        look = QTextCharFormat()
        look.setBackground(self._ground)
        look.setFontUnderline(True)
        selections = []
        for start, end in self._spans:
            cursor = QTextCursor(self.document())
            cursor.setPosition(utf16_length(text[:start]))
            cursor.setPosition(utf16_length(text[:end]), QTextCursor.MoveMode.KeepAnchor)
            selection = QTextEdit.ExtraSelection()
            selection.cursor = cursor
            selection.format = look
            selections.append(selection)
        self.setExtraSelections(selections)


class Pairs(QWidget):
    """All parts of an entry, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inbox-pairs")
        self.setProperty("role", "scrolled")
        self._shown: tuple[PairView, ...] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)

    def show_pairs(self, pairs: tuple[PairView, ...], *, compares: bool) -> None:
        """Build them anew when they are others; ``compares``: with the server's beside hers."""
        if pairs == self._shown:
            return
        self._shown = pairs
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._grid.setColumnStretch(1, 1 if compares else 0)
        for number, pair in enumerate(pairs):
            row = number * 2
            self._grid.addWidget(plain_label(pair.title, role="caption"), row, 0)
            self._grid.addWidget(self._text(pair, mine=True), row + 1, 0, _TOP)
            if compares:
                self._grid.addWidget(self._text(pair, mine=False), row + 1, 1, _TOP)
        self._grid.setRowStretch(len(pairs) * 2, 1)

    def _text(self, pair: PairView, *, mine: bool) -> MarkedText:
        side = self.tr("mine") if mine else self.tr("the server's")
        name = f"inbox-{'mine' if mine else 'theirs'}-{pair.key.replace('_', '-')}"
        text = MarkedText(name=name, spoken=f"{pair.title}, {side}")
        text.show_text(
            pair.mine if mine else pair.theirs, pair.mine_marks if mine else pair.theirs_marks
        )
        return text


_TOP = Qt.AlignmentFlag.AlignTop
