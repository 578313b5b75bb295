"""Writing and reviewing answers: every word is kept as it is typed (steps ⑥ to ⑧).

One draft is open at a time. Leaving it keeps what was typed; opening it again brings it back, also
after a crash. Saving, submitting, reviewing and publishing are operations that wait for the server
where it is away.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from agent_app.desk.article_files import ArticleFiles
from agent_app.desk.draft_opening import DraftOpening
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
)
from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.domain.knowledge import Reading, SearchHit
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
        files: ArticleFiles,
        clock: Clock,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._keeper = keeper
        self._find = find
        self._who = who
        self.proofs = proofs
        self._files = files
        self._tasks = tasks
        self._overview = DraftOverview()
        self._editing: Editing | None = None
        self._keeping = Keeping(
            keep=keeper.keep,
            about=lambda form: form.draft_id,
            on_fault=self._not_kept,
            tasks=tasks,
        )
        self._opening = DraftOpening(
            keeper=keeper, keeping=self._keeping, reading=reading, owner_id=who.agent_id,
            clock=clock,
        )  # fmt: skip
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
        self._tasks.spawn(self._open(self._opening.draft(draft_id)))

    def new(self, words: DraftWords | None = None) -> None:
        """An article that is not there yet; it begins to hold today."""
        self._begin(self._opening.blank(words or DraftWords()))

    def write_answer(self, title: str, question: str, category_id: CategoryId | None) -> None:
        """Somebody reported that this answer is missing."""
        self.new(DraftWords(title=title, question=question, category_id=category_id))

    def change_article(self, article_id: ArticleId) -> None:
        """The draft that is being written for it, else a new one over its newest version."""
        for draft in self._overview.drafts:
            if draft.form.article_id == article_id and draft.state.open:
                self.open(draft.draft_id)
                return
        self._tasks.spawn(self._open(self._opening.change(article_id)))

    def make_variant(self, article_id: ArticleId) -> None:
        """A new article: what holds in another region instead."""
        self._tasks.spawn(self._open(self._opening.variant(article_id)))

    def close(self) -> None:
        """Leave it; what was typed is there again when she comes back."""
        if self._editing is not None:
            self._editing = None
            self.closed.emit()
            self._tasks.spawn(self._do(self._keeping.flush()))

    def discard(self) -> None:
        """Forget what was typed since it was last saved."""
        editing = self._editing
        if editing is not None and editing.typed:
            self._editing = None
            self.closed.emit()
            self._keeping.forget(editing.form)
            self._tasks.spawn(self._do(self._keeper.drop(editing.form.draft_id)))

    async def flush(self) -> None:
        """Return when everything typed so far is on the disk, or was refused by it."""
        await self._keeping.flush()

    # --- what she does ---------------------------------------------------------------------------

    def change(self, words: DraftWords) -> None:
        """She typed; kept on disk, not echoed."""
        editing = self._editing
        if editing is None or words == editing.form.words or DraftAct.WRITE not in self.acts:
            return
        first = not editing.typed
        form = replace(editing.form, words=words)
        self._editing = replace(editing, form=form, typed=True, fault="")
        self._keeping.soon(form)
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
        files = self._files.changed_by(editing.draft.draft_id)
        work = self._keeper.publish(editing.draft, files=files, agent_id=self._who.agent_id)
        self._act(work, editing, done=self._publishing.add)

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
        work = self._keeper.save(editing.form, state=state, agent_id=self._who.agent_id)
        self._keeping.sending(editing.form)
        self._act(work, editing)

    def _move(self, act: DraftAct, state: DraftState, remark: str = "") -> None:
        editing = self._editing
        if editing is not None and editing.draft is not None and act in self.acts:
            agent_id = self._who.agent_id
            work = self._keeper.move(editing.draft, state, agent_id=agent_id, remark=remark)
            self._act(work, editing)

    def _act(
        self,
        work: Coroutine[object, object, None],
        about: Editing,
        *,
        done: Callable[[str], None] | None = None,
    ) -> None:
        """One act at a time; ``done`` is told of the draft once it is in the outbox."""
        if self._sending:
            work.close()
            return
        self._sending = True
        self._tasks.spawn(self._send(work, about, done))

    async def _send(
        self,
        work: Coroutine[object, object, None],
        about: Editing,
        done: Callable[[str], None] | None,
    ) -> None:
        try:
            await work
        except StoreError as error:
            self._sending = False
            self._keeping.not_sent(about.form)
            self._not_kept(about.form, str(error))
            return
        self._sending = False
        self._keeping.sent(about.form)
        if done is not None:
            done(about.form.draft_id)
        self.sent.emit()
        await self._stand_on(about)
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
            self._keeping.soon(form)
        else:
            self._show(replace(now, draft=draft, typed=False, restored=False, wrong={}))

    async def _open(self, wanted: Awaitable[Editing | None]) -> None:
        try:
            editing = await wanted
        except StoreError as error:
            self.fault.emit(str(error))
            return
        if editing is not None:
            self._begin(editing)

    def _begin(self, editing: Editing) -> None:
        self._editing = editing
        self.opened.emit(editing)

    def _not_kept(self, form: DraftForm, fault: str) -> None:
        """Said in its draft; where that was left, said all the same."""
        if self._editing is not None and self._editing.form.draft_id == form.draft_id:
            self._put(replace(self._editing, fault=fault))
        else:
            self.fault.emit(fault)

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
        article, files = await self._opening.known(editing.form)
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
            self._put(now)
        else:
            self._begin(now)

    def _put(self, editing: Editing) -> None:
        self._editing = editing
        self.updated.emit(editing)
