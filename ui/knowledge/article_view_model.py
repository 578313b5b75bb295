"""The article being read, what stands beside it, and whether it can be quoted (step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.domain.customers import CallerCard
from agent_app.domain.ids import ArticleId, InteractionId
from agent_app.domain.knowledge import NATIONWIDE, Article, Reading
from agent_app.domain.summary import DraftState, SummaryDraft
from agent_app.domain.variants import Place, Proposal, Whence, propose
from ui.formatting import day, joined
from ui.record_words import shown_names
from ui.rows.row import Row


class Validity(Enum):
    """Today's place in the days for which an article holds."""

    IN_FORCE = "in-force"
    NOT_YET = "not-yet"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class VariantChoice:
    """The same answer for a region; ``current`` is the one that is read."""

    key: str
    region: str
    current: bool


class ArticleViewModel(QObject):
    """Only the article asked for last is shown, whatever comes in between.

    Signals:
        changed: another article, none, or something that stands beside it.
        other_version_wanted: Article and int: that version was asked for, and another one holds.
        missing: what she wants to read is not there (any more).
    """

    changed = Signal()
    other_version_wanted = Signal(object, int)
    missing = Signal()

    def __init__(self, seat: Seat, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._wanted: ArticleId | None = None
        self._version = 0
        self._reading: Reading | None = None
        self._newer: Reading | None = None
        self._selected: InteractionId | None = seat.focus.selected
        seat.knowledge.reading_changed.connect(self._on_reading)
        seat.knowledge.reloaded.connect(self._look_again)
        seat.knowledge.gone.connect(self._on_gone)
        seat.focus.changed.connect(self._on_focus)
        seat.summaries.changed.connect(self._on_draft)
        seat.cards.changed.connect(self._on_card)
        seat.shelf.changed.connect(self.changed)

    @property
    def reading(self) -> Reading | None:
        return self._reading

    @property
    def article(self) -> Article | None:
        return None if self._reading is None else self._reading.article

    @property
    def meta(self) -> str:
        """Version, validity, region."""
        if self.article is None:
            return ""
        parts = (
            self.tr("version {version}").format(version=self.article.version),
            self._validity_words(self.article),
            self.article.region,
        )
        return joined(*parts)

    @property
    def owner(self) -> str:
        """Who answers for it; empty when nobody does."""
        name = "" if self.article is None else self.article.owner_name
        return self.tr("Owner: {name}").format(name=name) if name else ""

    @property
    def validity(self) -> Validity:
        article = self.article
        if article is None or article.valid_on(self._today):
            return Validity.IN_FORCE
        return Validity.NOT_YET if self._today < article.valid_from else Validity.EXPIRED

    @property
    def newer_version(self) -> int:
        """The version that was published while she read; 0 for none."""
        return 0 if self._newer is None else self._newer.article.version

    @property
    def variants(self) -> tuple[VariantChoice, ...]:
        """The regions there are answers for, the whole country first; () for only one."""
        if self._reading is None or not self._reading.variants:
            return ()
        found = sorted(
            (self._reading.article, *self._reading.variants),
            key=lambda one: (one.region not in ("", NATIONWIDE), one.region, one.article_id),
        )
        return tuple(
            VariantChoice(one.article_id, one.region or NATIONWIDE, one is self.article)
            for one in found
        )

    @property
    def proposal(self) -> Proposal | None:
        """The variant that fits the caller better; None when this one does, or nobody calls."""
        card = None if self._selected is None else self._seat.cards.card(self._selected)
        if self._reading is None or card is None:
            return None
        in_force = [one for one in self._reading.variants if one.valid_on(self._today)]
        return propose(self._reading.article, in_force, _places(card))

    @property
    def proposal_words(self) -> str:
        """What is proposed, with the reason."""
        found = self.proposal
        if found is None:
            return ""
        words = (
            self.tr("The caller is registered in {place}: there is an answer for {region}.")
            if found.place.whence is Whence.RECORD
            else self.tr("The caller's number is from {place}: there is an answer for {region}.")
        )
        return words.format(place=found.place.name, region=found.article.region)

    @property
    def related(self) -> tuple[Row, ...]:
        hits = () if self._reading is None else self._reading.related
        named = shown_names(self._seat.knowledge.categories)
        return tuple(
            Row(hit.article_id, hit.title, trail=named.get(hit.category, hit.category))
            for hit in hits
        )

    @property
    def can_quote(self) -> bool:
        return self.article is not None and self._draft is not None and not self.quote_hint

    @property
    def quote_hint(self) -> str:
        """Why it cannot be quoted, or that it has been; empty when it can."""
        article, draft = self.article, self._draft
        if article is None:
            return ""
        if draft is None:
            return self.tr("Needs a call.")
        if any((q.article_id, q.version) == (article.article_id, article.version)
               for q in draft.quotes):  # fmt: skip
            return self.tr("Quoted.")
        if draft.state is DraftState.SAVED:
            return self.tr("Saved already.")
        if self._newer is not None:
            return self.tr("Show the new version.")
        return ""

    def open(self, key: str, version: int = 0) -> None:
        """Fetch an article; it is shown when it comes, unless another was asked for meanwhile.

        ``version`` is the one that she wants to read, 0 the one that holds.
        """
        self._wanted = ArticleId(key)
        self._version = version
        self._newer = None
        self._seat.knowledge.open(self._wanted)

    def show_newer(self) -> None:
        """She has seen that there is a new version, and wants it in the old one's place."""
        if self._newer is not None:
            self._reading, self._newer = self._newer, None
            self.changed.emit()

    def close(self) -> None:
        """Nothing is being read: what is still on its way is dropped, too."""
        self._wanted = None
        if self._reading is not None:
            self._reading, self._newer = None, None
            self.changed.emit()

    def quote(self) -> bool:
        """Put the article on the screen into the summary on the page; False when it cannot be."""
        if not self.can_quote or self.article is None or self._selected is None:
            return False
        self._seat.summaries.quote(self._selected, self.article.article_id)
        self._seat.shelf.note_quoted(self.article.article_id)
        return True

    @property
    def is_favourite(self) -> bool:
        return self.article is not None and self._seat.shelf.is_favourite(self.article.article_id)

    def set_favourite(self, favourite: bool) -> None:
        if self.article is not None:
            self._seat.shelf.set_favourite(self.article.article_id, favourite)

    @property
    def _draft(self) -> SummaryDraft | None:
        return None if self._selected is None else self._seat.summaries.draft(self._selected)

    @property
    def _today(self) -> date:
        return self._seat.clock.now().astimezone().date()

    def _validity_words(self, article: Article) -> str:
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

    def _on_reading(self, reading: Reading) -> None:
        if reading.article.article_id != self._wanted:
            return
        shown = self.article
        same = shown is not None and shown.article_id == self._wanted
        if same and shown is not None and shown.version != reading.article.version:
            self._newer = reading  # nothing changes under her eyes
        else:
            self._reading, self._newer = reading, None
        self.changed.emit()
        version, self._version = self._version, 0
        if version not in (0, reading.article.version):
            self.other_version_wanted.emit(reading.article, version)

    def _on_gone(self, article_id: str) -> None:
        """One that she reads stays: nothing changes under her eyes."""
        reads = self.article is not None and self.article.article_id == article_id
        if article_id == self._wanted and not reads:
            self.close()
            self.missing.emit()

    def _look_again(self) -> None:
        """Articles changed; the one that is read may be among them."""
        if self.article is not None and self._wanted is not None:
            self._seat.knowledge.look_again(self._wanted)

    def _on_focus(self, selected: InteractionId | None) -> None:
        self._selected = selected
        self.changed.emit()

    def _on_draft(self, draft: SummaryDraft) -> None:
        if draft.interaction_id == self._selected and self.article is not None:
            self.changed.emit()

    def _on_card(self, card: CallerCard) -> None:
        if card.interaction_id == self._selected and self.variants:
            self.changed.emit()


def _places(card: CallerCard) -> tuple[Place, ...]:
    """Where the caller is at home; what her record says is surer than where her number is from."""
    record = "" if card.customer is None else card.customer.region
    found = (Place(record, Whence.RECORD), Place(card.number_region, Whence.NUMBER))
    return tuple(one for one in found if one.name)
