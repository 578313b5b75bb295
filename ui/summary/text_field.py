"""A field of plain text that sends what she types and takes what the rules write (step ⑥).

Her cursor and selection stay where they are when the rules write: only the differing middle of the
text is replaced. While an input method composes, nothing is sent and nothing is written; both
happen when she commits.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from agent_app.domain.difference import common_start
from agent_app.domain.summary import TEXT_LIMIT
from ui.rows.type import utf16_length

AROUND = 14
"""Pixels of frame, padding and margin above and below the text."""


class TextField(QPlainTextEdit):
    """As high as its place allows between ``least`` and ``most`` lines; 0 is no upper end.

    ``grows``: as high as its words, so that no line is cut in half; for a place that scrolls.

    Signals:
    edited: the whole text, after each change she made.
    limit_reached: True when typing had to stop at the limit, False when there is room again.
    """

    edited = Signal(str)
    limit_reached = Signal(bool)

    def __init__(
        self, *, name: str, spoken: str, least: int = 2, most: int = 0, limit: int = TEXT_LIMIT,
        grows: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._limit = limit
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.ensurePolished()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._least, self._most = least, most
        self.setMinimumHeight(self._height_of(least))
        if most:
            self.setMaximumHeight(self._height_of(most))
        if grows and most:
            grown = self.document().documentLayout().documentSizeChanged
            grown.connect(self._fit, Qt.ConnectionType.QueuedConnection)  # it is being laid out
            self._fit()
        self._sent = ""
        self._composing = False
        self._waiting: str | None = None
        self._writing = False
        self._full = False
        self.textChanged.connect(self._on_text)

    def _height_of(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + AROUND

    def _fit(self) -> None:
        lines = round(self.document().size().height())  # a plain text's is counted in lines
        self.setFixedHeight(self._height_of(min(max(lines, self._least), self._most)))

    def sizeHint(self) -> QSize:
        """The least, so that its place decides by stretch who gets what is left."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def show_fresh(self, text: str) -> None:
        """Another summary: replace everything, forget undo and cursor."""
        self._waiting = None
        self._composing = False
        self._sent = text
        self._writing = True
        self.setPlainText(text)
        self._writing = False
        self._say_full(full=False)

    def show_written(self, text: str) -> None:
        """The rules wrote into this field; her cursor does not move."""
        if text == self._sent:
            self._waiting = None
        elif self._composing:
            self._waiting = text
        else:
            self._write(text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        composing = bool(event.preeditString())
        if not composing and self._waiting is not None:
            self._write(self._waiting)
        self._composing = composing
        super().inputMethodEvent(event)

    def _write(self, text: str) -> None:
        """Replace the part that differs, through a cursor of its own."""
        self._waiting = None
        old = self.toPlainText()
        start = common_start(old, text)
        end = common_start(old[start:][::-1], text[start:][::-1])
        cursor = QTextCursor(self.document())
        cursor.setPosition(utf16_length(old[:start]))
        cursor.setPosition(utf16_length(old[: len(old) - end]), QTextCursor.MoveMode.KeepAnchor)
        old_end, grown = cursor.position(), utf16_length(text) - utf16_length(old)
        begin = cursor.anchor()
        own = self.textCursor()
        places = [_kept(place, begin, old_end, grown) for place in (own.anchor(), own.position())]
        self._sent = text
        self._writing = True
        cursor.insertText(text[start : len(text) - end])
        self._writing = False
        own = self.textCursor()
        if [own.anchor(), own.position()] != places:
            own.setPosition(places[0])
            own.setPosition(places[1], QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(own)

    def _on_text(self) -> None:
        if self._writing:
            return
        if self.document().characterCount() > self._limit:
            self._cut()
        elif self._full:
            self._say_full(full=False)
        text = self.toPlainText()
        if text != self._sent:
            self._sent = text
            self.edited.emit(text)

    def _cut(self) -> None:
        """Take back what was typed or pasted beyond the limit, just before the cursor."""
        text = self.toPlainText()
        excess = len(text) - self._limit
        if excess <= 0:
            return
        cursor = self.textCursor()
        end = cursor.position()
        cursor.setPosition(0)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        before = cursor.selectedText()
        cursor.setPosition(utf16_length(before[: max(0, len(before) - excess)]))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._writing = True
        cursor.removeSelectedText()
        self._writing = False
        self._say_full(full=True)

    def _say_full(self, *, full: bool) -> None:
        if full != self._full:
            self._full = full
            self.limit_reached.emit(full)


def _kept(place: int, begin: int, end: int, grown: int) -> int:
    """Where a cursor at ``place`` belongs after ``begin:end`` was replaced and grew."""
    if place <= begin:
        return place
    return place + grown if place >= end else begin
