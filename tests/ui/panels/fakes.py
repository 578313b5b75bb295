"""A desk that only remembers: the panels' seam, played by the test."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from PySide6.QtCore import QObject, Signal

from agent_app.desk.caller import CallerDesk
from agent_app.desk.cards import Cards
from agent_app.desk.faults import Faults
from agent_app.desk.focus import Focus
from agent_app.desk.handover import Handover
from agent_app.desk.knowledge import Knowledge
from agent_app.desk.library import Library
from agent_app.desk.link import Link
from agent_app.desk.phone import Phone
from agent_app.desk.rounds import Rounds
from agent_app.desk.seat import Seat, SeatAgent
from agent_app.desk.shelf import Shelf
from agent_app.desk.shift import Shift
from agent_app.desk.summaries import SaveResult, Summaries
from agent_app.desk.text_modules import TextModules
from agent_app.domain import summary as rules
from agent_app.domain.agent_state import AgentState, AgentStatus
from agent_app.domain.calls import Call, CallState, Direction
from agent_app.domain.customers import (
    CallerCard,
    Candidate,
    CardState,
    Customer,
    CustomerKind,
    PastInteraction,
)
from agent_app.domain.handover import HandoverCard
from agent_app.domain.ids import AgentId, ArticleId, CategoryId, CustomerId, InteractionId
from agent_app.domain.knowledge import (
    Article,
)
from agent_app.domain.link import OutboxItem
from agent_app.domain.summary import DraftState, SummaryDraft, SummaryField
from agent_app.runtime.clock import Clock
from tests.desk.fakes import FakeModules
from tests.desk.fakes_caller import CallerParts
from tests.ui.fakes import InstantTasks, an_editor
from tests.ui.panels.fakes_knowledge import FakeKnowledge, FakeLibrary, FakeShelf, articles

NOW = datetime(2026, 11, 20, 14, 5, 12, tzinfo=UTC)
ONE = InteractionId("call-1")
TWO = InteractionId("call-2")
NOT_ASKED: Any = None
"""Parts of the seat that no panel asks."""


class FakeClock:
    def now(self) -> datetime:
        return NOW

    def monotonic_s(self) -> float:
        return 100.0


class FakePhone(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.known: dict[InteractionId, Call] = {}
        self.rounds = Rounds(self)

    def call(self, interaction_id: InteractionId) -> Call | None:
        return self.known.get(interaction_id)


class FakeFocus(QObject):
    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.selected: InteractionId | None = None

    def select(self, interaction_id: InteractionId | None) -> None:
        self.selected = interaction_id
        self.changed.emit(interaction_id)


class FakeShift(QObject):
    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.status = AgentStatus(AgentState.READY, NOW, 0.0, AgentState.READY)
        self.asked: list[str] = []

    def wrap_up(self, left_s: int | None) -> None:
        state = AgentState.READY if left_s is None else AgentState.WRAP_UP
        self.status = replace(self.status, state=state, wrap_up_left_s=left_s)
        self.changed.emit(self.status)

    def end_wrap_up(self) -> None:
        self.asked.append("end")

    def continue_wrap_up(self) -> None:
        self.asked.append("continue")


class FakeCards(QObject):
    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[InteractionId, CallerCard] = {}
        self.chosen: list[tuple[InteractionId, CustomerId | None]] = []

    def card(self, interaction_id: InteractionId) -> CallerCard | None:
        return self.cards.get(interaction_id)

    def put(self, card: CallerCard) -> None:
        self.cards[card.interaction_id] = card
        self.changed.emit(card)

    def choose(self, interaction_id: InteractionId, customer_id: CustomerId) -> None:
        self.chosen.append((interaction_id, customer_id))

    def choose_nobody(self, interaction_id: InteractionId) -> None:
        self.chosen.append((interaction_id, None))


class FakeSummaries(QObject):
    """Follows the domain's rules, keeps nothing on disk, saves when the test says so."""

    changed = Signal(object)
    finished = Signal(object)
    fault = Signal(str)

    def __init__(self, articles: dict[ArticleId, Article]) -> None:
        super().__init__()
        self.drafts: dict[InteractionId, SummaryDraft] = {}
        self.typed: list[tuple[SummaryField, str]] = []
        self._articles = articles

    @property
    def parked_drafts(self) -> tuple[SummaryDraft, ...]:
        return tuple(one for one in self.drafts.values() if one.parked)

    def park(self, interaction_id: InteractionId) -> None:
        self.put(replace(self.drafts[interaction_id], parked=True))

    def unpark(self, interaction_id: InteractionId) -> None:
        self.put(replace(self.drafts[interaction_id], parked=False))

    def bind(
        self, interaction_id: InteractionId, customer_id: CustomerId | None, name: str = ""
    ) -> None:
        if (draft := self.drafts.get(interaction_id)) is not None:
            self.put(rules.bind(draft, customer_id, name))

    def draft(self, interaction_id: InteractionId) -> SummaryDraft | None:
        return self.drafts.get(interaction_id)

    def put(self, draft: SummaryDraft) -> None:
        self.drafts[draft.interaction_id] = draft
        self.changed.emit(draft)

    def set_text(self, interaction_id: InteractionId, field: SummaryField, text: str) -> None:
        self.typed.append((field, text))
        draft = self.drafts[interaction_id]
        self.drafts[interaction_id] = rules.set_text(draft, field, text)

    def set_category(self, interaction_id: InteractionId, category_id: CategoryId | None) -> None:
        self.put(rules.set_category(self.drafts[interaction_id], category_id))

    def quote(self, interaction_id: InteractionId, article_id: ArticleId) -> None:
        self.put(rules.quote(self.drafts[interaction_id], self._articles[article_id]))

    def save(self, interaction_id: InteractionId) -> None:
        draft = self.drafts[interaction_id]
        if missing := rules.missing(draft):
            self.finished.emit(SaveResult(interaction_id, saved=False, missing=missing))
        else:
            self.put(replace(draft, state=DraftState.SAVED))

    def finish(self, result: SaveResult) -> None:
        self.finished.emit(result)


