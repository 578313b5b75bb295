"""The words of an article at their full height: their place scrolls, they do not (step ⑥)."""

from __future__ import annotations

import math

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from agent_app.domain.knowledge import Article
from ui.rows.type import quiet_colour

LINE_HEIGHT = 115
"""Per cent of the font's own, which is generous for Chinese already."""
LONGEST = 40_000
"""Characters of one part that are laid out: a book would hold up the window."""
SCROLLING_KEYS = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class ArticleText(QTextEdit):
    """Answer, question, basis as plain text; only the headings have a look of their own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, readOnly=True)
        self.setObjectName("article-answer")
        self.setAccessibleName(self.tr("Official answer"))
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def show_article(self, article: Article) -> None:
        """The official answer first, then what was asked and what it rests on."""
        self.clear()
        cursor = self.textCursor()
        self._paragraph(cursor, article.answer, heading="")
        self._paragraph(cursor, article.question, heading=self.tr("Question"))
        self._paragraph(cursor, article.basis, heading=self.tr("Basis"))
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)

    def _paragraph(self, cursor: QTextCursor, text: str, *, heading: str) -> None:
        if not text:
            return
        block = QTextBlockFormat()
        block.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        words = QTextCharFormat()
        if heading:
            quiet = QTextCharFormat()
            quiet.setForeground(quiet_colour(QGuiApplication.palette()))
            above = QTextBlockFormat(block)
            above.setTopMargin(8)
            cursor.insertBlock(above, quiet)
            cursor.insertText(heading, quiet)
            cursor.insertBlock(block, words)
        else:
            cursor.setBlockFormat(block)
        cursor.insertText(text[:LONGEST], words)
        if len(text) > LONGEST:
            cursor.insertBlock(block, words)
            cursor.insertText(self.tr("… The rest is too long to be shown here."), words)

    def _fit(self, size: QSizeF) -> None:
        around = self.height() - self.viewport().height()
        self.setFixedHeight(math.ceil(size.height()) + around)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in SCROLLING_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
