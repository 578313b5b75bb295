"""Summaries at work: written for her, saved as typed, finished by one key (⑥, ⑦)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.domain import summary as rules
from agent_app.domain.calls import Call, CallState, EndReason
from agent_app.domain.customers import CallerCard, CardState
from agent_app.domain.handover import Attachment, take_over
from agent_app.domain.ids import ArticleId, CategoryId, CustomerId, InteractionId
from agent_app.domain.knowledge import Article
from agent_app.domain.summary import (
    CategoryReason,
    CategorySource,
    DraftState,
    SummaryDraft,
    SummaryField,
)
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError


class DraftKeeper(Protocol):
    """Where drafts survive a crash."""

    async def put(self, draft: SummaryDraft) -> None: ...

    async def open(self) -> tuple[SummaryDraft, ...]: ...


@dataclass(frozen=True, slots=True)
class SaveResult:
    """The outcome of save().

    ``missing`` says what a summary still needs, ``fault`` why the disk would not take it;
    ``at_hang_up``: the call is still up, it is saved by itself when it ends.
    """

    interaction_id: InteractionId
    saved: bool
    missing: tuple[SummaryField, ...] = ()
    fault: str = ""
    at_hang_up: bool = False


class Summaries(QObject):
    """One draft per interaction.

    A draft is kept on disk from the moment the call is answered or she touches it; every later
    change is written again, one write at a time, always the newest text.

    Signals:
        changed: SummaryDraft; not sent for the text she is typing herself.
        typed: SummaryDraft, after each change of a text of hers.
        finished: SaveResult, the answer to save().
        dropped: InteractionId, the call was never answered and nothing was written.
        reopened: SummaryDraft, it was parked and is worked on again.
        fault: str, a draft could not be written to disk; it is tried again at the next change.
    """

    changed = Signal(object)
    typed = Signal(object)
    finished = Signal(object)
    dropped = Signal(object)
    reopened = Signal(object)
    fault = Signal(str)

    def __init__(
        self,
        *,
        keeper: DraftKeeper,
        commit: Callable[[SummaryDraft], Awaitable[object]],
        article: Callable[[ArticleId], Awaitable[Article | None]],
        queue_category: Callable[[str], CategoryId | None],
        clock: Clock,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._commit = commit
        self._article = article
        self._queue_category = queue_category
        self._clock = clock
        self._tasks = tasks
        self._drafts: dict[InteractionId, SummaryDraft] = {}
        self._kept: dict[InteractionId, SummaryDraft] = {}
        self._writing: set[InteractionId] = set()
        self._work: set[asyncio.Task[None]] = set()
        self._save_at_end: set[InteractionId] = set()
        self._asked_who: set[InteractionId] = set()

    def draft(self, interaction_id: InteractionId) -> SummaryDraft | None:
        return self._drafts.get(interaction_id)

    @property
    def open_drafts(self) -> tuple[SummaryDraft, ...]:
        return tuple(d for d in self._drafts.values() if d.state is DraftState.OPEN)

    @property
    def parked_drafts(self) -> tuple[SummaryDraft, ...]:
        """Put by to be finished later, in the order of their calls."""
        return tuple(draft for draft in self.open_drafts if draft.parked)

    def unfinished(self, exchange_call_id: str) -> Call | None:
        """The ended call of an unfinished summary, by the exchange's call id; the latest one."""
        found = (
            draft.call
            for draft in reversed(self.open_drafts)
            if draft.call.exchange_call_id == exchange_call_id and not draft.call.live
        )
        return next(found, None)

    async def restore(self) -> tuple[SummaryDraft, ...]:
        """Bring back what was unfinished when the desk last ended; a call then up is lost."""
        drafts = tuple(_without_call(draft) for draft in await self._keeper.open())
        for draft in drafts:
            self._put(draft)
        return drafts

    # --- what happens to the call ----------------------------------------------------------------

    def on_call(self, call: Call) -> None:
        """Begin a draft with the call; an unanswered, untouched one is dropped at its end."""
        draft = self._drafts.get(call.interaction_id)
        if draft is None:
            if call.live and call.consults_for is None:  # that is written in the caller's summary
                self._put(self._by_queue(SummaryDraft(call.interaction_id, call)))
            return
        if draft.state is DraftState.SAVED:
            return
        if not call.live and not _worth_keeping(replace(draft, call=call)):
            del self._drafts[call.interaction_id]
            self.dropped.emit(call.interaction_id)
            return
        if call.normal != draft.call.normal:  # somebody else; the card says anew who it is
            draft = rules.unbind(draft)
        parked = draft.parked and not (call.live and not draft.call.live)  # else it is back
        self._put(self._by_queue(replace(draft, call=call, parked=parked)))
        if not call.live and call.interaction_id in self._save_at_end:
            self._save_at_end.discard(call.interaction_id)
            self.save(call.interaction_id)

    def on_card(self, card: CallerCard) -> None:
        """The caller is known: the summary belongs to that person, or it must be asked who."""
        draft = self._open(card.interaction_id)
        if draft is None:
            return
        customer = card.customer
        if customer is None:
            asks = card.state is CardState.SEVERAL and draft.customer_id is None
            self._put(replace(draft, asks_who=asks and not draft.nobody))
            return
        if draft.customer_id != customer.customer_id:
            draft = rules.bind(draft, customer.customer_id, customer.name)
        before = next((one for one in customer.history if one.category_id is not None), None)
        if before is not None:
            day = before.started_at.astimezone().date().isoformat()
            reason = CategoryReason(CategorySource.HISTORY, day)
            draft = rules.write_category(draft, before.category_id, reason)
        self._put(draft)
        self._go_on_saving(card.interaction_id)

    def on_rules(self) -> None:
        """The centre's categories or its choice for a queue are others now."""
        for draft in self.open_drafts:
            self._put(self._by_queue(draft))

    def _by_queue(self, draft: SummaryDraft) -> SummaryDraft:
        queue = draft.call.queue
        reason = CategoryReason(CategorySource.QUEUE, queue)
        return rules.write_category(draft, self._queue_category(queue), reason)

    def reopen(self, draft: SummaryDraft) -> None:
        """The server sent it back: it is hers to edit again."""
        self._put(draft)

    def take_over(
        self, interaction_id: InteractionId, before: Attachment, now: Attachment
    ) -> SummaryDraft | None:
        """The colleague who had the call before wrote ``now``; returns the draft, if it is open."""
        if (draft := self._open(interaction_id)) is not None:
            self._put(take_over(draft, before, now))
        return self._open(interaction_id)

    # --- what she does ---------------------------------------------------------------------------

    def set_text(self, interaction_id: InteractionId, field: SummaryField, text: str) -> None:
        """She typed; kept on disk, not echoed."""
        if (draft := self._open(interaction_id)) is not None:
            self._put(rules.set_text(self._touched(draft), field, text), echo=False)

    def arrange(self, interaction_id: InteractionId, line: str) -> None:
        """Something was arranged for the caller, which the follow-up says in a line."""
        if (draft := self._open(interaction_id)) is not None:
            self._put(rules.add_follow_up(self._touched(draft), line))

    def set_category(self, interaction_id: InteractionId, category_id: CategoryId | None) -> None:
        if (draft := self._open(interaction_id)) is not None:
            self._put(rules.set_category(self._touched(draft), category_id))

    def bind(
        self, interaction_id: InteractionId, customer_id: CustomerId | None, name: str = ""
    ) -> None:
        """She says whose summary it is; None for nobody who is known. A save asked for goes on."""
        if (draft := self._open(interaction_id)) is not None:
            bound = rules.bind(draft, customer_id, name)
            self._put(replace(bound, edited_at=self._clock.now()))
            self._go_on_saving(interaction_id)

    def park(self, interaction_id: InteractionId) -> None:
        """Put the summary of an ended call by, to be finished later."""
        draft = self._open(interaction_id)
        if draft is not None and not draft.call.live:
            self._put(replace(draft, parked=True))

    def unpark(self, interaction_id: InteractionId) -> None:
        """Go on with a parked one."""
        draft = self._open(interaction_id)
        if draft is not None and draft.parked:
            self._put(replace(draft, parked=False))
            self.reopened.emit(draft)

    def quote(self, interaction_id: InteractionId, article_id: ArticleId) -> None:
        """Put an article's answer and version into the summary."""
        self._tasks.spawn(self._quote(interaction_id, article_id))

    def save(self, interaction_id: InteractionId) -> None:
        """Finish the summary; ``finished`` tells the outcome.

        During the call it stays hers to edit and is saved when the call ends, so that the record
        has the whole call in it.
        """
        draft = self._open(interaction_id)
        if draft is None:
            return
        if missing := rules.missing(draft):
            if missing == (SummaryField.CUSTOMER,):
                self._asked_who.add(interaction_id)
            self.finished.emit(SaveResult(interaction_id, saved=False, missing=missing))
        elif draft.call.live:
            self._save_at_end.add(interaction_id)
            self.finished.emit(SaveResult(interaction_id, saved=False, at_hang_up=True))
        else:
            self._put(replace(draft, state=DraftState.SAVED, parked=False))
            self._do(self._save(draft))

    def _go_on_saving(self, interaction_id: InteractionId) -> None:
        """Only whose it is was missing, and now it is known."""
        if interaction_id in self._asked_who:
            self._asked_who.discard(interaction_id)
            self.save(interaction_id)

    async def flush(self) -> None:
        """Wait until everything typed and saved so far is on disk, or was refused by it."""
        while self._work:
            await asyncio.wait(self._work)

    # --- inside ----------------------------------------------------------------------------------

    def _open(self, interaction_id: InteractionId) -> SummaryDraft | None:
        draft = self._drafts.get(interaction_id)
        return draft if draft is not None and draft.state is DraftState.OPEN else None

    def _touched(self, draft: SummaryDraft) -> SummaryDraft:
        self._asked_who.discard(draft.interaction_id)  # she goes on writing instead of answering
        return replace(draft, edited_at=self._clock.now())

    def _do(self, work: Coroutine[object, object, None]) -> None:
        task = self._tasks.spawn(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _quote(self, interaction_id: InteractionId, article_id: ArticleId) -> None:
        try:
            article = await self._article(article_id)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        draft = self._open(interaction_id)
        if draft is not None and article is not None:
            self._put(rules.quote(self._touched(draft), article))

    async def _save(self, draft: SummaryDraft) -> None:
        try:
            await self._commit(draft)
        except StoreError as error:
            self._put(draft)
            result = SaveResult(draft.interaction_id, saved=False, fault=str(error))
        else:
            result = SaveResult(draft.interaction_id, saved=True)
        self.finished.emit(result)

    def _put(self, draft: SummaryDraft, *, echo: bool = True) -> None:
        interaction_id = draft.interaction_id
        if draft == self._drafts.get(interaction_id):
            return
        self._drafts[interaction_id] = draft
        if echo:
            self.changed.emit(draft)
        else:
            self.typed.emit(draft)
        if _worth_keeping(draft) and interaction_id not in self._writing:
            self._writing.add(interaction_id)
            self._do(self._keep(interaction_id))

    async def _keep(self, interaction_id: InteractionId) -> None:
        """Write until what is on disk is what is on screen."""
        try:
            while (draft := self._drafts.get(interaction_id)) is not None:
                stale = draft != self._kept.get(interaction_id)
                if not stale or draft.state is DraftState.SAVED:
                    return
                await self._keeper.put(draft)
                self._kept[interaction_id] = draft
        except StoreError as error:
            self.fault.emit(str(error))
        finally:
            self._writing.discard(interaction_id)


def _worth_keeping(draft: SummaryDraft) -> bool:
    """A call nobody answered, with nothing written about it, leaves no draft behind."""
    written = draft.quotes or draft.follow_up
    done = written and draft.edited_at is not None  # by her, not by the colleague before
    talked = draft.call.was_answered or draft.call.talked_s > 0  # before it was passed on
    return bool(talked or draft.hers or done)


def _without_call(draft: SummaryDraft) -> SummaryDraft:
    """The desk ended under the call: it was lost at the last moment known of it."""
    call = draft.call
    if not call.live:
        return draft
    last = max(at for at in (call.started_at, call.answered_at, draft.edited_at) if at is not None)
    talked_s = 0.0 if call.answered_at is None else (last - call.answered_at).total_seconds()
    lost = replace(
        call,
        state=CallState.ENDED,
        ended_at=last,
        talked_s=max(0.0, talked_s),
        end_reason=EndReason.LOST,
        end_detail="the desk ended during the call",
    )
    return replace(draft, call=lost)