class FakeLink(QObject):
    items_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.items: tuple[OutboxItem, ...] = ()

    def put(self, *items: OutboxItem) -> None:
        self.items = items
        self.items_changed.emit(items)


class FakeHandover(QObject):
    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[InteractionId, HandoverCard] = {}

    def card(self, interaction_id: InteractionId) -> HandoverCard | None:
        return self.cards.get(interaction_id)

    def put(self, card: HandoverCard) -> None:
        self.cards[card.interaction_id] = card
        self.arrived.emit(card)


@dataclass
class Desk:
    """The fakes by name, and the seat a panel is given."""

    phone: FakePhone = field(default_factory=FakePhone)
    shift: FakeShift = field(default_factory=FakeShift)
    focus: FakeFocus = field(default_factory=FakeFocus)
    cards: FakeCards = field(default_factory=FakeCards)
    link: FakeLink = field(default_factory=FakeLink)
    summaries: FakeSummaries = field(default_factory=lambda: FakeSummaries(articles()))
    knowledge: FakeKnowledge = field(default_factory=lambda: FakeKnowledge(articles()))
    shelf: FakeShelf = field(default_factory=FakeShelf)
    library: FakeLibrary = field(default_factory=FakeLibrary)
    modules: FakeModules = field(default_factory=FakeModules)
    handover: FakeHandover = field(default_factory=FakeHandover)
    caller: CallerParts = field(default_factory=CallerParts)
    practice: bool = False
    _caller_desk: CallerDesk | None = None

    @property
    def caller_desk(self) -> CallerDesk:
        """Made once, as in a real seat."""
        if self._caller_desk is None:
            self._caller_desk = self.caller.desk(
                cast(Cards, self.cards), cast(Summaries, self.summaries), InstantTasks()
            )
        return self._caller_desk

    @property
    def seat(self) -> Seat:
        """The real Seat with played parts: they answer what the panels ask."""
        not_asked = Seat(**{part.name: NOT_ASKED for part in fields(Seat)})
        return replace(
            not_asked,
            agent=SeatAgent(AgentId("a1"), "lina", "李娜", "1001", self.practice),
            clock=cast(Clock, FakeClock()),
            phone=cast(Phone, self.phone),
            shift=cast(Shift, self.shift),
            focus=cast(Focus, self.focus),
            cards=cast(Cards, self.cards),
            caller=self.caller_desk,
            summaries=cast(Summaries, self.summaries),
            knowledge=cast(Knowledge, self.knowledge),
            shelf=cast(Shelf, self.shelf),
            library=cast(Library, self.library),
            editing=NOT_ASKED,
            told=NOT_ASKED,
            article_files=NOT_ASKED,
            text_modules=self.text_modules,
            link=cast(Link, self.link),
            customers=an_editor(cast(Cards, self.cards)),
            faults=Faults(clock=cast(Clock, FakeClock())),
            handover=cast(Handover, self.handover),
            practice=None,
        )

    @property
    def text_modules(self) -> TextModules:
        found = TextModules(
            source=self.modules,
            drafts=cast(Summaries, self.summaries),
            agent_name="李娜",
            clock=cast(Clock, FakeClock()),
            tasks=InstantTasks(),
        )
        found.refresh()
        return found

    def begin(self, interaction_id: InteractionId = ONE, **facts: object) -> SummaryDraft:
        """A call is on the page, its draft has begun."""
        live = call(interaction_id)
        self.phone.known[interaction_id] = live
        draft = replace(SummaryDraft(interaction_id, live), **facts)  # type: ignore[arg-type]
        self.summaries.put(draft)
        self.focus.select(interaction_id)
        return draft


