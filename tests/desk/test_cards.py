"""The card: who calls, several candidates, unknown, withheld, and a cache that cannot answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import replace

from agent_app.desk.cards import Cards
from agent_app.desk.rounds import Rounds
from agent_app.domain.customers import CallerCard, CandidateReason, CardState, ReasonKind
from agent_app.domain.ids import CustomerId, InteractionId
from agent_app.domain.summary import SummaryDraft
from agent_app.runtime.tasks import Tasks
from agent_app.store.callers import NumberMatch
from agent_app.store.errors import StoreError
from tests.desk.fakes import FakeCallers, a_call, a_candidate, a_customer, ended
from tests.desk.rigs import run_with_tasks, settle

NUMBER = "+8613800138000"
I1 = InteractionId("i1")


class Rig:
    def __init__(self, tasks: Tasks, rounds: Rounds | None = None) -> None:
        self.callers = FakeCallers(
            by_number={NUMBER: (a_candidate("c1", "张伟"),)},
            customers={CustomerId("c1"): a_customer(), CustomerId("c2"): a_customer("c2", "李娜")},
        )
        self.cards = Cards(callers=self.callers, region_of=self._region, tasks=tasks, rounds=rounds)
        self.seen: list[CallerCard] = []
        self.cards.changed.connect(self.seen.append)

    @staticmethod
    def _region(normal: str) -> str:
        return "杭州" if normal else ""


def test_a_known_caller_has_a_card() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.cards.on_call(a_call())
        assert rig.seen[-1].state is CardState.LOOKING_UP
        assert rig.seen[-1].number_region == "杭州"
        await settle()
        assert rig.seen[-1].state is CardState.KNOWN
        assert rig.seen[-1].customer == a_customer()
        assert rig.cards.card(I1) == rig.seen[-1]

    run_with_tasks(story)


def test_a_call_is_looked_up_once() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.cards.on_call(a_call())
        await settle()
        count = len(rig.seen)
        rig.cards.on_call(a_call())
        rig.cards.on_call(ended(a_call("i2")))
        await settle()
        assert len(rig.seen) == count

    run_with_tasks(story)


def test_the_store_is_asked_before_anybody_is_told_of_the_call() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.cards.ask(a_call())
        assert (rig.callers.asked, rig.seen) == ([NUMBER], [])
        rig.cards.on_call(a_call())
        await settle()
        assert rig.seen[-1].state is CardState.KNOWN
        rig.cards.ask(a_call())
        rig.cards.ask(ended(a_call("i2")))
        rig.cards.ask(a_call("i3", anonymous=True))
        assert rig.callers.asked == [NUMBER]

    run_with_tasks(story)


def test_a_switchboard_offers_everyone_behind_it() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.callers.by_number[NUMBER] = (a_candidate("c1", "甲"), a_candidate("c2", "乙"))
        rig.cards.on_call(a_call())
        await settle()
        assert rig.seen[-1].state is CardState.SEVERAL
        assert [candidate.name for candidate in rig.seen[-1].candidates] == ["甲", "乙"]
        rig.cards.choose(I1, CustomerId("c2"))
        await settle()
        assert rig.seen[-1].customer == a_customer("c2", "李娜")
        assert len(rig.seen[-1].candidates) == 2

    run_with_tasks(story)


def test_an_unknown_number_is_a_card_too() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.callers.by_number.clear()
        rig.cards.on_call(a_call())
        await settle()
        assert rig.seen[-1].state is CardState.UNKNOWN

    run_with_tasks(story)


def test_a_withheld_number_is_not_looked_up() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.callers.fault = "must not be asked"
        rig.cards.on_call(a_call(anonymous=True))
        rig.cards.on_call(a_call("i2", normal="", number=""))
        await settle()
        assert [card.state for card in rig.seen] == [CardState.WITHHELD, CardState.WITHHELD]

    run_with_tasks(story)


def test_a_cache_that_cannot_answer_is_said_and_asked_again() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.callers.fault = "The file cache.db is damaged."
        rig.cards.on_call(a_call())
        await settle()
        assert rig.seen[-1].state is CardState.UNREADABLE
        assert rig.seen[-1].fault == "The file cache.db is damaged."
        rig.callers.fault = ""
        rig.cards.refresh()
        await settle()
        assert rig.seen[-1].state is CardState.KNOWN

    run_with_tasks(story)


def test_a_cache_that_fails_at_the_second_question_is_said() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.cards.on_call(a_call())
        await settle()
        rig.callers.fault = "The file cache.db is damaged."
        rig.cards.choose(I1, CustomerId("c1"))
        await settle()
        assert rig.seen[-1].state is CardState.UNREADABLE

    run_with_tasks(story)


def test_a_look_up_that_fails_late_leaves_the_person_she_chose() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        gate = asyncio.Event()

        async def refused() -> NumberMatch:
            await gate.wait()
            raise StoreError("The file cache.db is damaged.")

        rig.callers.find_by_number = lambda normal, *, you="": refused()  # type: ignore[method-assign]
        rig.cards.on_call(a_call())
        await settle()
        rig.cards.choose(I1, CustomerId("c2"))
        await settle()
        gate.set()
        await settle()
        assert rig.seen[-1].state is CardState.KNOWN
        assert rig.seen[-1].customer == a_customer("c2", "李娜")
        assert rig.seen[-1].fault == ""

    run_with_tasks(story)


def test_a_look_up_of_a_number_it_had_before_does_not_spoil_the_card() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        gate = asyncio.Event()
        find = rig.callers.find_by_number

        async def refused() -> NumberMatch:
            await gate.wait()
            raise StoreError("The file cache.db is damaged.")

        rig.callers.find_by_number = lambda normal, *, you="": refused()  # type: ignore[method-assign]
        rig.cards.on_call(a_call(number="12366", normal="12366"))
        rig.callers.find_by_number = find  # type: ignore[method-assign]
        rig.cards.on_call(a_call())
        await settle()
        gate.set()
        await settle()
        assert rig.seen[-1].state is CardState.KNOWN

    run_with_tasks(story)


def test_a_change_of_the_customer_reaches_the_card() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.cards.on_call(a_call())
        await settle()
        count = len(rig.seen)
        rig.cards.refresh()
        await settle()
        assert len(rig.seen) == count
        rig.callers.customers[CustomerId("c1")] = a_customer(warning="请核对身份")
        rig.cards.refresh()
        await settle()
        assert rig.seen[-1].customer is not None
        assert rig.seen[-1].customer.warning == "请核对身份"

    run_with_tasks(story)


def test_a_withheld_card_is_left_alone_by_a_refresh() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.cards.on_call(a_call(anonymous=True))
        rig.cards.refresh()
        await settle()
        assert len(rig.seen) == 1

    run_with_tasks(story)


def test_a_customer_who_is_gone_is_unknown() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.callers.customers.clear()
        rig.cards.on_call(a_call())
        await settle()
        assert rig.seen[-1].state is CardState.UNKNOWN

    run_with_tasks(story)


def test_a_restored_summary_shows_its_person() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.cards.restore(SummaryDraft(I1, ended(a_call()), customer_id=CustomerId("c2")))
        await settle()
        assert rig.seen[-1].customer == a_customer("c2", "李娜")

    run_with_tasks(story)


def test_a_restored_card_says_again_why_it_is_this_person_and_who_else_it_may_be() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        reasons = (CandidateReason(ReasonKind.SAME_NUMBER, "手机"),)
        rig.callers.by_number[NUMBER] = (
            replace(a_candidate("c1", "张伟"), reasons=reasons), a_candidate("c2", "李娜")
        )  # fmt: skip
        rig.cards.restore(SummaryDraft(I1, ended(a_call()), customer_id=CustomerId("c1")))
        await settle()
        assert rig.seen[-1].state is CardState.KNOWN
        assert rig.seen[-1].customer == a_customer()
        assert rig.seen[-1].reasons == reasons
        assert len(rig.seen[-1].candidates) == 2

    run_with_tasks(story)


def test_the_store_is_told_which_agent_is_rung() -> None:
    async def story(tasks: Tasks) -> None:
        told: list[str] = []

        class Told(FakeCallers):
            def find_by_number(self, normal: str, *, you: str = "") -> Awaitable[NumberMatch]:
                told.append(you)
                return super().find_by_number(normal)

        cards = Cards(callers=Told(), region_of=str, tasks=tasks, you="u-2")
        cards.on_call(a_call())
        await settle()
        cards.refresh()
        await settle()
        assert told == ["u-2", "u-2"]

    run_with_tasks(story)


def test_somebody_who_only_called_from_here_before_is_asked_about() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.callers.by_number[NUMBER] = (replace(a_candidate("c9", "王芳"), number=""),)
        rig.cards.on_call(a_call())
        await settle()
        assert (rig.seen[-1].state, rig.seen[-1].customer) == (CardState.SEVERAL, None)

    run_with_tasks(story)


def test_an_answer_about_a_forgotten_card_is_dropped() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.cards.on_call(a_call())
        rig.cards.forget(I1)
        rig.cards.choose(I1, CustomerId("c1"))
        await settle()
        assert rig.cards.card(I1) is None
        assert len(rig.seen) == 1

    run_with_tasks(story)


def test_only_the_cards_of_the_page_s_tabs_are_kept() -> None:
    async def story(tasks: Tasks) -> None:
        rig = Rig(tasks)
        rig.cards.on_call(a_call())
        rig.cards.on_call(a_call("i2"))
        await settle()
        rig.cards.keep_only((InteractionId("i2"),))
        assert rig.cards.card(I1) is None
        assert rig.cards.card(InteractionId("i2")) is not None

    run_with_tasks(story)


def test_a_call_is_shown_together_with_its_card() -> None:
    async def story(tasks: Tasks) -> None:
        rounds, seen = Rounds(), list[CardState]()
        rig = Rig(tasks, rounds)
        rounds.first.connect(lambda: seen.append(rig.seen[-1].state))
        with rounds.round():
            rig.cards.ask(a_call())
            rig.cards.on_call(a_call())
        assert not seen
        await settle()
        assert seen == [CardState.KNOWN]


def test_a_call_whose_person_is_restored_is_held_for_no_longer_than_its_answer() -> None:
    async def story(tasks: Tasks) -> None:
        rounds = Rounds()
        rig = Rig(tasks, rounds)
        shown: list[CardState] = []
        rounds.first.connect(lambda: shown.append(rig.seen[-1].state))
        with rounds.round():
            rig.cards.ask(a_call())
            rig.cards.restore(SummaryDraft(I1, a_call(), customer_id=CustomerId("c1")))
            rig.cards.on_call(a_call())
        await settle()
        assert shown == [CardState.KNOWN]

    run_with_tasks(story)


def test_a_cache_that_cannot_answer_holds_nothing_up() -> None:
    async def story(tasks: Tasks) -> None:
        rounds, shown = Rounds(), list[CardState]()
        rig = Rig(tasks, rounds)
        rounds.first.connect(lambda: shown.append(rig.seen[-1].state))
        rig.callers.fault = "The disk is full."
        with rounds.round():
            rig.cards.ask(a_call())
            rig.cards.on_call(a_call())
        await settle()
        assert shown == [CardState.UNREADABLE]

    run_with_tasks(story)
