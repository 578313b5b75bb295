"""Writing and reviewing answers: every word is kept as it is typed (steps ⑥ to ⑧).

One draft is open at a time. Leaving it keeps what was typed; opening it again brings it back, also
after a crash. Saving, submitting, reviewing and publishing are operations that wait for the server
where it is away.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from agent_app.desk.keeping import Keeping
from agent_app.desk.open_draft import DraftKeeper, Editing
from agent_app.desk.proofs import Proofs
from agent_app.domain.editing import (
    DraftAct,
    DraftForm,
    DraftOverview,
    DraftState,
    DraftWords,
    Editor,
    acts,
    problems,
    words_of,
)
from agent_app.domain.ids import ArticleId, CategoryId, uuid7
from agent_app.domain.knowledge import Article, Attachment, Reading, SearchHit
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError

Find = Callable[[str], Awaitable[tuple[SearchHit, ...]]]
"""Articles for what was typed, the best first."""


class KnowledgeEditing(QObject):
    """GUI thread; everything but the list of callers works without the server.

    Signals:
        changed: DraftOverview.
        opened: Editing; fill everything in anew.
        updated: Editing; its state, what is wrong, or why the disk would not take it.
        closed: nothing is open any more.
        hits_found: tuple of SearchHit for what was typed last.
        sent: an act of hers is in the outbox.
        published: ArticleDraft of hers that the server has published, or put on its day.
        fault: str, the disk would not give or take something.
    """

    changed = Signal(object)
    opened = Signal(object)
    updated = Signal(object)
    closed = Signal()
    hits_found = Signal(object)
    sent = Signal()
    published = Signal(object)
    fault = Signal(str)

    def __init__(
        self,
        *,
        keeper: DraftKeeper,
        reading: Callable[[ArticleId], Awaitable[Reading | None]],
        find: Find,
        who: Editor,
        proofs: Proofs,
        clock: Clock,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._keeper = keeper
        self._reading = reading
        self._find = find
        self._who = who
        self.proofs = proofs
        self._clock = clock
        self._tasks = tasks
        self._overview = DraftOverview()
        self._editing: Editing | None = None
        self._keeping = Keeping(
            keep=keeper.keep,
            current=self._to_keep,
            on_fault=self._not_kept,
            tasks=tasks,
        )
        self._sending = False
        self._asked = self._searched = 0
        self._publishing: set[str] = set()

    @property
    def overview(self) -> DraftOverview:
        return self._overview

    @property
    def editing(self) -> Editing | None:
        return self._editing

    @property
    def who(self) -> Editor:
        """With the centre's rule in it."""
        return replace(self._who, people=self._overview.people)

    @property
    def acts(self) -> frozenset[DraftAct]:
        """What she may do with what is open; words that are not saved are published by nobody."""
        if self._editing is None:
            return frozenset()
        found = acts(self._editing.draft, self.who)
        return found - {DraftAct.PUBLISH} if self._editing.typed else found

    def refresh(self) -> None:
        """Drafts, articles or the outbox changed: look again."""
        self._tasks.spawn(self._refresh())

    def search(self, text: str) -> None:
        """Articles to write about; ``hits_found`` brings those of the newest question."""
        self._searched += 1
        self._tasks.spawn(self._search(text, self._searched))

    # --- opening ---------------------------------------------------------------------------------

    def open(self, draft_id: str) -> None:
        self._tasks.spawn(self._open(draft_id))

    def new(self, words: DraftWords | None = None) -> None:
        """An article that is not there yet; it begins to hold today."""
        today = self._clock.now().astimezone().date().isoformat()
        words = words or DraftWords()
        words = replace(words, valid_from=words.valid_from or today,
                        owner_id=words.owner_id or self._who.agent_id)  # fmt: skip
        self._begin(Editing(DraftForm(uuid7(), words)))

    def write_answer(self, title: str, question: str, category_id: CategoryId | None) -> None:
        """Somebody reported that this answer is missing."""
        self.new(DraftWords(title=title, question=question, category_id=category_id))

    def change_article(self, article_id: ArticleId) -> None:
        """The draft that is being written for it, else a new one over its newest version."""
        for draft in self._overview.drafts:
            if draft.form.article_id == article_id and draft.state.open:
                self.open(draft.draft_id)
                return
        self._tasks.spawn(self._change(article_id))

    def make_variant(self, article_id: ArticleId) -> None:
        """A new article: what holds in another region instead."""
        self._tasks.spawn(self._variant(article_id))

    def close(self) -> None:
        """Leave it; what was typed is there again when she comes back."""
        if self._editing is not None:
            self._editing = None
            self.closed.emit()
            self.refresh()

    def discard(self) -> None:
        """Forget what was typed since it was last saved."""
        editing = self._editing
        if editing is not None and editing.typed:
            self._editing = None
            self.closed.emit()
            self._tasks.spawn(self._do(self._keeper.drop(editing.form.draft_id)))

    # --- what she does ---------------------------------------------------------------------------

    def change(self, words: DraftWords) -> None:
        """She typed; kept on disk, not echoed."""
        editing = self._editing
        if editing is None or words == editing.form.words or DraftAct.WRITE not in self.acts:
            return
        first = not editing.typed
        form = replace(editing.form, words=words)
        self._editing = replace(editing, form=form, typed=True, fault="")
        self._keeping.soon()
        if first or editing.wrong:
            self._put(replace(self._editing, wrong={}))

    def save(self) -> None:
        """Send the words, to go on with them later or elsewhere."""
        if DraftAct.WRITE in self.acts:
            self._save(DraftState.WRITING)

    def submit(self) -> None:
        """Ask a second person to look; ``updated`` says what is wrong instead."""
        if DraftAct.SUBMIT in self.acts:
            self._save(DraftState.IN_REVIEW)

    def take_back(self) -> None:
        """Write on, instead of the review; or pick up what was dropped."""
        self._move(DraftAct.TAKE_BACK, DraftState.WRITING)

    def give_back(self, remark: str) -> None:
        if remark.strip():
            self._move(DraftAct.GIVE_BACK, DraftState.RETURNED, remark.strip())

    def drop(self) -> None:
        self._move(DraftAct.DROP, DraftState.DROPPED)

    def publish(self) -> None:
        """What she has read becomes the official answer; ``published`` tells when it is."""
        editing = self._editing
        if editing is None or editing.draft is None or DraftAct.PUBLISH not in self.acts:
            return
        if wrong := problems(editing.form.words, whole=True):
            self._put(replace(editing, wrong=wrong))
            return
        self._publishing.add(editing.draft.draft_id)
        self._act(self._keeper.publish(editing.draft, agent_id=self._who.agent_id))

    def follow(self) -> None:
        """She has seen what the article says by now: her words shall come after that."""
        editing = self._editing
        if editing is not None and editing.draft is not None and DraftAct.FOLLOW in self.acts:
            form = replace(editing.form, base_version=editing.draft.article_version)
            self._editing = replace(editing, form=form, typed=True)
            self._save(DraftState.WRITING)

    # --- inside ----------------------------------------------------------------------------------

    def _save(self, state: DraftState) -> None:
        editing = self._editing
        if editing is None or self._sending:
            return
        wrong = problems(editing.form.words, whole=state is DraftState.IN_REVIEW)
        if wrong:
            self._put(replace(editing, wrong=wrong))
            return
        self._act(self._keeper.save(editing.form, state=state, agent_id=self._who.agent_id))

    def _move(self, act: DraftAct, state: DraftState, remark: str = "") -> None:
        editing = self._editing
        if editing is not None and editing.draft is not None and act in self.acts:
            self._act(
                self._keeper.move(editing.draft, state, agent_id=self._who.agent_id, remark=remark)
            )

    def _act(self, work: Coroutine[object, object, None]) -> None:
        if self._sending:
            work.close()
            return
        self._sending = True
        self._tasks.spawn(self._send(work))

    async def _send(self, work: Coroutine[object, object, None]) -> None:
        sent = self._editing
        try:
            await work
        except StoreError as error:
            self._sending = False
            if self._editing is not None:
                self._put(replace(self._editing, fault=str(error)))
                self._keeping.soon()
            return
        self._sending = False
        self.sent.emit()
        if sent is not None:
            await self._stand_on(sent)
        await self._refresh()

    async def _stand_on(self, sent: Editing) -> None:
        """What is open is what was sent now; words typed in between stay, and are not saved."""
        try:
            draft = await self._keeper.draft(sent.form.draft_id)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        now = self._editing
        if draft is None or now is None or now.form.draft_id != draft.draft_id:
            return
        if now.form.words != sent.form.words:
            form = replace(draft.form, words=now.form.words)
            self._put(replace(now, form=form, draft=draft, typed=True, restored=False))
            self._keeping.soon()
        else:
            self._show(replace(now, draft=draft, typed=False, restored=False, wrong={}))

    async def _open(self, draft_id: str) -> None:
        try:
            typed = await self._keeper.typed_form(draft_id)
            draft = await self._keeper.draft(draft_id)
            form = typed or (None if draft is None else draft.form)
            if form is None:
                return
            article, files = await self._known(form)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        restored = typed is not None
        self._begin(Editing(form, draft, article, files, typed=restored, restored=restored))

    async def _change(self, article_id: ArticleId) -> None:
        reading = await self._read(article_id)
        if reading is not None:
            article = reading.article
            form = DraftForm(uuid7(), words_of(article), article_id, article.version)
            self._begin(Editing(form, article=article, files=reading.attachments))

    async def _variant(self, article_id: ArticleId) -> None:
        reading = await self._read(article_id)
        if reading is not None:
            article = reading.article
            words = replace(words_of(article), region="", variant_of=article.group)
            self._begin(Editing(DraftForm(uuid7(), words)))

    async def _read(self, article_id: ArticleId) -> Reading | None:
        try:
            return await self._reading(article_id)
        except StoreError as error:
            self.fault.emit(str(error))
            return None

    async def _known(self, form: DraftForm) -> tuple[Article | None, tuple[Attachment, ...]]:
        reading = await self._reading(ArticleId(form.article_id)) if form.article_id else None
        return (None, ()) if reading is None else (reading.article, reading.attachments)

    def _begin(self, editing: Editing) -> None:
        self._editing = editing
        self._keeping.begin(editing.form)
        self.opened.emit(editing)

    def _to_keep(self) -> DraftForm | None:
        """What is being sent is no draft any more."""
        if self._editing is None or self._sending or not self._editing.typed:
            return None
        return self._editing.form

    def _not_kept(self, fault: str) -> None:
        if self._editing is not None:
            self._put(replace(self._editing, fault=fault))

    async def _search(self, text: str, mine: int) -> None:
        hits = await self._find(text) if text.strip() else ()
        if mine == self._searched:
            self.hits_found.emit(hits)

    async def _do(self, work: Coroutine[object, object, None]) -> None:
        try:
            await work
        except StoreError as error:
            self.fault.emit(str(error))
        await self._refresh()

    async def _refresh(self) -> None:
        self._asked = mine = self._asked + 1
        try:
            overview = await self._keeper.overview()
            if mine != self._asked:
                return
            if overview != self._overview:
                self._overview = overview
                self.changed.emit(overview)
            await self._renew()
        except StoreError as error:
            self.fault.emit(str(error))
            return
        for draft in overview.drafts:
            done = draft.state in (DraftState.PUBLISHED, DraftState.SCHEDULED)
            if draft.draft_id in self._publishing and not draft.publishing and done:
                self._publishing.discard(draft.draft_id)
                self.published.emit(draft)

    async def _renew(self) -> None:
        """What is open, as it is by now; the words she types stay."""
        editing = self._editing
        if editing is None:
            return
        draft = await self._keeper.draft(editing.form.draft_id)
        article, files = await self._known(editing.form)
        now = self._editing
        if now is None or now.form.draft_id != editing.form.draft_id:
            return
        if draft is not None and not now.typed and draft.form != now.form:
            self._show(replace(now, draft=draft, article=article, files=files))
        elif (draft, article, files) != (now.draft, now.article, now.files):
            self._put(replace(now, draft=draft, article=article, files=files))

    def _show(self, editing: Editing) -> None:
        """Its draft as it is by now; her cursor stays where the words are the same."""
        assert editing.draft is not None
        now = replace(editing, form=editing.draft.form)
        if now.form.words == editing.form.words:
            self._keeping.begin(now.form)
            self._put(now)
        else:
            self._begin(now)

    def _put(self, editing: Editing) -> None:
        self._editing = editing
        self.updated.emit(editing)
