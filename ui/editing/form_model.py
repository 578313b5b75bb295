"""The open draft in words: its state, what is wrong with it, what may be done (step ⑥)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from agent_app.desk.open_draft import Editing
from agent_app.desk.seat import Seat
from agent_app.domain.editing import (
    ArticleDraft,
    DraftAct,
    DraftState,
    DraftWords,
    as_article,
)
from agent_app.domain.ids import ArticleId, CategoryId
from ui.editing import words
from ui.formatting import joined, moment
from ui.rows.row import Row
from ui.summary.categories import CategoryTree


class DraftFormModel(QObject):
    """View-model of the form; typing goes to the desk, which keeps it.

    Signals:
        opened: fill everything in anew.
        changed: its state, or what is wrong.
        closed: put the form away.
    """

    opened = Signal()
    changed = Signal()
    closed = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._desk = seat.editing
        self._done = ""
        self._tree = CategoryTree(seat.knowledge.categories)
        self._desk.opened.connect(self._on_opened)
        self._desk.updated.connect(self._on_updated)
        self._desk.changed.connect(self._on_updated)
        self._desk.closed.connect(self.closed)
        self._desk.published.connect(self._on_published)
        seat.link.changed.connect(self._on_updated)
        seat.knowledge.categories_changed.connect(self._on_categories)

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def editing(self) -> Editing | None:
        return self._desk.editing

    @property
    def draft(self) -> ArticleDraft | None:
        return None if self.editing is None else self.editing.draft

    @property
    def words(self) -> DraftWords:
        return DraftWords() if self.editing is None else self.editing.form.words

    @property
    def writable(self) -> bool:
        return DraftAct.WRITE in self._desk.acts

    def may(self, act: DraftAct) -> bool:
        return act in self._desk.acts

    @property
    def article_id(self) -> str:
        return "" if self.editing is None else self.editing.form.article_id

    @property
    def heading(self) -> str:
        editing = self.editing
        if editing is None:
            return ""
        if not editing.form.article_id:
            if editing.form.words.variant_of:
                return self.tr("New variant for a region")
            return self.tr("New article")
        return self.tr("{title}, after version {number}").format(
            title=editing.form.words.title if editing.article is None else editing.article.title,
            number=editing.form.base_version,
        )

    @property
    def facts(self) -> str:
        """State, who wrote and who reviewed, in one line."""
        editing, draft = self.editing, self.draft
        if editing is None:
            return ""
        if draft is None:
            return self.tr("not saved yet")
        mine = draft.author_id == self._seat.agent.agent_id
        who = self.tr("you") if mine else draft.author_name
        parts = (
            words.state_word(draft.state),
            self.tr("a region's variant") if editing.form.words.variant_of else "",
            self.tr("written by {who}, {when}").format(
                who=who, when=moment(draft.changed_at, self._seat.clock.now())
            ),
            self.tr("reviewed by {who}").format(who=draft.reviewer_name)
            if draft.reviewer_name
            else "",
            self.tr("your latest words are not saved yet") if editing.typed else "",
        )
        return joined(*parts)

    @property
    def advice(self) -> str:
        """What she should know before she goes on; the most urgent only."""
        editing, draft = self.editing, self.draft
        if editing is None:
            return ""
        if editing.fault:
            return self.tr("Not kept on disk: {reason}").format(reason=editing.fault)
        if editing.wrong:
            return self.tr("Something is missing or wrong; it is marked.")
        if self._done:
            return self._done
        if draft is None:
            return ""
        return self._advice_about(draft, restored=editing.restored)

    def _advice_about(self, draft: ArticleDraft, *, restored: bool) -> str:
        returned = draft.state is DraftState.RETURNED
        who = draft.reviewer_name or self.tr("Given back")
        texts = (
            (bool(draft.refused), self.tr("The server did not take it: {reason}").format(
                reason=draft.refused)),
            (draft.set_aside, self.tr(
                "The server sent something of it back: look into the inbox (Ctrl+I).")),
            (draft.moved_on, self.tr(
                "The article has version {number} by now. Look at the differences first."
            ).format(number=draft.article_version)),
            (returned and bool(draft.remark), self.tr("{who}: {remark}").format(
                who=who, remark=draft.remark)),
            (returned, self.tr(
                "It waited for its day when its article changed: look at it again.")),
            (draft.publishing or draft.waits, self.tr(
                "It goes to the server as soon as the server is there.")),
            (restored, self.tr("You had typed this and not saved it.")),
        )  # fmt: skip
        urgent = next((text for holds, text in texts if holds), "")
        return urgent or self._advice_for_reviewers(draft)

    def _advice_for_reviewers(self, draft: ArticleDraft) -> str:
        if draft.state is DraftState.SCHEDULED:
            return self.tr(
                "In force from {day}. Until then agents see the version in force."
            ).format(day=draft.form.words.valid_from)
        if draft.state is not DraftState.IN_REVIEW:
            return ""
        if self._desk.who.people > 1 and draft.author_id == self._seat.agent.agent_id:
            return self.tr("A second person has to look at it and publish it.")
        return self.tr("Read it, compare it, then publish it or give it back with a remark.")

    @property
    def is_fault(self) -> bool:
        editing, draft = self.editing, self.draft
        if editing is None:
            return False
        back = draft is not None and (draft.set_aside or draft.moved_on)
        return bool(editing.fault or editing.wrong) or back

    def remark(self, name: str) -> str:
        """What is wrong with a field; empty when nothing is."""
        problem = None if self.editing is None else self.editing.wrong.get(name)
        return "" if problem is None else words.problem_words(problem)

    @property
    def first_wrong(self) -> str:
        return next(iter(self.editing.wrong), "") if self.editing is not None else ""

    @property
    def owners(self) -> tuple[tuple[str, str], ...]:
        """Whose the article may be: nobody, she, and who has articles."""
        agent = self._seat.agent
        known = {agent.agent_id: agent.name, **dict(self._desk.overview.owners)}
        return (("", self.tr("Nobody")), *known.items())

    @property
    def category_path(self) -> str:
        return self._tree.path(self.words.category_id)

    def category_rows(self, typed: str) -> tuple[Row, ...]:
        return self._tree.rows(typed)

    # --- what she does ---------------------------------------------------------------------------

    def take(self, name: str, value: str) -> None:
        """She typed or chose; kept by the desk at once."""
        self._done = ""
        kept = (CategoryId(value) if value else None) if name == "category_id" else value
        self._desk.change(replace(self.words, **{name: kept}))  # type: ignore[arg-type]

    def ask_reading(self) -> None:
        """``seat.editing.proofs`` brings it."""
        if self.editing is not None:
            article = as_article(self.editing.form, self.editing.article)
            self._desk.proofs.ask_reading(article)

    def ask_difference(self) -> bool:
        """False where there is no version in force to compare with."""
        editing = self.editing
        if editing is None or editing.article is None:
            return False
        self._desk.proofs.ask_difference(editing.article, as_article(editing.form, editing.article))
        return True

    def make_variant(self) -> None:
        """What holds in another region instead of this article."""
        if self.editing is not None and self.editing.article is not None:
            self._desk.make_variant(self.editing.article.article_id)

    def ask_told(self) -> None:
        """Who was told what the published draft replaced."""
        draft = self.draft
        if draft is not None and self.may(DraftAct.ASK_TOLD):
            self._ask_told(draft)

    # --- inside ----------------------------------------------------------------------------------

    def _ask_told(self, draft: ArticleDraft) -> None:
        form = draft.form
        if form.base_version:
            version = form.base_version + 1
            self._seat.told.ask(ArticleId(form.article_id), version, form.words.title)

    def _on_published(self, draft: ArticleDraft) -> None:
        """Hers is the official answer now: the people who heard the old one come to mind."""
        if draft.state is DraftState.PUBLISHED:
            self._done = self.tr("Published: it is what agents see from now on.")
            self._ask_told(draft)
        self.changed.emit()

    def _on_opened(self, _editing: object) -> None:
        self._done = ""
        self.opened.emit()

    def _on_categories(self, _categories: object) -> None:
        self._tree = CategoryTree(self._seat.knowledge.categories)
        self.changed.emit()

    def _on_updated(self, _what: object) -> None:
        self.changed.emit()
