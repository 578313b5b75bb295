"""The state machine: 2–5 seats and a server, worked at random, in any weather."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Coroutine
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)
from sqlalchemy import select

from agent_app.domain.inbox import Decision
from agent_app.store.tables import outbox
from agent_app.store.work_migrations import WORK_MIGRATIONS
from sync.errors import SignInRefused
from tests.shift_model.centre import AGENTS, CUSTOMERS, UNKNOWN_CUSTOMER, Centre
from tests.shift_model.checks import (
    check_applied_once,
    check_equal,
    check_feed,
    check_nothing_lost,
)
from tests.shift_model.ledger import WORDS, Ledger
from tests.shift_model.network import Fault, Network, SeatDiedError, Weather
from tests.shift_model.seat import Seat
from tests.shift_model.upgrade import older_files
from tests.sync.httpserver import Request

LIMIT_S = 120
ROUNDS = 6
YEAR_S = 365 * 86_400

FIELD = st.sampled_from(WORDS)
TEXT = st.text(st.sampled_from("税号几号截止？ab '\"%\n\t\\é😀"), max_size=12)
FAULTS = st.lists(
    st.builds(
        Fault,
        st.sampled_from(Weather),
        st.sampled_from(["", "operations", "operations", "changes", "refresh"]),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=3,
)
CUSTOMER = st.sampled_from([None, *CUSTOMERS, UNKNOWN_CUSTOMER])
PICK = st.integers(0, 1_000)
SECONDS = st.sampled_from(
    [-YEAR_S, -3600.0, -1.0, 1.0, 599.0, 700.0, 3600.0, 40 * 86_400.0, YEAR_S]
)
AGENT = st.sampled_from([agent for agent, _, _ in AGENTS])


class Event(Enum):
    """What happens besides work and weather."""

    OTHER_AGENT = "another agent takes the seat"
    COPY_LOST = "the seat's copy of the centre's data is gone"
    SERVER_RESTARTED = "the server is restarted"
    NUMBER_DELETED = "a telephone number is deleted at the centre"
    CUSTOMER_CHANGED = "a customer is changed at the centre"


class Shift(RuleBasedStateMachine):
    """``new_centre`` gives a filled centre and is called once per run."""

    new_centre: Callable[[Path], Centre]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="zuoxi-shift-"))
        self.loop = asyncio.new_event_loop()
        self.centre = type(self).new_centre(self.folder)
        self.ledger = Ledger()
        self.late: list[Request] = []
        self.seats: list[Seat] = []

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(asyncio.wait_for(work, LIMIT_S))

    @initialize(agents=st.lists(AGENT, min_size=2, max_size=4), online=st.booleans())
    def open_seats(self, agents: list[str], online: bool) -> None:
        for agent in agents:
            self.run(self._new_seat(agent).open())
        if online:
            self.all_synchronise()

    @precondition(lambda self: len(self.seats) < 5)
    @rule(agent=AGENT, texts=st.lists(TEXT, min_size=1, max_size=4), steps=PICK)
    def a_seat_is_upgraded_with_a_full_outbox(
        self, agent: str, texts: list[str], steps: int
    ) -> None:
        seat = self._new_seat(agent)
        older_files(
            seat.folder, self.ledger, seat=seat.name, agent=agent, texts=texts,
            steps=1 + steps % len(WORK_MIGRATIONS),
        )  # fmt: skip
        self.run(seat.open())

    @rule(who=PICK, text=TEXT, customer=CUSTOMER)
    def a_call_comes_and_is_saved(self, who: int, text: str, customer: str | None) -> None:
        name = self._typed(self._seat(who), text)
        self.run(self._seat(who).save(self.ledger, name, customer))

    @rule(who=PICK, text=TEXT)
    def a_call_comes_and_she_types(self, who: int, text: str) -> None:
        self._typed(self._seat(who), text)

    @rule(which=PICK, text=TEXT, customer=CUSTOMER, saves=st.booleans())
    def she_goes_on(self, which: int, text: str, customer: str | None, saves: bool) -> None:
        if open_ones := list(self.ledger.drafts):
            name = open_ones[which % len(open_ones)]
            seat = next(s for s in self.seats if s.name == self.ledger.drafts[name][0])
            self.run(seat.type(self.ledger, name, self.ledger.words(text)))
            if saves:
                self.run(seat.save(self.ledger, name, customer))

    @rule(who=PICK, others=st.lists(PICK, max_size=2), which=PICK, field=FIELD, text=TEXT)
    def the_same_is_edited(
        self, who: int, others: list[int], which: int, field: str, text: str
    ) -> None:
        """By one seat, or by several of which none knows of the others yet."""
        if records := self.ledger.records("interactions"):
            for seat in dict.fromkeys(self._seat(pick) for pick in [who, *others]):
                words = self.ledger.words(text)
                self.run(seat.edit(self.ledger, records[which % len(records)], field, words))

    @rule(who=PICK, others=st.lists(PICK, max_size=2), which=PICK, text=TEXT)
    def a_customer_is_edited(self, who: int, others: list[int], which: int, text: str) -> None:
        customer = CUSTOMERS[which % len(CUSTOMERS)]
        for seat in dict.fromkeys(self._seat(pick) for pick in [who, *others]):
            self.run(seat.edit_customer(self.ledger, customer, self.ledger.words(text)))

    @rule(who=PICK, text=TEXT, bound=st.booleans())
    def an_unknown_caller_becomes_a_customer(self, who: int, text: str, bound: bool) -> None:
        seat, words = self._seat(who), self.ledger.words(text)
        customer = f"c-{self.ledger.typed}"
        self.run(seat.edit_customer(self.ledger, customer, words, is_new=True))
        self.a_call_comes_and_is_saved(who, text, customer if bound else None)

    @rule(who=PICK, which=PICK, decision=st.sampled_from(Decision))
    def she_decides(self, who: int, which: int, decision: Decision) -> None:
        self.run(self._seat(who).decide(self.ledger, which, decision))

    @rule(who=PICK)
    def a_seat_synchronises(self, who: int) -> None:
        self.run(self._synchronise(self._seat(who), []))

    @rule()
    def all_synchronise(self) -> None:
        for seat in self.seats:
            self.run(self._synchronise(seat, []))

    @rule(who=PICK, faults=FAULTS)
    def a_seat_synchronises_in_bad_weather(self, who: int, faults: list[Fault]) -> None:
        self.run(self._synchronise(self._seat(who), faults))

    @rule(who=PICK, texts=st.lists(TEXT, min_size=1, max_size=3), faults=FAULTS)
    def saved_in_bad_weather(self, who: int, texts: list[str], faults: list[Fault]) -> None:
        for text in texts:
            self.a_call_comes_and_is_saved(who, text, None)
        self.run(self._synchronise(self._seat(who), faults))

    @rule(who=PICK, cut_cache=st.sampled_from([1.0, 0.6, 0.0]), away_s=SECONDS)
    def a_seat_is_killed(self, who: int, cut_cache: float, away_s: float) -> None:
        seat = self._seat(who)
        seat.wall += timedelta(seconds=away_s)
        self.run(seat.kill(cut_cache=cut_cache))

    @precondition(lambda self: self.late)
    @rule(which=PICK)
    def a_late_request_arrives(self, which: int) -> None:
        self.centre.answer(self.late.pop(which % len(self.late)))

    @rule(who=PICK, clock=st.sampled_from(["server", "wall", "monotonic"]), seconds=SECONDS)
    def a_clock_jumps(self, who: int, clock: str, seconds: float) -> None:
        if clock == "server":
            self.centre.clock.now += seconds
        elif clock == "wall":
            self._seat(who).wall += timedelta(seconds=seconds)
        else:
            self._seat(who).monotonic_s += abs(seconds)

    @rule(who=PICK, agent=AGENT, event=st.sampled_from(Event))
    def something_happens(self, who: int, agent: str, event: Event) -> None:
        match event:
            case Event.OTHER_AGENT:
                self._seat(who).agent = agent
            case Event.COPY_LOST:
                self.run(self._seat(who).lose_copy())
            case Event.SERVER_RESTARTED:
                self.centre.restart()
            case Event.NUMBER_DELETED:
                self.centre.delete_number()
            case Event.CUSTOMER_CHANGED:
                self.centre.change_customer(CUSTOMERS[who % len(CUSTOMERS)])

    def teardown(self) -> None:
        try:
            if self.seats:
                self.run(self._end_of_shift())
        finally:
            for seat in self.seats:
                self.run(seat.close())
            self.centre.stop()
            self.loop.run_until_complete(self.loop.shutdown_default_executor())
            self.loop.close()
            shutil.rmtree(self.folder)

    async def _end_of_shift(self) -> None:
        """The weather is fine again: everything goes out, and what is still on its way arrives."""
        for seat in self.seats:
            seat.network.forecast.clear()
            seat.wall += timedelta(minutes=1)  # no decision can be undone any more
        await self._drain()
        while self.late:
            self.centre.answer(self.late.pop())
        await self._drain()
        await check_nothing_lost(self.ledger, self.centre.database, self.seats)
        check_applied_once(self.ledger, self.centre.database)
        check_feed(self.centre.database)
        check_equal(self.centre.database, self.seats)
        await self._nothing_is_left_to_do()

    async def _drain(self) -> None:
        for seat in self.seats:
            rows = await seat.store.outbox._rows(select(outbox.c.author))
            for agent in dict.fromkeys([*(row.author for row in rows), seat.agent]):
                seat.agent = agent
                await self._until_done(seat)
        for seat in self.seats:
            await self._until_done(seat)

    async def _until_done(self, seat: Seat) -> None:
        outcomes = []
        for _ in range(ROUNDS):
            outcomes.append(await self._synchronise(seat, []))
            if outcomes[-1] == "done":
                return
            self.centre.clock.now += 300  # who was locked out waits for it
        raise AssertionError(f"a seat cannot synchronise in fine weather: {outcomes}")

    async def _nothing_is_left_to_do(self) -> None:
        """Synchronising again is a no-op."""
        for seat in self.seats:
            before = await seat.store.replica.cursor()
            seat.network.asked.clear()
            assert await self._synchronise(seat, []) == "done"
            assert await seat.store.replica.cursor() == before
            assert "/api/v1/operations" not in seat.network.asked

    async def _synchronise(self, seat: Seat, faults: list[Fault]) -> str:
        seat.network.forecast.extend(faults)
        try:
            return await seat.synchronise()
        except SignInRefused as error:
            return f"refused: {error.code}"
        except SeatDiedError:
            await seat.kill()
            return "killed"
        finally:
            seat.network.forecast.clear()

    def _new_seat(self, agent: str) -> Seat:
        name = f"seat{len(self.seats) + 1}"
        seat = Seat(name, self.folder, agent, Network(self.centre, self.late))
        self.seats.append(seat)
        return seat

    def _typed(self, seat: Seat, text: str) -> str:
        words = self.ledger.words(text)
        name = f"i-{self.ledger.typed}"
        self.run(seat.type(self.ledger, name, words))
        return name

    def _seat(self, pick: int) -> Seat:
        return self.seats[pick % len(self.seats)]
