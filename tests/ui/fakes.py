"""A seat for the screen: the real desk over stand-ins at its own seams, with no event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal

from agent_app.desk.cards import Cards
from agent_app.desk.centre_rules import CentreRules
from agent_app.desk.customer_editor import CustomerEditor
from agent_app.desk.directory import Directory
from agent_app.desk.faults import Faults
from agent_app.desk.focus import Focus
from agent_app.desk.gap_form import GapDesk
from agent_app.desk.gaps import GapReports
from agent_app.desk.handover import Handover
from agent_app.desk.handover_telling import Telling
from agent_app.desk.inbox import Inbox
from agent_app.desk.knowledge import Knowledge
from agent_app.desk.library import Library
from agent_app.desk.link import Link
from agent_app.desk.local_copy import LocalCopy
from agent_app.desk.my_day import MyDay
from agent_app.desk.notice_form import NoticeDesk
from agent_app.desk.notices import Notices
from agent_app.desk.phone import Phone
from agent_app.desk.practice import Practice, PracticeState, PracticeStatus
from agent_app.desk.records import Records
from agent_app.desk.scenarios import Scenario, Turn
from agent_app.desk.seat import Seat, SeatAgent
from agent_app.desk.shelf import Shelf
from agent_app.desk.shift import Shift
from agent_app.desk.sightings import Sightings
from agent_app.desk.summaries import Summaries
from agent_app.desk.text_modules import TextModules
from agent_app.domain.ids import AgentId, InteractionId, OperationId
from agent_app.domain.inbox import InboxEntry
from agent_app.domain.link import OutboxItem, OutboxState, ServerState
from agent_app.domain.numbers import normalise
from agent_app.runtime.tasks import Tasks
from sip import messages as m
from sync.legs import AgentEntry, DirectoryPage, QueueEntry
from tests.desk.fakes import (
    FakeArticles,
    FakeCallers,
    FakeEngine,
    FakeIndex,
    FakeKeeper,
    FakeModules,
    FakeRules,
    FakeShelf,
    HandClock,
    a_candidate,
    a_customer,
    incoming,
    recorder,
)
from tests.desk.fakes_caller import CallerParts
from tests.desk.fakes_days import FakeCentre, FakeDays
from tests.desk.fakes_editing import EditingRig, FakeDrafts, editing_rig
from tests.desk.fakes_gaps import FakeGaps, FakeNotices
from tests.desk.fakes_history import FakeHistory
from tests.desk.fakes_library import FakeFiles, FakeLibraryServer
from tests.desk.fakes_live import FakeLive, NoTasks
from tests.desk.fakes_people import PeopleParts
from tests.desk.fakes_phone import PhoneParts, phone_parts
from tests.desk.fakes_records import FakeCustomers, FakeInbox, FakeSightings
from tests.desk.fakes_tickets import FakeTickets, a_ticket_desk

HEADSET = m.DevicesFound(
    ("Headset", "Loudspeaker"), ("Headset",), "Headset", "Headset", ("Loudspeaker",)
)


class DoneTask:
    """What is left of work that ran at once."""

    def add_done_callback(self, told: Callable[[asyncio.Task[None]], object]) -> None:
        told(cast("asyncio.Task[None]", self))

    def done(self) -> bool:
        return True

    def cancel(self) -> bool:
        return False


class InstantTasks(Tasks):
    """Runs work at once: the stand-ins never really wait."""

    def spawn(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        try:
            work.send(None)
        except StopIteration:
            return cast("asyncio.Task[None]", DoneTask())
        work.close()
        raise AssertionError("a stand-in waited for something")


class FirstStep(Tasks):
    """Runs work that goes on for ever up to its first real pause, and no further."""

    def spawn(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        with suppress(StopIteration, RuntimeError):  # a sleep wants a loop: that is the pause
            work.send(None)
        work.close()
        return cast("asyncio.Task[None]", DoneTask())


class FakeOutbox:
    def __init__(self) -> None:
        self.rows: tuple[OutboxItem, ...] = ()

    async def items(self) -> tuple[OutboxItem, ...]:
        return self.rows


class FakeCopying:
    """Remembers what was asked of the replication."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def fetch_copy(self) -> None:
        self.asked.append("fetch")

    def stop_copy(self) -> None:
        self.asked.append("stop")

    async def sign_out(self) -> None:
        self.asked.append("sign-out")


