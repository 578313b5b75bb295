"""Stand-ins at the desk's own seams: an engine that records, a store in memory, a clock by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from agent_app.domain.calls import Call, CallState, Direction
from agent_app.domain.centre_rules import CentreRules
from agent_app.domain.customers import Candidate, Customer, CustomerKind, PastInteraction
from agent_app.domain.ids import AgentId, ArticleId, CategoryId, CustomerId, InteractionId
from agent_app.domain.knowledge import (
    EVERYWHERE,
    Article,
    Category,
    Reading,
    SearchHit,
    SearchResults,
    SearchScope,
    Suggestion,
)
from agent_app.domain.knowledge import SuggestionReason as Reason
from agent_app.domain.shelf import ArticleUse
from agent_app.domain.summary import DraftState, SummaryDraft
from agent_app.domain.text_modules import TextModule
from agent_app.store.callers import NumberMatch
from agent_app.store.errors import DiskFullError, StoreError
from sip import messages as m
from tests.domain.examples import article


class HandClock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
        self._monotonic_s = 100.0

    def now(self) -> datetime:
        return self._now

    def monotonic_s(self) -> float:
        return self._monotonic_s

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._monotonic_s += seconds


class FakeEngine:
    """Records commands; the test plays the engine's answers."""

    def __init__(self) -> None:
        self.sent: list[m.Command] = []
        self.on_send: Callable[[m.Command], None] | None = None
        self._counter = 0

    def send(self, command: m.Command) -> None:
        self.sent.append(command)
        if self.on_send is not None:
            self.on_send(command)

    def new_line(self) -> m.LineId:
        self._counter += 1
        return m.LineId(f"1-{self._counter}")


def incoming(line: str = "1-9", **changes: object) -> m.IncomingCall:
    event = m.IncomingCall(
        line=m.LineId(line),
        call_id="exchange-1",
        name="张伟",
        number="13800138000",
        anonymous=False,
        dialled="12366",
        queue="咨询",
        menu_path="2-1",
        waited_s=42,
        from_uri="sip:13800138000@127.0.0.1",
    )
    return replace(event, **changes)  # type: ignore[arg-type]


def a_call(interaction_id: str = "i1", **changes: object) -> Call:
    call = Call(
        interaction_id=InteractionId(interaction_id),
        direction=Direction.INCOMING,
        state=CallState.RINGING,
        name="张伟",
        number="13800138000",
        normal="+8613800138000",
        anonymous=False,
        dialled="12366",
        queue="咨询",
        menu_path="2-1",
        waited_s=42,
        exchange_call_id="exchange-1",
        started_at=datetime(2026, 11, 20, 1, 0, tzinfo=UTC),
    )
    return replace(call, **changes)  # type: ignore[arg-type]


def answered(call: Call) -> Call:
    return replace(call, state=CallState.TALKING, answered_at=call.started_at)


def ended(call: Call) -> Call:
    return replace(call, state=CallState.ENDED, ended_at=call.started_at + timedelta(seconds=60))


def a_customer(customer_id: str = "c1", name: str = "张伟", **changes: object) -> Customer:
    customer = Customer(
        customer_id=CustomerId(customer_id),
        name=name,
        kind=CustomerKind.PERSON,
        segment="自然人",
        segment_rule="",
        region="浙江 杭州",
        numbers=("+8613800138000",),
        arrears_cents=0,
        warning="",
        notes="",
        history=(),
        history_total=0,
    )
    return replace(customer, **changes)  # type: ignore[arg-type]


def past(category_id: str) -> PastInteraction:
    return PastInteraction(
        interaction_id=InteractionId("old"),
        started_at=datetime(2026, 10, 1, 2, 0, tzinfo=UTC),
        agent_name="李娜",
        queue="咨询",
        category_id=CategoryId(category_id),
        category="个税",
        question="问",
        answer="答",
        talk_s=60,
        delivered=True,
    )


def a_candidate(customer_id: str, name: str) -> Candidate:
    return Candidate(
        customer_id=CustomerId(customer_id),
        name=name,
        kind=CustomerKind.COMPANY,
        segment="企业",
        region="",
        number="+8657185123456",
        number_label="总机",
        last_spoke_at=None,
    )


def an_article(article_id: str = "K0001", **changes: object) -> Article:
    return article(article_id, **({"category_id": CategoryId("01.02")} | changes))


@dataclass
class FakeCallers:
    """Customers by number; ``fault`` makes every question fail, ``asked`` has the numbers."""

    by_number: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    customers: dict[CustomerId, Customer] = field(default_factory=dict)
    fault: str = ""
    asked: list[str] = field(default_factory=list)

    def find_by_number(self, normal: str, *, you: str = "") -> Awaitable[NumberMatch]:
        self.asked.append(normal)
        return self._match(normal)

    async def _match(self, normal: str) -> NumberMatch:
        if self.fault:
            raise StoreError(self.fault)
        candidates = self.by_number.get(normal, ())
        only = candidates[0] if len(candidates) == 1 else None
        return NumberMatch(candidates, self.customers.get(only.customer_id) if only else None)

    async def load(self, customer_id: CustomerId, history_limit: int = 20) -> Customer | None:
        if self.fault:
            raise StoreError(self.fault)
        return self.customers.get(customer_id)


