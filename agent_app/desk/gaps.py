"""Gap reports: what became of hers, and those that wait for her answer (steps ⑥ and ⑧)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.desk.keeping import Keeping
from agent_app.domain.gaps import (
    ANSWERING_ROLES,
    GapAnswer,
    GapArticle,
    GapLists,
    GapProblem,
    GapReport,
    GapState,
    may_answer,
    whole_text,
    wrong_answer,
)
from agent_app.domain.ids import AgentId, ReportId
from agent_app.domain.knowledge import SearchHit
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError

Find = Callable[[str], Awaitable[tuple[SearchHit, ...]]]
"""Articles for what was typed, the best first."""


class ReportKeeper(Protocol):
    """Where reports and answers are kept (``agent_app.store.gaps``)."""

    async def lists(self, agent_id: AgentId) -> GapLists: ...

    async def decide(self, answer: GapAnswer, *, title: str, agent_id: AgentId) -> None: ...

    async def mark_seen(self, report_ids: Iterable[ReportId]) -> None: ...

    async def keep_answer(self, report_id: ReportId, outcome: str) -> None: ...

    async def typed_answer(self, report_id: ReportId) -> str: ...


@dataclass(frozen=True, slots=True)
class _TypedAnswer:
    report_id: ReportId
    outcome: str


class GapReports(QObject):
    """GUI thread; everything works without the server.

    Signals:
        changed: GapLists.
        answer_found: (ReportId, str), words of an answer that were typed and not sent.
        hits_found: tuple of SearchHit for what was typed last.
        article_wanted: str, the id of an article that she wants to read.
        decided: GapAnswer; it is in the outbox.
        fault: str, the disk would not give or take something.
    """

    changed = Signal(object)
    answer_found = Signal(str, str)
    hits_found = Signal(object)
    article_wanted = Signal(str)
    decided = Signal(object)
    fault = Signal(str)

    def __init__(
        self,
        *,
        keeper: ReportKeeper,
        find: Find,
        agent_id: AgentId,
        role: str,
        practice: bool = False,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """In a practice centre, where she is alone, she answers what she reports."""
        super().__init__(parent)
        self._keeper = keeper
        self._find = find
        self._agent_id = agent_id
        self._answers_all = practice or role in ANSWERING_ROLES
        self._tasks = tasks
        self._lists = GapLists()
        self._asked = 0
        self._searched = 0
        self._keeping: Keeping[_TypedAnswer] = Keeping(
            keep=lambda typed: keeper.keep_answer(typed.report_id, typed.outcome),
            about=lambda typed: typed.report_id,
            on_fault=self._not_kept,
            tasks=tasks,
        )

    @property
    def lists(self) -> GapLists:
        return self._lists

    @property
    def for_me(self) -> tuple[GapReport, ...]:
        """What waits for her: her own articles' reports, and nobody's if she may answer them."""
        return tuple(
            one
            for one in self._lists.to_do
            if self.may_answer(one) and (one.owner_id == self._agent_id or not one.owner_id)
        )

    @property
    def answers_all(self) -> bool:
        """Whether reports of any article are hers to answer."""
        return self._answers_all

    def report(self, report_id: str) -> GapReport | None:
        every = (*self._lists.mine, *self._lists.to_do)
        return next((one for one in every if one.report_id == report_id), None)

    def may_answer(self, report: GapReport) -> bool:
        return may_answer(report, self._agent_id, all_of_them=self._answers_all)

    def refresh(self) -> None:
        """Reports or the outbox changed: look again."""
        self._tasks.spawn(self._refresh())

    def take(self, report_id: ReportId) -> None:
        """It is hers now."""
        self._decide(report_id, GapState.TAKEN)

    def give_back(self, report_id: ReportId) -> None:
        """It is the owner's or nobody's again."""
        self._decide(report_id, GapState.OPEN)

    def answer(
        self, report_id: ReportId, outcome: str, article: GapArticle | None
    ) -> GapProblem | None:
        """Answer with words, an article, or both; what is wrong with it, if something is."""
        return self._decide(report_id, GapState.ANSWERED, outcome, article)

    def decline(self, report_id: ReportId, reason: str) -> GapProblem | None:
        return self._decide(report_id, GapState.DECLINED, reason)

    def mark_seen(self, report_ids: Iterable[ReportId]) -> None:
        """She has seen what became of these."""
        wanted = tuple(report_ids)
        if wanted:
            self._tasks.spawn(self._do(self._keeper.mark_seen(wanted)))

    def show_article(self, article: GapArticle | None) -> None:
        """She wants to read what a report is about, or its answer."""
        if article is not None:
            self.article_wanted.emit(article.article_id)

    def heed(self) -> None:
        """She looks at the newest outcome: it is no news any more, and its article opens."""
        for report in self._lists.news[:1]:
            self.mark_seen([report.report_id])
            self.show_article(report.outcome_article)

    def keep_answer(self, report_id: ReportId, outcome: str) -> None:
        """She types an answer; kept on disk, the newest words last."""
        self._keeping.soon(_TypedAnswer(report_id, whole_text(outcome)))

    async def flush(self) -> None:
        """Return when everything typed so far is on the disk, or was refused by it."""
        await self._keeping.flush()

    def find_answer(self, report_id: ReportId) -> None:
        """``answer_found`` brings what was typed and not sent."""
        self._tasks.spawn(self._find_answer(report_id))

    def search(self, text: str) -> None:
        """Articles to answer with; ``hits_found`` brings those of the newest question."""
        self._searched += 1
        self._tasks.spawn(self._search(text, self._searched))

    # --- inside ----------------------------------------------------------------------------------

    def _decide(
        self,
        report_id: ReportId,
        state: GapState,
        outcome: str = "",
        article: GapArticle | None = None,
    ) -> GapProblem | None:
        report = self.report(report_id)
        if report is None or not self.may_answer(report):
            return None
        answer = GapAnswer(report_id, report.version, state, whole_text(outcome), article)
        problem = wrong_answer(answer)
        if problem is None:
            if state.closed:
                self._keeping.sending(_TypedAnswer(report_id, answer.outcome))
            self._tasks.spawn(self._send(answer, report.title))
        return problem

    async def _send(self, answer: GapAnswer, title: str) -> None:
        typed = _TypedAnswer(answer.report_id, answer.outcome)
        try:
            await self._keeper.decide(answer, title=title, agent_id=self._agent_id)
        except StoreError as error:
            self._keeping.not_sent(typed)
            self.fault.emit(str(error))
            return
        self._keeping.sent(typed)
        self.decided.emit(answer)
        await self._refresh()

    def _not_kept(self, _typed: _TypedAnswer, fault: str) -> None:
        self.fault.emit(fault)

    async def _find_answer(self, report_id: ReportId) -> None:
        await self._keeping.flush()
        waiting = [one.outcome for one in self._keeping.waiting if one.report_id == report_id]
        try:
            words = waiting[0] if waiting else await self._keeper.typed_answer(report_id)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        self.answer_found.emit(report_id, words)

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
        self._asked += 1
        mine = self._asked
        try:
            lists = await self._keeper.lists(self._agent_id)
        except StoreError as error:
            self.fault.emit(str(error))
            return
        if mine == self._asked and lists != self._lists:
            self._lists = lists
            self.changed.emit(lists)
