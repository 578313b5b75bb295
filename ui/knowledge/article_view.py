"""One article to read: the official answer first, then what it rests on (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.knowledge import Reading
from ui.knowledge.article_beside import ChosenLink, Files, Related
from ui.knowledge.article_head import ArticleHead
from ui.knowledge.article_text import ArticleText
from ui.knowledge.article_view_model import ArticleViewModel
from ui.knowledge.files_view_model import FilesViewModel
from ui.labels import ElidedLabel

MARGIN = 8


class ArticleView(QWidget):
    """Head, words and what is beside them scroll as one; quoting and going back stay in sight.

    Signals:
        back: to the results.
        quoted: the article went into the summary.
        wanted: key of another article that this one leads to.
        history_wanted: she wants to see how it was before.
    """

    back = Signal()
    quoted = Signal()
    wanted = Signal(str)
    history_wanted = Signal()

    def __init__(
        self,
        view: ArticleViewModel,
        files: FilesViewModel,
        gap_button: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        """``gap_button`` stands beside quoting."""
        super().__init__(parent)
        self._view = view
        self._files = files
        self._shown: Reading | None = None
        self._head = ArticleHead(view)
        self._text = ArticleText()
        self._link = ChosenLink()
        self._related = Related(view)
        self._page = QWidget()
        self._place = QScrollArea(widgetResizable=True)
        self._back = QPushButton(self.tr("← Results"))
        self._back.setObjectName("article-back-button")
        self._back.setAccessibleName(self.tr("Back to the results"))
        self._back.setProperty("kind", "link")
        self.quote_button = QPushButton(self.tr("Quote"))
        self.quote_button.setObjectName("quote-button")
        self.quote_button.setAccessibleName(self.tr("Quote this article in the summary"))
        self.quote_button.setProperty("kind", "primary")
        self.quote_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._favourite = QToolButton()
        self._favourite.setObjectName("favourite-button")
        self._favourite.setCheckable(True)
        self._favourite.setProperty("kind", "quiet")
        self._hint = ElidedLabel(name="quote-hint", role="muted")
        self._lay_out(gap_button)
        self._connect()
        self._show()

    def turn_page(self, by: int) -> None:
        """Scroll by a page, +1 down or -1 up, without leaving the search field."""
        steps = QAbstractSlider.SliderAction
        down, up = steps.SliderPageStepAdd, steps.SliderPageStepSub
        self._place.verticalScrollBar().triggerAction(down if by > 0 else up)

    def _connect(self) -> None:
        self._text.cursorPositionChanged.connect(self._follow_cursor)
        self._text.link_chosen.connect(self._link.show_address)
        self._back.clicked.connect(self.back)
        self.quote_button.clicked.connect(self._quote)
        self._favourite.clicked.connect(self._view.set_favourite)
        self._head.wanted.connect(self.wanted)
        self._head.history_wanted.connect(self.history_wanted)
        self._related.wanted.connect(self.wanted)
        self._view.changed.connect(self._show)

    def _lay_out(self, gap_button: QWidget) -> None:
        self._lay_out_page()
        acts, ways = QHBoxLayout(), QHBoxLayout()
        for line in (acts, ways):
            line.setContentsMargins(MARGIN, 0, MARGIN, 0)
            line.setSpacing(4)
        acts.addWidget(self._hint, 1)
        acts.addWidget(self._favourite)
        acts.addWidget(self.quote_button)
        ways.addWidget(gap_button)
        ways.addStretch(1)
        ways.addWidget(self._back)
        self._place.setObjectName("article-place")
        self._place.setFrameShape(QFrame.Shape.NoFrame)
        self._place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._place.viewport().setAutoFillBackground(False)
        self._place.setWidget(self._page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._place, 1)
        layout.addWidget(self._link)
        layout.addLayout(acts)
        layout.addLayout(ways)

    def _lay_out_page(self) -> None:
        self._page.setProperty("role", "scrolled")
        layout = QVBoxLayout(self._page)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        layout.setSpacing(8)
        layout.addWidget(self._head)
        layout.addWidget(self._text)
        layout.addWidget(Files(self._files))
        layout.addWidget(self._related)
        layout.addStretch(1)

    def _show(self) -> None:
        view = self._view
        self.quote_button.setEnabled(view.can_quote)
        self._hint.setText(view.quote_hint)
        starred = view.is_favourite
        self._favourite.setChecked(starred)
        self._favourite.setText("★" if starred else "☆")
        spoken = self.tr("Remove from favourites") if starred else self.tr("Add to favourites")
        self._favourite.setAccessibleName(spoken)
        self._favourite.setToolTip(spoken)
        if view.reading is None:
            return
        self._head.show_article()
        self._related.show_article()
        self._files.show(view.reading.attachments)
        if view.reading is not self._shown:
            self._show_words(view.reading)

    def _show_words(self, reading: Reading) -> None:
        """Known anew with the same words, it stays where she reads."""
        before, self._shown = self._shown, reading
        if before is not None and before.article == reading.article:
            return
        self._link.show_address("")
        self._text.show_reading(reading)
        self._place.verticalScrollBar().setValue(0)

    def _follow_cursor(self) -> None:
        """She walks through the words by keyboard: they come into sight."""
        if self._text.hasFocus():
            at = self._text.mapTo(self._page, self._text.cursorRect().center())
            self._place.ensureVisible(at.x(), at.y(), 0, 24)

    def _quote(self) -> None:
        if self._view.quote():
            self.quoted.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            self._text.show_reading(self._shown)
