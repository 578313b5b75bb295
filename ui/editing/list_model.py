"""Drafts by what is to be done with them, and articles to begin one on (step ⑤)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.domain.editing import ArticleDraft, DraftState
from agent_app.domain.ids import ArticleId
from agent_app.domain.knowledge import SearchHit
from ui.editing import words
from ui.formatting import joined, moment
from ui.record_words import shown_names
from ui.rows.row import Row

_ARTICLE = "article:"


class Shown(StrEnum):
    WORK = "work"
    REVIEW = "review"
    DONE = "done"


_STATES = {
    Shown.WORK: (DraftState.WRITING, DraftState.RETURNED, DraftState.SCHEDULED),
    Shown.REVIEW: (DraftState.IN_REVIEW,),
    Shown.DONE: (DraftState.PUBLISHED, DraftState.DROPPED),
}


class DraftListModel(QObject):
    """View-model of the list at the left.

    Signals:
        changed: something shown changed; read the properties again.
    """

    changed = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._editing = seat.editing
        self._shown = Shown.WORK if self._editing.who.writes else Shown.REVIEW
        self._typed = ""
        self._hits: tuple[SearchHit, ...] = ()
        self._editing.changed.connect(self._on_drafts)
        self._editing.hits_found.connect(self._on_hits)

    @property
    def shown(self) -> Shown:
        return self._shown

    @property
    def searching(self) -> bool:
        return bool(self._typed.strip())

    @property
    def can_write(self) -> bool:
        return self._editing.who.writes

    @property
    def rows(self) -> tuple[Row, ...]:
        if self.searching:
            named = shown_names(self._seat.knowledge.categories)
            return tuple(self._hit_row(hit, named) for hit in self._hits)
        return tuple(self._row(one) for one in self._of(self._shown))

    @property
    def empty_text(self) -> str:
        if self.searching:
            return self.tr("No article fits these words.")
        texts = {
            Shown.WORK: self.tr(
                "Nothing is being written. Search for an article to change it, or write a new one."
            ),
            Shown.REVIEW: self.tr("Nothing waits for a review."),
            Shown.DONE: self.tr("Nothing was published or dropped yet."),
        }
        return texts[self._shown]

    def count(self, shown: Shown) -> int:
        """How many drafts stand in that list."""
        return len(self._of(shown))

    def show_list(self, shown: Shown) -> None:
        if shown is not self._shown:
            self._shown = shown
            self.changed.emit()

    def search(self, text: str) -> None:
        """Articles as she types; no words bring the drafts back."""
        self._typed = text
        if not self.searching:
            self._hits = ()
            self.changed.emit()
        self._editing.search(text)

    def open(self, key: str) -> None:
        """A draft, or the article that she found: to change it, or, for who does not write, to see
        who was told an older version."""
        if not key.startswith(_ARTICLE):
            self._editing.open(key)
            return
        article_id = ArticleId(key.removeprefix(_ARTICLE))
        if self.can_write:
            self._editing.change_article(article_id)
            return
        hit = next((one for one in self._hits if one.article_id == article_id), None)
        if hit is not None:
            self._seat.told.ask(article_id, hit.version, hit.title)

    def _of(self, shown: Shown) -> tuple[ArticleDraft, ...]:
        return tuple(one for one in self._editing.overview.drafts if one.state in _STATES[shown])

    def _row(self, draft: ArticleDraft) -> Row:
        shape, tone = words.state_look(draft.state)
        parts = (
            words.state_word(draft.state),
            self._author(draft),
            self.tr("from {day}").format(day=draft.form.words.valid_from)
            if draft.state is DraftState.SCHEDULED
            else "",
            self.tr("the article has moved on") if draft.moved_on else "",
        )
        return Row(
            key=draft.draft_id,
            title=draft.form.words.title or self.tr("Without a title yet"),
            lines=(joined(*parts),),
            trail=moment(draft.changed_at, self._seat.clock.now()),
            badge=self._badge(draft),
            muted=draft.state is DraftState.DROPPED,
            shape=shape,
            tone=tone,
        )

    def _author(self, draft: ArticleDraft) -> str:
        if not draft.author_id or draft.author_id == self._seat.agent.agent_id:
            return self.tr("you")
        return draft.author_name

    def _badge(self, draft: ArticleDraft) -> str:
        if draft.set_aside:
            return self.tr("sent back")
        if draft.waits or draft.publishing:
            return self.tr("not sent yet")
        return self.tr("not saved") if draft.typed else ""

    def _hit_row(self, hit: SearchHit, named: Mapping[str, str]) -> Row:
        version = self.tr("version {number}").format(number=hit.version)
        return Row(
            key=_ARTICLE + hit.article_id,
            title=hit.title,
            lines=(joined(named.get(hit.category, hit.category), version),),
            marks=hit.marks,
            muted=not hit.valid,
            shape="book",
            tone="neutral",
        )

    def _on_drafts(self, _overview: object) -> None:
        self.changed.emit()

    def _on_hits(self, hits: tuple[SearchHit, ...]) -> None:
        self._hits = hits if self.searching else ()
        self.changed.emit()
