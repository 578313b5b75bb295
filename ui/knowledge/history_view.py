"""The versions of an article, and what one says otherwise than the one before it (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Property, QEvent, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QTextEdit, QVBoxLayout, QWidget

from agent_app.domain.versions import Change, Passage
from ui.knowledge.history_view_model import HistoryViewModel
from ui.labels import ElidedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.rows.type import quiet_colour
from ui.tab_order import put_after

LISTED = 4
"""Versions in sight at once."""


class DifferenceText(QTextEdit):
    """Words that are gone are struck through, new ones underlined: shapes, not only colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, readOnly=True)
        self.setObjectName("difference-text")
        self.setAccessibleName(self.tr("What was changed"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self._gone = self._fresh = QColor()
        self._parts: list[tuple[str, tuple[Passage, ...]]] = []

    def _gone_colour(self) -> QColor:
        return self._gone

    def _set_gone_colour(self, colour: QColor) -> None:
        self._gone = QColor(colour)
        self._write()

    def _fresh_colour(self) -> QColor:
        return self._fresh

    def _set_fresh_colour(self, colour: QColor) -> None:
        self._fresh = QColor(colour)
        self._write()

    gone = Property(QColor, _gone_colour, _set_gone_colour)
    fresh = Property(QColor, _fresh_colour, _set_fresh_colour)
    """The style sheet sets both (``qproperty-gone``)."""

    def show_parts(self, parts: list[tuple[str, tuple[Passage, ...]]]) -> None:
        """Each part under its heading, as plain text."""
        self._parts = parts
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        """Another look has other colours, and those of a text stay as they were written."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._write()

    def _write(self) -> None:
        self.clear()
        cursor = self.textCursor()
        quiet = QTextCharFormat()
        quiet.setForeground(quiet_colour(QGuiApplication.palette()))
        above = QTextBlockFormat()
        above.setTopMargin(8)
        for heading, passages in self._parts:
            if cursor.position():
                cursor.insertBlock(above)
            cursor.insertText(heading, quiet)
            cursor.insertBlock(QTextBlockFormat())
            for passage in passages:
                cursor.insertText(passage.text, self._look(passage.change))
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)

    def _look(self, change: Change) -> QTextCharFormat:
        look = QTextCharFormat()
        if change is Change.GONE:
            look.setFontStrikeOut(True)
            look.setForeground(self._gone)
        elif change is Change.NEW:
            look.setFontUnderline(True)
            look.setFontWeight(QFont.Weight.DemiBold)
            look.setForeground(self._fresh)
        return look


class HistoryView(QWidget):
    """Signals:
    back: to the article.
    """

    back = Signal()

    def __init__(self, view: HistoryViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._title = ElidedLabel(name="versions-title", role="heading")
        self._rows = RowList(RowModel(self), lines=0)
        self._rows.setObjectName("versions-list")
        self._rows.setAccessibleName(self.tr("Versions of this article"))
        self._heading = ElidedLabel(name="difference-heading", role="caption")
        self._text = DifferenceText()
        self._back = QPushButton(self.tr("← Article"))
        self._back.setObjectName("history-back-button")
        self._back.setAccessibleName(self.tr("Back to the article"))
        self._back.setProperty("kind", "link")
        self._lay_out()
        self._back.clicked.connect(self.back)
        self._rows.chosen.connect(self._on_chosen)
        self._rows.selectionModel().currentRowChanged.connect(self._on_row)
        view.changed.connect(self._show)
        self._show()

    def follow(self, before: QWidget) -> None:
        """Tab goes from ``before`` into it."""
        put_after(before, self._rows, self._text, self._back)

    def take_focus(self) -> None:
        """The list, as soon as there is one; until then the way back."""
        (self._rows if self._view.rows else self._back).setFocus()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._rows)
        layout.addWidget(self._heading)
        layout.addWidget(self._text, 1)
        layout.addLayout(foot)
        self._rows.setMinimumHeight(self._rows.height_of(2))
        self._rows.want(LISTED)

    def _show(self) -> None:
        view = self._view
        if not view.shown:
            return
        self._title.setText(view.title)
        if view.rows != self._rows.row_model.rows:
            self._rows.row_model.show_rows(view.rows)
            self._rows.want(min(max(len(view.rows), 2), LISTED))
            self._rows.select(view.chosen)
            if view.rows and self._back.hasFocus():
                self._rows.setFocus()
        self._rows.set_empty_text(view.advice)
        self._heading.setText(view.heading)
        self._text.show_parts([(self._part(one.part), one.passages) for one in view.parts])

    def _on_chosen(self, _key: str) -> None:
        self._view.choose(self._rows.currentIndex().row())

    def _on_row(self) -> None:
        self._view.choose(self._rows.currentIndex().row())

    def _part(self, part: str) -> str:
        words = {
            "answer": self.tr("Answer"),
            "title": self.tr("Title"),
            "question": self.tr("Question"),
            "basis": self.tr("Basis"),
            "keywords": self.tr("Keywords"),
            "region": self.tr("Region"),
            "validity": self.tr("In force"),
        }
        return words[part]
