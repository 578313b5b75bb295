"""The article being read and whether it can go into the summary (step ⑥)."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.domain.ids import ArticleId, InteractionId
from agent_app.domain.knowledge import Article
from agent_app.domain.summary import DraftState, SummaryDraft
from ui.formatting import day


class ArticleViewModel(QObject):
    """Only the article asked for last is shown, whatever comes in between.

    Signals:
        changed: another article, none, or quoting is (im)possible now.
    """

    changed = Signal()

    def __init__(self, seat: Seat, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._wanted: ArticleId | None = None
        self._article: Article | None = None
        self._selected: InteractionId | None = seat.focus.selected
        seat.knowledge.article_opened.connect(self._on_article)
        seat.focus.changed.connect(self._on_focus)
        seat.summaries.changed.connect(self._on_draft)
        seat.shelf.changed.connect(self.changed)

    @property
    def article(self) -> Article | None:
        return self._article

    @property
    def meta(self) -> str:
        """Version, validity, region."""
        if self._article is None:
            return ""
        parts = (
            self.tr("version {version}").format(version=self._article.version),
            self._validity(self._article),
            self._article.region,
        )
        return " · ".join(part for part in parts if part)

    @property
    def in_force(self) -> bool:
        return self._article is not None and self._article.valid_on(self._today)

    @property
    def can_quote(self) -> bool:
        return self._article is not None and self._draft is not None and not self.quote_hint

    @property
    def quote_hint(self) -> str:
        """Why it cannot be quoted, or that it has been; empty when it can."""
        article, draft = self._article, self._draft
        if article is None:
            return ""
        if draft is None:
            return self.tr("Quoting needs a call on the page.")
        if any((q.article_id, q.version) == (article.article_id, article.version)
               for q in draft.quotes):  # fmt: skip
            return self.tr("Quoted in this summary.")
        if draft.state is DraftState.SAVED:
            return self.tr("This summary is saved already.")
        return ""

    def open(self, key: str) -> None:
        """Fetch an article; it is shown when it comes, unless another was asked for meanwhile."""
        self._wanted = ArticleId(key)
        self._seat.knowledge.open(self._wanted)

    def close(self) -> None:
        """Nothing is being read: what is still on its way is dropped, too."""
        self._wanted = None
        if self._article is not None:
            self._article = None
            self.changed.emit()

    def quote(self) -> bool:
        """Put the article on the screen into the summary on the page; False when it cannot be."""
        if not self.can_quote or self._article is None or self._selected is None:
            return False
        self._seat.summaries.quote(self._selected, self._article.article_id)
        self._seat.shelf.note_quoted(self._article.article_id)
        return True

    @property
    def is_favourite(self) -> bool:
        return self._article is not None and self._seat.shelf.is_favourite(self._article.article_id)

    def set_favourite(self, favourite: bool) -> None:
        if self._article is not None:
            self._seat.shelf.set_favourite(self._article.article_id, favourite)

    @property
    def _draft(self) -> SummaryDraft | None:
        return None if self._selected is None else self._seat.summaries.draft(self._selected)

    @property
    def _today(self) -> date:
        return self._seat.clock.now().astimezone().date()

    def _validity(self, article: Article) -> str:
        today = self._today
        first = day(article.valid_from, today)
        if today < article.valid_from:
            return self.tr("in force only from {day}").format(day=first)
        if article.valid_until is None:
            return self.tr("in force since {day}").format(day=first)
        last = day(article.valid_until, today)
        if article.valid_on(today):
            return self.tr("in force {first} to {last}").format(first=first, last=last)
        return self.tr("no longer in force ({first} to {last})").format(first=first, last=last)

    def _on_article(self, article: Article) -> None:
        if article.article_id == self._wanted:
            self._article = article
            self.changed.emit()

    def _on_focus(self, selected: InteractionId | None) -> None:
        self._selected = selected
        self.changed.emit()

    def _on_draft(self, draft: SummaryDraft) -> None:
        if draft.interaction_id == self._selected and self._article is not None:
            self.changed.emit()
