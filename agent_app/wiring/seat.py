"""Builds one seat and connects its parts: the way of a call, from engine to server and screen."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from agent_app.desk.cards import Cards
from agent_app.desk.centre_rules import CentreRules
from agent_app.desk.engine import SeatEngine
from agent_app.desk.focus import Focus
from agent_app.desk.knowledge import Knowledge
from agent_app.desk.link import Link
from agent_app.desk.local_copy import LocalCopy
from agent_app.desk.seat import Seat, SeatAgent
from agent_app.desk.shelf import Shelf
from agent_app.desk.shift import Shift
from agent_app.desk.summaries import Summaries
from agent_app.desk.text_modules import TextModules
from agent_app.domain import numbers
from agent_app.domain.ids import AgentId
from agent_app.domain.link import ServerState
from agent_app.domain.summary import SummaryDraft
from agent_app.runtime.soon import BEHIND_S
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from agent_app.store.search.index import KnowledgeIndex
from agent_app.wiring.caller_desk import build_caller
from agent_app.wiring.colleagues import Colleagues, Parts, build_colleagues
from agent_app.wiring.copying import build_local_copy
from agent_app.wiring.editing import EditingParts, build_editing
from agent_app.wiring.ground import Ground
from agent_app.wiring.library import KnowledgeNews, LibraryParts, article_finder, build_library
from agent_app.wiring.looking_back import Days, build_days, build_history
from agent_app.wiring.news import at_the_end
from agent_app.wiring.people import BuiltPeople, build_people
from agent_app.wiring.records import build_records
from agent_app.wiring.reports import Reports, build_reports
from agent_app.wiring.sign_ins import SignInNotices
from agent_app.wiring.telephony import build_line, build_practice, build_telephony
from agent_app.wiring.tickets import build_tickets
from agent_app.wiring.typed_words import TypedWords
from sync.replication import Replication, Sizes
from sync.status import SyncStatus

_log = logging.getLogger(__name__)

CARD_TABLES = ("customers", "phones", "interactions", "segments", "tickets")


@dataclass(frozen=True, slots=True)
class RunningSeat:
    """A seat with what works behind it; ``close`` ends it in an order that loses nothing."""

    seat: Seat
    engine: SeatEngine
    replication: Replication
    index: KnowledgeIndex
    colleagues: Colleagues
    reports: Reports
    library: LibraryParts
    editing: EditingParts
    people: BuiltPeople
    days: Days
    typed: TypedWords
    ground: Ground
    _beginning: Tasks = field(default_factory=Tasks)

    def begin(self) -> asyncio.Task[None]:
        """Bring back what was unfinished and start the engine. The window may be shown already.

        The task may be awaited or left alone; ``close`` ends it.
        """
        return self._beginning.spawn(self._begin())

    async def _begin(self) -> None:
        ground = self.ground
        ground.tasks.spawn(self.seat.account.begin())
        ground.tasks.spawn(self.seat.history.restore())
        numbers.warm_up()
        for draft in await self.seat.summaries.restore():
            self.seat.cards.restore(draft)
        self.seat.link.refresh()
        self.seat.inbox.refresh()
        self.reports.begin()
        self.days.begin()
        self.editing.begin()
        self.seat.text_modules.refresh()
        self.seat.centre_rules.refresh()
        await self.seat.knowledge.reload()

    async def close(self) -> None:
        """Hang up, keep every typed word, stop talking to the server, close the files."""
        await self._beginning.cancel_all()
        await self.engine.stop()
        self.seat.inbox.close()
        self.ground.asker.close()
        self.reports.close()
        await self.days.close()
        self.editing.close()
        self.seat.caller.reveals.hide()
        self.people.close()
        self.library.close()
        await self.typed.flush()
        await self.colleagues.close()
        await self.replication.stop()
        await self.ground.tasks.cancel_all()
        self.index.close()
        await self.ground.store.close()


def build_seat(ground: Ground, *, retry_server: Callable[[], None] | None = None) -> RunningSeat:
    """Build and connect everything; nothing runs yet. In the GUI thread, inside the event loop."""
    store, clock, tasks = ground.store, ground.clock, ground.tasks
    number = _number_rules(ground)
    link_up = _LinkUp()
    replication = _replication(ground, link_up)
    if not ground.practice:  # there she is alone
        notices = SignInNotices(faults=ground.faults, device=ground.auth.device)
        replication.listen_to_sessions(notices.hear)
    index = KnowledgeIndex(menus=ground.menus)
    knowledge = Knowledge(
        articles=store.knowledge, index=index, clock=clock, tasks=tasks, suggest_behind_s=BEHIND_S
    )
    centre_rules = CentreRules(
        source=store.centre_rules,
        categories=lambda: knowledge.categories,
        wrap_up_s=ground.settings.call.wrap_up_s,
        tasks=tasks,
    )
    summaries = _summaries(ground, replication, centre_rules)
    typed = TypedWords(summaries)
    link_up.local_copy = build_local_copy(ground, replication=replication, typed=typed)
    line = build_line(ground, number=number, unfinished=summaries.unfinished)
    phone = line.phone
    link_up.link = Link(outbox=store.outbox, wake=retry_server or replication.wake, tasks=tasks)
    cards = Cards(
        callers=store.callers,
        region_of=lambda raw: number(raw).region,
        tasks=tasks,
        you=ground.identity.agent_id,
        rounds=phone.rounds,
    )
    phone.call_changed.connect(cards.ask)  # ④ first: the store looks while the others are told
    phone.rounds.held.connect(store.calm.begin)
    phone.rounds.ended.connect(store.calm.end)
    shift = Shift(
        phone=phone,
        summaries=summaries,
        clock=clock,
        wrap_up=centre_rules.wrap_up,
        practice=ground.practice,
    )
    colleagues = build_colleagues(
        ground, Parts(phone, shift, summaries, cards, link_up.link, number)
    )
    records = build_records(
        ground, cards=cards, summaries=summaries, number=number, wake=replication.wake
    )
    caller = build_caller(
        ground, cards=cards, summaries=summaries, number=number, wake=replication.wake
    )
    people = build_people(ground, records=records, number=number, wake=replication.wake)
    library = build_library(ground)
    find = article_finder(index, clock)
    editing = build_editing(ground, find=find, wake=replication.wake)
    reports = build_reports(ground, link=link_up.link, find=find, wake=replication.wake)
    telephony = build_telephony(ground, line, flush=colleagues.handover.flush)
    days = build_days(ground, shift=shift, calls=telephony.history, link=link_up.link)
    seat = Seat(
        agent=_agent(ground),
        clock=clock,
        phone=phone,
        shift=shift,
        focus=Focus(phone=phone, summaries=summaries),
        cards=cards,
        caller=caller,
        summaries=summaries,
        centre_rules=centre_rules,
        text_modules=TextModules(
            source=store.text_modules,
            drafts=summaries,
            agent_name=ground.identity.name,
            clock=clock,
            tasks=tasks,
        ),
        knowledge=knowledge,
        library=library.library,
        shelf=Shelf(
            keeper=store.shelf,
            named=knowledge.named,
            agent_id=AgentId(ground.identity.agent_id),
            tasks=tasks,
        ),
        editing=editing.editing,
        told=editing.told,
        article_files=editing.files,
        link=link_up.link,
        local_copy=link_up.local_copy,
        gaps=reports.gaps,
        gap_form=reports.gap_form,
        ticket_form=build_tickets(
            ground, summaries=summaries, rules=centre_rules, wake=replication.wake
        ),
        notices=reports.notices,
        notice_form=reports.notice_form,
        inbox=records.inbox,
        customers=records.customers,
        people=people.desk,
        sightings=records.sightings,
        faults=ground.faults,
        handover=colleagues.handover,
        directory=colleagues.directory,
        transfers=telephony.transfers,
        conference=telephony.conference,
        history=telephony.history,
        quality=telephony.quality,
        sound=telephony.sound,
        sound_watch=telephony.sound_watch,
        self_test=telephony.self_test,
        account=line.account,
        preferences=line.preferences,
        records=build_history(
            ground,
            calls=telephony.history,
            number=number,
            categories=lambda: knowledge.categories,
            sightings=records.sightings,
        ),
        my_day=days.mine,
        door=ground.door,
        practice=build_practice(ground, phone) if ground.practice else None,
    )
    _connect(seat, ground)
    typed.add(
        seat.customers, seat.editing, seat.gaps, seat.gap_form, seat.ticket_form, seat.notice_form
    )
    return RunningSeat(
        seat, line.engine, replication, index, colleagues, reports, library, editing,
        people, days, typed, ground,
    )  # fmt: skip


def _number_rules(ground: Ground) -> Callable[[str], numbers.Number]:
    settings = ground.settings.numbers
    return partial(
        numbers.normalise,
        country=settings.country,
        area_code=settings.area_code,
        short_codes=settings.short_codes,
    )


def _agent(ground: Ground) -> SeatAgent:
    identity = ground.identity
    return SeatAgent(
        agent_id=AgentId(identity.agent_id),
        login=identity.login,
        name=identity.name,
        extension=identity.extension,
        practice=ground.practice,
        role=identity.role,
    )


def _replication(ground: Ground, link_up: _LinkUp) -> Replication:
    return Replication(
        api=ground.api,
        auth=ground.auth,
        outbox=ground.store.outbox,
        replica=ground.store.replica,
        on_status=link_up.on_status,
        intervals=ground.intervals,
        store_errors=(StoreError, OSError),
        sizes=Sizes(far_rows=ground.settings.server.whole_copy_from),
        copy=ground.store.copy_of(ground.api.url),
    )


def _summaries(ground: Ground, replication: Replication, rules: CentreRules) -> Summaries:
    """⑦ one key: summary and outbox entry in one transaction, then ⑧ off it goes."""
    store, identity = ground.store, ground.identity

    async def commit(draft: SummaryDraft) -> None:
        agent_id = AgentId(identity.agent_id)
        await store.summaries.save(draft, agent_id=agent_id, agent_name=identity.name)
        replication.wake()

    return Summaries(
        keeper=store.drafts,
        commit=commit,
        article=store.knowledge.article,
        queue_category=rules.queue_category,
        clock=ground.clock,
        tasks=ground.tasks,
    )


class _LinkUp:
    """Replication is built before the link that shows its status; this is the wire between."""

    def __init__(self) -> None:
        self.link: Link | None = None
        self.local_copy: LocalCopy | None = None

    def on_status(self, status: SyncStatus) -> None:
        if self.local_copy is not None:
            self.local_copy.on_server(status)
        if self.link is not None:
            self.link.on_server(
                ServerState(status.phase.value),
                status.reason,
                status.rows_done,
                status.rows_expected,
            )


def _connect(seat: Seat, ground: Ground) -> None:
    """③ a call → ④ the card and ⑥ the summary; the caller and what is typed → suggestions."""
    store = ground.store
    seat.phone.call_changed.connect(seat.summaries.on_call)
    seat.phone.call_changed.connect(seat.cards.on_call)
    seat.focus.tabs_changed.connect(seat.cards.keep_only)
    seat.cards.changed.connect(seat.summaries.on_card)
    seat.summaries.reopened.connect(seat.cards.restore)
    seat.centre_rules.changed.connect(seat.summaries.on_rules)
    seat.knowledge.categories_changed.connect(seat.summaries.on_rules)
    seat.cards.changed.connect(seat.knowledge.on_card)
    seat.cards.changed.connect(seat.history.on_card)
    seat.summaries.changed.connect(seat.knowledge.on_draft)
    seat.summaries.typed.connect(seat.knowledge.on_draft)
    seat.knowledge.article_opened.connect(seat.shelf.on_opened)
    seat.knowledge.reloaded.connect(seat.shelf.refresh)
    seat.knowledge.fault.connect(seat.faults.on_data_fault)
    seat.shelf.fault.connect(seat.faults.on_data_fault)
    seat.text_modules.fault.connect(seat.faults.on_data_fault)
    seat.centre_rules.fault.connect(seat.faults.on_data_fault)
    for notice in store.notices:
        seat.faults.on_set_aside(notice.set_aside)
    news = KnowledgeNews(knowledge=seat.knowledge, tasks=ground.tasks)

    def on_outbox(_kinds: object) -> None:
        seat.link.refresh()

    store.replica.applied.add(news.on_page)
    for tables, then in (
        (("settings",), seat.text_modules.refresh),
        (("settings",), seat.centre_rules.refresh),
        (CARD_TABLES, seat.cards.refresh),
    ):
        store.replica.applied.add(at_the_end(tables, then))
    store.outbox.changed.add(on_outbox)