async def done() -> None:
    """Forgetting that is over at once."""


class FakePractice(QObject):
    """Remembers who was asked to ring."""

    changed = Signal(object)

    def __init__(self, *scenarios: Scenario) -> None:
        super().__init__()
        self.scenarios = scenarios
        self.status = PracticeStatus()
        self.asked: list[str | None] = []

    def let_caller_ring(self, scenario_id: str | None = None) -> None:
        self.asked.append(scenario_id)

    def put(self, state: PracticeState, **changes: object) -> None:
        self.status = replace(PracticeStatus(state), **changes)  # type: ignore[arg-type]
        self.changed.emit(self.status)


def a_scenario(scenario_id: str = "s1", title: str = "子女教育怎么扣除") -> Scenario:
    return Scenario(
        scenario_id=scenario_id, title=title, title_en="Education deduction", level="1", order=1,
        caller_name="张伟", number="13800138000", queue="咨询", menu_path="2-1", dialled="12366",
        waited_s=42, turns=(Turn("您好", Path("a.wav"), 1.0),) * 3, answer_articles=(),
        category="01.02")  # fmt: skip


def an_item(**changes: object) -> OutboxItem:
    item = OutboxItem(
        operation_id=OperationId("o1"),
        record="i1",
        kind="interaction.save",
        title="张伟 · 子女教育怎么扣除",
        made_at=HandClock().now() - timedelta(minutes=5),
        state=OutboxState.WAITING,
        attempts=3,
        detail="服务器没有应答",
    )
    return replace(item, **changes)  # type: ignore[arg-type]


@dataclass
class Rig:
    """The seat and the hands to move what is around it."""

    seat: Seat
    clock: HandClock
    engine: FakeEngine
    phone: Phone
    link: Link
    outbox: FakeOutbox
    practice: FakePractice
    retries: list[str]
    parts: PhoneParts
    live: FakeLive
    inbox: FakeInbox
    customers: FakeCustomers
    copying: FakeCopying
    gaps: FakeGaps
    notices: FakeNotices
    written: EditingRig
    people: PeopleParts
    caller: CallerParts
    tickets: FakeTickets

    def ring(self, line: str = "1-9", **changes: object) -> InteractionId:
        """A call comes; the answer is its id."""
        self.phone.handle(incoming(line, **changes))
        return self.phone.calls[-1].interaction_id

    def answered(self, line: str = "1-9") -> None:
        self.phone.handle(m.CallAnswered(m.LineId(line), "PCMA"))

    def held(self, line: str = "1-9", *, by_agent: bool = True) -> None:
        self.phone.handle(m.CallHeld(m.LineId(line), by_agent=by_agent, by_caller=False))

    def colleagues(self, *agents: tuple[str, str, str], queues: tuple[str, ...] = ()) -> None:
        """Name, extension and state of each, as the server tells them from now on."""
        self.live.page = DirectoryPage(
            tuple(AgentEntry(f"a-{number}", name, number, state, "2026-11-20T00:00:00+00:00")
                  for name, number, state in agents),
            tuple(QueueEntry(name, f"70{place:02}") for place, name in enumerate(queues, 1)),
        )  # fmt: skip
        self.seat.directory.refresh()

    def statistics(self, line: str = "1-9", **changes: object) -> None:
        found = m.CallStatistics(
            line=m.LineId(line), codec="PCMA", received_packets=500, lost_packets=0,
            sent_packets=500, jitter_ms=4.0, round_trip_ms=20.0, since_last_packet_s=0.0,
        )  # fmt: skip
        self.phone.handle(replace(found, **changes))  # type: ignore[arg-type]

    def ended(self, line: str = "1-9", by: m.EndedBy = m.EndedBy.CALLER) -> None:
        self.phone.handle(m.CallEnded(m.LineId(line), 200, "OK", by))

    def engine_ready(self) -> None:
        """With a headset plugged in."""
        self.phone.handle(m.EngineReady(1, 1, "127.0.0.1", (("udp", 5060),), "test"))
        self.phone.handle(HEADSET)

    def server(self, state: ServerState, detail: str = "", done: int = 0, rows: int = 0) -> None:
        self.link.on_server(state, detail, done, rows)

    def waiting(self, *items: OutboxItem) -> None:
        self.outbox.rows = items
        self.link.refresh()

    def set_aside(self, *entries: InboxEntry) -> None:
        self.inbox.rows = entries
        self.seat.inbox.refresh()

    @property
    def commands(self) -> list[m.Command]:
        return self.engine.sent


