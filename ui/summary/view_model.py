"""The summary of the interaction on the page, ready to paint and to type into (step ⑥).

The draft itself lives in the desk; here it becomes words: whom it belongs to and what is missing.
"""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.desk.summaries import SaveResult
from agent_app.domain.calls import Direction
from agent_app.domain.customers import Candidate
from agent_app.domain.ids import CategoryId, CustomerId, InteractionId
from agent_app.domain.knowledge import Category
from agent_app.domain.summary import (
    CategorySource,
    DraftState,
    SummaryDraft,
    SummaryField,
    missing,
    text_of,
)
from agent_app.domain.text_modules import TextModule
from ui.formatting import day, joined, moment, phone_number
from ui.rows.row import Row
from ui.summary.categories import CategoryTree


class SummaryViewModel(QObject):
    """Signals:
    changed: something shown changed; read the properties again.
    """

    changed = Signal()

    def __init__(self, seat: Seat, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._selected: InteractionId | None = None
        self._refused = False
        self._tree = CategoryTree(seat.knowledge.categories)
        seat.focus.changed.connect(self._on_focus)
        seat.summaries.changed.connect(self._on_draft)
        seat.summaries.finished.connect(self._on_finished)
        seat.knowledge.categories_changed.connect(self._on_categories)
        self._on_focus(seat.focus.selected)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def selected(self) -> InteractionId | None:
        return self._selected

    @property
    def draft(self) -> SummaryDraft | None:
        """Always the desk's newest, typed text included."""
        return None if self._selected is None else self._seat.summaries.draft(self._selected)

    @property
    def editable(self) -> bool:
        return self.draft is not None and self.draft.state is DraftState.OPEN

    def text(self, field: SummaryField) -> str:
        draft = self.draft
        if draft is None:
            return ""
        match field:
            case SummaryField.CUSTOMER:
                return draft.customer_name
            case SummaryField.CATEGORY:
                return self._tree.path(draft.category_id)
            case _:
                return text_of(draft, field)

    def modules(self) -> tuple[TextModule, ...]:
        """The centre's ready-made sentences."""
        return self._seat.text_modules.modules

    def module_text(self, module: TextModule) -> str:
        """A sentence as it is put into the summary on the page."""
        return self._seat.text_modules.text(module, self._selected)

    def category_rows(self, typed: str) -> tuple[Row, ...]:
        return self._tree.rows(typed)

    @property
    def category_key(self) -> str:
        return "" if self.draft is None else self.draft.category_id or ""

    @property
    def category_reason(self) -> str:
        """What the rules wrote the category from; empty when it is hers or there is none."""
        reason = None if self.draft is None else self.draft.category_reason
        if reason is None:
            return ""
        match reason.source:
            case CategorySource.QUEUE:
                return self.tr("by the queue {detail}").format(detail=reason.detail)
            case CategorySource.ARTICLE:
                return self.tr("by the article {detail}").format(detail=reason.detail)
            case _:
                on = day(date.fromisoformat(reason.detail), self.now.astimezone().date())
                return self.tr("as in the call of {detail}: right?").format(detail=on)

    @property
    def people(self) -> tuple[Row, ...]:
        """Who may be meant, while saving asks; last nobody of them. Empty: nothing is asked."""
        if SummaryField.CUSTOMER not in self.missing or self._selected is None:
            return ()
        card = self._seat.cards.card(self._selected)
        candidates = () if card is None else card.candidates
        nobody = Row(key="", title=self.tr("None of them"))
        return (*map(_person, candidates), nobody)

    def name_of(self, interaction_id: InteractionId) -> str:
        """Whose summary that is."""
        draft = self._seat.summaries.draft(interaction_id)
        return "" if draft is None else called(draft)

    @property
    def now(self) -> datetime:
        return self._seat.clock.now()

    @property
    def parkable(self) -> bool:
        """It can be put by: the call has ended and it is not saved."""
        return self.editable and self.draft is not None and not self.draft.call.live

    @property
    def quotes(self) -> tuple[Row, ...]:
        if self.draft is None:
            return ()
        return tuple(
            Row(
                key=f"{quoted.article_id}@{quoted.version}",
                title=quoted.title,
                trail=self.tr("version {version}").format(version=quoted.version),
            )
            for quoted in self.draft.quotes
        )

    @property
    def heading(self) -> str:
        """Whose summary this is."""
        if self.draft is None:
            return self.tr("Summary")
        return self.tr("Summary · {who}").format(who=called(self.draft))

    @property
    def call_line(self) -> str:
        """Which call it belongs to; what to do when there is none."""
        if self.draft is None:
            return self.tr("It begins by itself with the next call.")
        call = self.draft.call
        incoming = call.direction is Direction.INCOMING
        parts = (
            moment(call.started_at, self._seat.clock.now()),
            self.tr("incoming") if incoming else self.tr("outgoing"),
            phone_number(call.number),
            call.queue,
        )
        return joined(*parts)

    @property
    def restored(self) -> str:
        """Says so when the draft is from before the desk was started; else empty."""
        if self._selected is None or not self.editable:
            return ""
        if self._seat.phone.call(self._selected) is not None:
            return ""
        return self.tr("Restored: you had not finished this one.")

    @property
    def missing(self) -> tuple[SummaryField, ...]:
        """What the last try to save found missing and still is; empty before the first try."""
        return self.gaps if self._refused and self.editable else ()

    @property
    def gaps(self) -> tuple[SummaryField, ...]:
        """What would be missing if it were saved now."""
        return () if self.draft is None else missing(self.draft)

    def missing_text(self, field: SummaryField) -> str:
        if field not in self.missing:
            return ""
        match field:
            case SummaryField.CUSTOMER:
                return self.tr("say who it was")
            case SummaryField.CATEGORY:
                return self.tr("choose a category")
            case SummaryField.QUESTION:
                return self.tr("write what was asked")
            case _:
                return self.tr("write or quote the answer")

    # --- what she does ---------------------------------------------------------------------------

    def set_text(self, field: SummaryField, text: str) -> None:
        """She typed into a field of the summary on the page."""
        if self._selected is None or not self.editable:
            return
        before = self.gaps
        self._seat.summaries.set_text(self._selected, field, text)
        if self.gaps != before:
            self.changed.emit()

    def is_open(self, about: InteractionId) -> bool:
        """Whether words can still be put into that summary."""
        draft = self._seat.summaries.draft(about)
        return draft is not None and draft.state is DraftState.OPEN

    def add_line(self, about: InteractionId, field: SummaryField, words: str) -> None:
        """Put words of hers below what stands in a text field, on the page or not."""
        draft = self._seat.summaries.draft(about)
        if draft is not None:
            text = text_of(draft, field).rstrip()
            kept = f"{text}\n{words}" if text else words
            self._seat.summaries.set_text(about, field, kept)
            self.changed.emit()

    def set_person(self, key: str) -> None:
        """Whose summary it is: a candidate, or "" for nobody who is known."""
        if self._selected is None or not self.editable:
            return
        self._seat.caller.relinking.link(self._selected, CustomerId(key) if key else None)

    def park(self) -> None:
        """Put it by, to be finished later."""
        if self._selected is not None and self.parkable:
            self._seat.summaries.park(self._selected)

    def set_category(self, key: str) -> None:
        if self._selected is not None and self.editable:
            self._seat.summaries.set_category(self._selected, CategoryId(key))

    def save(self) -> None:
        """Finish the summary; what is missing is said, the phone is not touched."""
        if self._selected is not None and self.editable:
            self._seat.summaries.save(self._selected)

    # --- inside ----------------------------------------------------------------------------------

    def _on_focus(self, selected: InteractionId | None) -> None:
        self._selected = selected
        self._refused = False
        self.changed.emit()

    def _on_draft(self, draft: SummaryDraft) -> None:
        if draft.interaction_id == self._selected:
            self.changed.emit()

    def _on_finished(self, result: SaveResult) -> None:
        if result.interaction_id == self._selected:
            self._refused = bool(result.missing)
            self.changed.emit()

    def _on_categories(self, categories: tuple[Category, ...]) -> None:
        self._tree = CategoryTree(categories)
        self.changed.emit()


def _person(candidate: Candidate) -> Row:
    about = (candidate.number_label, candidate.segment, candidate.region)
    trail = joined(*about)
    return Row(key=candidate.customer_id, title=candidate.name, trail=trail)


def called(draft: SummaryDraft) -> str:
    """The person a summary is bound to, or the number, or that there was none."""
    return (
        draft.customer_name
        or phone_number(draft.call.number)
        or QCoreApplication.translate("SummaryViewModel", "number withheld")
    )