def call(interaction_id: InteractionId = ONE) -> Call:
    return Call(
        interaction_id=interaction_id, direction=Direction.INCOMING, state=CallState.TALKING,
        name="张伟", number="13800138000", normal="+8613800138000", anonymous=False,
        dialled="12366", queue="个税咨询", menu_path="2-1", waited_s=40,
        exchange_call_id="x", started_at=NOW - timedelta(minutes=3),
    )  # fmt: skip


def card(state: CardState = CardState.KNOWN, **facts: object) -> CallerCard:
    base = CallerCard(ONE, state, "", "+8613800138000", "浙江杭州")
    return replace(base, **facts)  # type: ignore[arg-type]


def customer(**facts: object) -> Customer:
    base = Customer(
        CustomerId("c1"), "张伟", CustomerKind.PERSON, "重点纳税人",
        "优先接听；涉及退税时转专席。", "杭州市西湖区", ("+8613800138000", "+8657185123456"),
        123_450, "", "", PAST, 23,
    )  # fmt: skip
    return replace(base, **facts)  # type: ignore[arg-type]


def candidate(number: int, **facts: object) -> Candidate:
    base = Candidate(
        CustomerId(f"c{number}"), f"王芳{number}", CustomerKind.PERSON, "个人", "上城区",
        "+8657185123456", "单位总机", NOW - timedelta(days=40 * number),
    )  # fmt: skip
    return replace(base, **facts)  # type: ignore[arg-type]


def past(number: int, *, delivered: bool = True) -> PastInteraction:
    return PastInteraction(
        InteractionId(f"p{number}"), NOW - timedelta(days=number * 9, minutes=17 * number),
        "李娜", "个税咨询", CategoryId("01.01"), "个人所得税 › 专项附加扣除",
        f"第{number}次：子女教育扣除从哪个月开始？", "从满三周岁的当月起。", 95 * number, delivered,
    )  # fmt: skip


PAST = tuple(past(number, delivered=number > 1) for number in range(1, 6))