def a_rig(*, practice: bool = False, name: str = "陈静", callers: FakeCallers | None = None,
          past: FakeHistory | None = None, days: FakeDays | None = None,
          articles: FakeArticles | None = None, role: str = "",
          drafts: FakeDrafts | None = None) -> Rig:  # fmt: skip
    """A desk with engine ready and server online; nobody calls."""
    clock, tasks, engine = HandClock(), InstantTasks(), FakeEngine()
    outbox, retries = FakeOutbox(), list[str]()
    phone = Phone(
        extension="1001", dial_domain="" if practice else "pbx", normalise=_digits, clock=clock
    )
    phone.attach(engine)
    articles = articles or FakeArticles()
    _, commit = recorder()
    knowledge = Knowledge(articles=articles, index=FakeIndex(), clock=clock, tasks=tasks)
    rules = CentreRules(source=FakeRules(), categories=lambda: knowledge.categories, wrap_up_s=30,
                        tasks=tasks)  # fmt: skip
    summaries = Summaries(keeper=FakeKeeper(), commit=commit, article=articles.article,
                          queue_category=rules.queue_category, clock=clock,
                          tasks=tasks)  # fmt: skip
    cards = Cards(callers=callers or FakeCallers(), region_of=_no_region, tasks=tasks)
    text_modules = TextModules(source=FakeModules(), drafts=summaries, agent_name=name,
                               clock=clock, tasks=tasks)  # fmt: skip
    text_modules.refresh()
    shelf = Shelf(keeper=FakeShelf(), named=knowledge.named, agent_id=AgentId("a1"), tasks=tasks)
    phone.call_changed.connect(summaries.on_call)
    phone.call_changed.connect(cards.on_call)
    cards.changed.connect(summaries.on_card)
    summaries.reopened.connect(cards.restore)
    rules.changed.connect(summaries.on_rules)
    focus = Focus(phone=phone, summaries=summaries)
    shift = Shift(phone=phone, summaries=summaries, clock=clock, wrap_up=rules.wrap_up,
                  practice=practice)  # fmt: skip
    link = Link(outbox=outbox, wake=lambda: retries.append("now"), tasks=tasks)
    live = FakeLive()
    telling = Telling(told=live, phone=phone, summaries=summaries, cards=cards, clock=clock)
    handover = Handover(agent_id=AgentId("a1"), legs=live, telling=telling, phone=phone,
                        summaries=summaries, cards=cards, tasks=NoTasks())  # fmt: skip
    directory = Directory(agent_id=AgentId("a1"), colleagues=live, number_of=normalise,
                          clock=clock, tasks=FirstStep())  # fmt: skip
    copying = FakeCopying()
    local_copy = LocalCopy(copying=copying, keep_typed=summaries.flush, forget=done,
                           tasks=tasks)  # fmt: skip
    trainer = FakePractice(a_scenario(), a_scenario("s2", "企业所得税汇算清缴"))
    parts = phone_parts(phone, engine, clock, tasks, later=NoTasks())
    cards.changed.connect(parts.history.on_card)
    records = Records(source=past or FakeHistory(), number=normalise,
                      agent_id=AgentId("a1"), clock=clock,
                      categories=lambda: knowledge.categories, tasks=tasks,
                      on_seen=lambda _customer: None)  # fmt: skip
    kept_days = days or FakeDays()
    my_day = MyDay(keeper=kept_days, grades=kept_days, centre=FakeCentre(),
                   agent_id=AgentId("a1"), role=role, clock=clock, tasks=tasks)  # fmt: skip
    link.changed.connect(my_day.on_link)
    kept, customers = FakeInbox(), FakeCustomers()
    inbox = Inbox(keeper=kept, agent_id=AgentId("a1"), wake=lambda: retries.append("now"),
                  ask_choices=customers.choices, tasks=tasks)  # fmt: skip
    editor = an_editor(cards, customers)
    sightings = Sightings(book=FakeSightings(), author=AgentId("a1"), tasks=tasks, on_fault=print)
    gaps, notices, me = FakeGaps(), FakeNotices(), AgentId("a1")
    tickets = FakeTickets()
    written = editing_rig(clock, tasks, role=role, drafts=drafts)
    caller, people = CallerParts(), PeopleParts()
    seat = Seat(
        agent=SeatAgent(AgentId("a1"), "chenjing", name, "1001", practice, role),
        clock=clock, phone=phone, shift=shift, focus=focus, cards=cards, summaries=summaries,
        caller=caller.desk(cards, summaries, tasks), centre_rules=rules, text_modules=text_modules,
        knowledge=knowledge, shelf=shelf,
        library=Library(server=FakeLibraryServer(), files=FakeFiles(), tasks=tasks),
        editing=written.editing, told=written.told, article_files=written.files,
        gaps=GapReports(keeper=gaps, find=gaps.find, agent_id=me, role=role, tasks=tasks),
        gap_form=GapDesk(keeper=gaps, agent_id=me, tasks=tasks),
        ticket_form=a_ticket_desk(tickets, summaries, clock, tasks),
        notices=Notices(keeper=notices, server=notices, agent_id=me, role=role, clock=clock,
                        tasks=tasks),
        notice_form=NoticeDesk(keeper=notices, agent_id=me, clock=clock, tasks=tasks),
        link=link, local_copy=local_copy, inbox=inbox, customers=editor, sightings=sightings,
        people=people.desk(callers or known_callers(), customers, clock=clock, tasks=tasks,
                           waiting=FirstStep()),
        faults=Faults(clock=clock), handover=handover, directory=directory,
        transfers=parts.transfers, conference=parts.conference, history=parts.history,
        quality=parts.quality,
        sound=parts.sound, sound_watch=parts.sound_watch, self_test=parts.self_test,
        account=parts.account, preferences=parts.preferences, records=records,
        my_day=my_day, door=parts.door,
        practice=cast("Practice", trainer) if practice else None)  # fmt: skip
    rig = Rig(seat, clock, engine, phone, link, outbox, trainer, retries, parts, live, kept,
              customers, copying, gaps, notices, written, people, caller, tickets)  # fmt: skip
    rig.engine_ready()
    rig.server(ServerState.ONLINE)
    return rig


def an_editor(cards: Cards, keeper: FakeCustomers | None = None) -> CustomerEditor:
    return CustomerEditor(keeper=keeper or FakeCustomers(), cards=cards, number=normalise,
                          agent_id=AgentId("a1"), tasks=InstantTasks())  # fmt: skip


def known_callers() -> FakeCallers:
    customer = a_customer()
    candidate = replace(a_candidate("c1", "张伟"), number="+8613800138000")
    return FakeCallers({"+8613800138000": (candidate,)}, {customer.customer_id: customer})


def _digits(text: str) -> str:
    digits = text.replace(" ", "")
    if not digits.isdigit():
        return ""
    return f"+86{digits}" if len(digits) == 11 else digits


def _no_region(_number: str) -> str:
    return ""
