"""One article to read: the official answer first, then what it rests on (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QTextEdit, QVBoxLayout, QWidget

from ui.formatting import button_text
from ui.knowledge.article_view_model import ArticleViewModel
from ui.labels import ElidedLabel, plain_label
from ui.rows.clipped import ClippedLabel
from ui.rows.type import quiet_colour
from ui.theme import set_style_state


class ArticleView(QWidget):
    """Signals:
    back: to the results.
    quoted: the article went into the summary.
    """

    back = Signal()
    quoted = Signal()

    def __init__(self, view: ArticleViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._title = ClippedLabel(lines=3, name="article-title", role="heading")
        self._sample = plain_label(self.tr("Sample"), name="article-sample")
        self._sample.setProperty("chip", "practice")
        self._sample.setToolTip(self.tr("Written for practice; not for real callers"))
        self._meta = ElidedLabel(name="article-meta", role="caption")
        self._body = QTextEdit(readOnly=True)
        self._body.setObjectName("article-answer")
        self._body.setAccessibleName(self.tr("Official answer"))
        self._body.setAcceptRichText(False)
        self._body.setTabChangesFocus(True)
        self._body.setMinimumHeight(80)
        self._body.setFrameShape(QFrame.Shape.NoFrame)
        self._body.document().setDocumentMargin(0)
        self._body.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._back = QPushButton(self.tr("← Results"))
        self._back.setObjectName("article-back-button")
        self._back.setAccessibleName(self.tr("Back to the results"))
        self._back.setProperty("kind", "link")
        self.quote_button = QPushButton(self.tr("Quote"))
        self.quote_button.setObjectName("quote-button")
        self.quote_button.setAccessibleName(self.tr("Quote this article in the summary"))
        self.quote_button.setProperty("kind", "primary")
        self.quote_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._hint = ElidedLabel(name="quote-hint", role="muted")
        self._lay_out()
        self._back.clicked.connect(self.back)
        self.quote_button.clicked.connect(self._quote)
        view.changed.connect(self._show)
        self._shown: object = None
        self._show()

    def _lay_out(self) -> None:
        marks = QHBoxLayout()
        marks.setSpacing(8)
        marks.addWidget(self._sample)
        marks.addWidget(self._meta, 1)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(self.quote_button)
        acts.addWidget(self._hint, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 0)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        layout.addLayout(marks)
        layout.addWidget(self._body, 1)
        layout.addLayout(acts)

    def _show(self) -> None:
        view = self._view
        self.quote_button.setEnabled(view.can_quote)
        self._hint.setText(view.quote_hint)
        article = view.article
        if article is None or article is self._shown:
            return
        self._shown = article
        self._title.setText(article.title)
        self._title.setAccessibleName(button_text(article.title))
        self._sample.setVisible(article.sample)
        self._meta.setText(view.meta)
        set_style_state(self._meta, "state", "" if view.in_force else "warning")
        self._write()

    def _write(self) -> None:
        """Plain text in three parts; only headings have a look of their own."""
        article = self._view.article
        if article is None:
            return
        self._body.clear()
        cursor = self._body.textCursor()
        self._paragraph(cursor, article.answer, heading="")
        self._paragraph(cursor, article.question, heading=self.tr("Question"))
        self._paragraph(cursor, article.basis, heading=self.tr("Basis"))
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self._body.setTextCursor(cursor)

    def _paragraph(self, cursor: QTextCursor, text: str, *, heading: str) -> None:
        if not text:
            return
        block = QTextBlockFormat()
        block.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        words = QTextCharFormat()
        if heading:
            quiet = QTextCharFormat()
            quiet.setForeground(quiet_colour(self.palette()))
            above = QTextBlockFormat(block)
            above.setTopMargin(8)
            cursor.insertBlock(above, quiet)
            cursor.insertText(heading, quiet)
            cursor.insertBlock(block, words)
        else:
            cursor.setBlockFormat(block)
        cursor.insertText(text, words)

    def _quote(self) -> None:
        if self._view.quote():
            self.quoted.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write()