class FakeKeeper:
    """Drafts on a disk that can be full, with a gate to hold a write back."""

    def __init__(self) -> None:
        self.written: list[SummaryDraft] = []
        self.stored: tuple[SummaryDraft, ...] = ()
        self.fault = ""
        self.gate = asyncio.Event()
        self.gate.set()

    async def put(self, draft: SummaryDraft) -> None:
        await self.gate.wait()
        if self.fault:
            raise StoreError(self.fault)
        self.written.append(draft)

    async def open(self) -> tuple[SummaryDraft, ...]:
        return self.stored


class FakeArticles:
    def __init__(self, *articles: Article) -> None:
        self.articles = {article.article_id: article for article in articles}
        self.category_rows: tuple[Category, ...] = ()
        self.fault = ""

    async def categories(self) -> tuple[Category, ...]:
        if self.fault:
            raise StoreError(self.fault)
        return self.category_rows

    async def article(self, article_id: ArticleId) -> Article | None:
        if self.fault:
            raise StoreError(self.fault)
        return self.articles.get(article_id)

    async def reading(self, article_id: ArticleId) -> Reading | None:
        article = await self.article(article_id)
        return None if article is None else Reading(article, f"<p>{article.answer}</p>")

    async def some(self, article_ids: Collection[ArticleId]) -> tuple[Article, ...]:
        if self.fault:
            raise StoreError(self.fault)
        return tuple(self.articles[one] for one in article_ids if one in self.articles)

    async def all_articles(self) -> tuple[Article, ...]:
        return tuple(self.articles.values())


class FakeShelf:
    """Counts in memory; ``full`` is a disk that takes nothing."""

    def __init__(self) -> None:
        self.full = False
        self.counts: dict[ArticleId, list[int]] = {}
        self.starred: set[ArticleId] = set()

    async def uses(self, agent_id: AgentId) -> tuple[ArticleUse, ...]:
        at = datetime(2026, 11, 20, tzinfo=UTC)
        known = {*self.counts, *self.starred}
        return tuple(
            ArticleUse(one, opened, quoted, at, one in self.starred)
            for one in sorted(known)
            for opened, quoted in [self.counts.get(one, [0, 0])]
        )

    async def note_opened(self, agent_id: AgentId, article_id: ArticleId) -> None:
        if self.full:
            raise DiskFullError(Path("work.db"))
        self.counts.setdefault(article_id, [0, 0])[0] += 1

    async def note_quoted(self, agent_id: AgentId, article_id: ArticleId) -> None:
        self.counts.setdefault(article_id, [0, 0])[1] += 1

    async def set_favourite(
        self, agent_id: AgentId, article_id: ArticleId, favourite: bool
    ) -> None:
        (self.starred.add if favourite else self.starred.discard)(article_id)


def no_category(_queue: str) -> CategoryId | None:
    """A centre that says nothing about its queues."""
    return None


class FakeRules:
    """The centre's rules for summaries."""

    def __init__(self, rules: CentreRules | None = None) -> None:
        self.found = rules or CentreRules()
        self.fault: StoreError | None = None

    async def rules(self) -> CentreRules:
        if self.fault is not None:
            raise self.fault
        return self.found


class FakeModules:
    """The centre's ready-made sentences."""

    def __init__(self, *modules: TextModule) -> None:
        self.modules = modules or (
            TextModule("callback", "稍后回电", "hd", "已告知{customer}，由{agent}回电。"),
            TextModule("clear", "已解答清楚", "jd", "来电人表示清楚。"),
        )
        self.fault: StoreError | None = None

    async def all(self) -> tuple[TextModule, ...]:
        if self.fault is not None:
            raise self.fault
        return self.modules


class FakeIndex:
    """Answers with the query as title; a search can be held back to become stale."""

    def __init__(self) -> None:
        self.built: list[int] = []
        self.asked: list[dict[str, object]] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.scopes: list[SearchScope] = []
        self.regions: tuple[str, ...] = ("浙江省",)
        self.updates: list[tuple[list[str], list[str]]] = []
        self.size = 0

    async def update(self, articles: Sequence[Article], gone: Collection[ArticleId] = ()) -> None:
        self.updates.append((sorted(one.article_id for one in articles), sorted(gone)))
        self.size += len(articles) - len(gone)

    async def related(self, article_id: ArticleId, *, today: date) -> tuple[SearchHit, ...]:
        return await self.named((ArticleId(f"like {article_id}"),), today=today)

    async def named(
        self, article_ids: Sequence[ArticleId], *, today: date
    ) -> tuple[SearchHit, ...]:
        return tuple(SearchHit(one, 1, one, "个税", "", (), valid=True) for one in article_ids)

    async def rebuild(self, articles: Sequence[Article], categories: Sequence[Category]) -> None:
        self.built.append(len(articles))
        self.size = len(articles)

    async def search(
        self, query: str, *, today: date, scope: SearchScope = EVERYWHERE, limit: int = 20
    ) -> SearchResults:
        if query in self.gates:
            await self.gates[query].wait()
        self.scopes.append(scope)
        hit = SearchHit(ArticleId("K0001"), 1, query, "个税", "", (), valid=True)
        return SearchResults(0, query, (hit,), 1)

    async def suggest(self, **asked: object) -> tuple[Suggestion, ...]:
        self.asked.append(asked)
        reason = Reason("typed", str(asked["typed"]))
        return (Suggestion(ArticleId("K0001"), 1, "子女教育", reason),)


def recorder() -> tuple[list[SummaryDraft], Callable[[SummaryDraft], Awaitable[None]]]:
    """A commit that remembers what it was given."""
    committed: list[SummaryDraft] = []

    async def commit(draft: SummaryDraft) -> None:
        assert draft.state is DraftState.OPEN
        committed.append(draft)

    return committed, commit
