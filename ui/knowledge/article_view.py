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

from agent_app.domain.knowledge import Article
from ui.formatting import button_text
from ui.knowledge.article_text import ArticleText
from ui.knowledge.article_view_model import ArticleViewModel
from ui.labels import ElidedLabel, plain_label
from ui.rows.clipped import ClippedLabel
from ui.theme import set_style_state

MARGIN = 8


class ArticleView(QWidget):
    """Title, marks and words scroll as one; quoting and going back stay in sight.

    Signals:
        back: to the results.
        quoted: the article went into the summary.
    """

    back = Signal()
    quoted = Signal()

    def __init__(self, view: ArticleViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._shown: Article | None = None
        self._title = ClippedLabel(lines=3, name="article-title", role="heading")
        self._sample = plain_label(self.tr("Sample"), name="article-sample")
        self._sample.setProperty("chip", "practice")
        self._sample.setToolTip(self.tr("Written for practice; not for real callers"))
        self._meta = ElidedLabel(name="article-meta", role="caption")
        self._text = ArticleText()
        self._text.cursorPositionChanged.connect(self._follow_cursor)
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
        self._lay_out()
        self._back.clicked.connect(self.back)
        self.quote_button.clicked.connect(self._quote)
        self._favourite.clicked.connect(view.set_favourite)
        view.changed.connect(self._show)
        self._show()

    def turn_page(self, by: int) -> None:
        """Scroll by a page, +1 down or -1 up, without leaving the search field."""
        steps = QAbstractSlider.SliderAction
        down, up = steps.SliderPageStepAdd, steps.SliderPageStepSub
        self._place.verticalScrollBar().triggerAction(down if by > 0 else up)

    def _lay_out(self) -> None:
        self._lay_out_page()
        acts = QHBoxLayout()
        acts.setContentsMargins(MARGIN, 0, MARGIN, 0)
        acts.setSpacing(8)
        acts.addWidget(self.quote_button)
        acts.addWidget(self._favourite)
        acts.addWidget(self._hint, 1)
        acts.addWidget(self._back)
        self._place.setObjectName("article-place")
        self._place.setFrameShape(QFrame.Shape.NoFrame)
        self._place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._place.viewport().setAutoFillBackground(False)
        self._place.setWidget(self._page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._place, 1)
        layout.addLayout(acts)

    def _lay_out_page(self) -> None:
        self._page.setProperty("role", "scrolled")
        marks = QHBoxLayout()
        marks.setSpacing(8)
        marks.addWidget(self._sample)
        marks.addWidget(self._meta, 1)
        layout = QVBoxLayout(self._page)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addLayout(marks)
        layout.addWidget(self._text)
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
        article = view.article
        if article is None or article is self._shown:
            return
        self._shown = article
        self._title.setText(article.title)
        self._title.setAccessibleName(button_text(article.title))
        self._sample.setVisible(article.sample)
        self._meta.setText(view.meta)
        set_style_state(self._meta, "state", "" if view.in_force else "warning")
        self._text.show_article(article)
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
            self._text.show_article(self._shown)
