"""What came with a call: taken in before the answer, while it grows, and with the server away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent_app.desk.handover import Travel
from agent_app.domain.ids import CategoryId, InteractionId
from agent_app.domain.link import LinkStatus, ServerState
from agent_app.domain.summary import SummaryField
from sip import messages as m
from sync.backoff import BackOff
from sync.legs import Attachment, LegState, Quote
from sync.status import Cause, Phase, SyncStatus
from tests.desk.fakes import (
    a_call,
    ended,
)
from tests.desk.handover_rig import Rig, from_colleague, own, story_with
from tests.desk.rigs import settle
from tests.sync.waiting import until

pytestmark = pytest.mark.usefixtures("qapp")
FIRST_S = 0.001


def test_what_the_first_desk_wrote_is_there_while_it_rings() -> None:
    async def story(rig: Rig) -> None:
        quote = Quote("K1", 2, "子女教育")
        rig.live.others = (
            from_colleague(question="问", answer="答", category_id="01.02", quotes=(quote,)),
        )
        call = rig.ring()
        await settle()
        [card] = rig.arrived
        assert (card.from_agent_name, card.from_extension) == ("陈静", "1001")
        assert (card.interaction_id, card.final, card.beside) == (call, True, frozenset())
        assert (rig.draft(call).question, rig.draft(call).answer) == ("问", "答")
        assert rig.draft(call).quotes[0].article_id == "K1"
        assert rig.handover.card(call) == card

    story_with(story)


def test_a_call_nobody_had_before_brings_nothing() -> None:
    async def story(rig: Rig) -> None:
        rig.live.others = (from_colleague(), from_colleague(agent="agent-1003"))
        call = rig.ring()
        await settle()
        rig.answered()
        await settle()
        rig.phone.handle(m.CallMuted(m.LineId("1-9"), muted=True))
        await settle()
        assert (rig.arrived, rig.handover.card(call)) == ([], None)
        assert len(rig.live.asked) == 2, "asked when it rang and when it was answered, no more"

    story_with(story)


def test_what_came_with_an_unanswered_call_leaves_no_summary_behind() -> None:
    async def story(rig: Rig) -> None:
        rig.live.others = (from_colleague(question="问", quotes=(Quote("K1", 1, ""),)),)
        call = rig.ring()
        await settle()
        assert rig.draft(call).question == "问"
        rig.ended()
        assert rig.summaries.draft(call) is None

    story_with(story)


def test_words_typed_during_the_consultation_follow() -> None:
    async def story(rig: Rig) -> None:
        rig.live.others = (from_colleague(LegState.HELD, question="问"),)
        call = rig.ring()
        await settle()
        rig.live.others = (from_colleague(LegState.HELD, question="问得更多"),)
        await until(lambda: rig.draft(call).question == "问得更多")
        assert not rig.arrived[-1].final
        rig.live.others = (from_colleague(question="问得最多"),)
        await until(lambda: rig.arrived[-1].final)
        assert rig.draft(call).question == "问得最多"
        asked = len(rig.live.asked)
        await settle()
        assert len(rig.live.asked) == asked, "nothing more is to be expected"

    story_with(story)


def test_a_colleague_who_has_written_nothing_yet_may_still() -> None:
    async def story(rig: Rig) -> None:
        rig.live.others = (from_colleague(LegState.TALKING),)
        call = rig.ring()
        await settle()
        assert rig.arrived == []
        rig.live.others = (from_colleague(LegState.TALKING, question="问"),)
        await until(lambda: rig.draft(call).question == "问")

    story_with(story)


def test_what_was_written_while_it_rang_is_fetched_at_the_answer() -> None:
    async def story(rig: Rig) -> None:
        call = rig.ring()
        await settle()
        rig.live.others = (from_colleague(answer="事后补写"),)
        rig.answered()
        await settle()
        assert rig.draft(call).answer == "事后补写"

    story_with(story)


def test_her_own_words_are_kept_and_what_came_is_beside() -> None:
    async def story(rig: Rig) -> None:
        rig.live.gate.clear()
        call = rig.ring()
        rig.summaries.set_text(call, SummaryField.QUESTION, "我先写")
        rig.live.others = (from_colleague(question="问", answer="答"),)
        rig.live.gate.set()
        await settle()
        assert (rig.draft(call).question, rig.draft(call).answer) == ("我先写", "答")
        assert rig.arrived[-1].beside == {SummaryField.QUESTION}

    story_with(story)


def test_only_colleagues_who_had_the_call_before_her_count() -> None:
    async def story(rig: Rig) -> None:
        call = rig.ring()
        await settle()
        later = from_colleague(LegState.TALKING, agent="agent-1003", answer="我问的专家写的")
        mine = own(rig, call)
        before = replace(mine.leg, interaction_id="i0", attachment=Attachment(question="我的"))
        earlier_mine = replace(mine, leg=before)
        rig.live.others = (later, mine, earlier_mine)
        rig.answered()
        await settle()
        assert rig.arrived == []

    story_with(story)


def test_a_colleague_who_calls_her_himself_keeps_his_words() -> None:
    async def story(rig: Rig) -> None:
        his = from_colleague(LegState.TALKING, question="问同事的事")
        calling = replace(his, leg=replace(his.leg, direction="outgoing", number="1002"))
        passed_on = replace(his, leg=replace(calling.leg, number="1003"))
        rig.live.others = (calling,)
        rig.ring()
        await settle()
        assert rig.arrived == []
        rig.live.others = (passed_on,)
        rig.answered()
        await until(lambda: bool(rig.arrived))

    story_with(story)


def test_the_last_colleague_who_attached_anything_is_the_one() -> None:
    async def story(rig: Rig) -> None:
        rig.live.others = (
            from_colleague(agent="agent-1003"),
            from_colleague(agent="agent-1004", question="第二手"),
            from_colleague(question="第一手"),
        )
        rig.ring()
        await settle()
        assert rig.arrived[-1].from_extension == "1004"

    story_with(story)


def test_what_was_written_in_the_moment_of_the_pick_up_comes_too() -> None:
    async def story(rig: Rig) -> None:
        rig.live.others = (from_colleague(LegState.RINGING),)
        call = rig.ring()
        rig.answered()
        await settle()
        assert rig.arrived == []
        rig.live.others = (from_colleague(question="问"),)
        await until(lambda: rig.draft(call).question == "问")

    story_with(story)


def test_with_the_server_away_it_is_asked_again_until_it_is_back() -> None:
    async def story(rig: Rig) -> None:
        rig.live.go(away=True)
        call = rig.ring()
        await until(lambda: len(rig.live.asked) > 3)
        assert rig.arrived == []
        rig.live.others = (from_colleague(question="问"),)
        rig.live.go(away=False)
        await until(lambda: rig.draft(call).question == "问")

    story_with(story)


def test_a_server_that_is_away_is_asked_less_and_less(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    class Noted(BackOff):
        def next_s(self) -> float:
            waits.append(super().next_s())
            return waits[-1]

    async def story(rig: Rig) -> None:
        rig.live.go(away=True)
        rig.ring()
        await until(lambda: len(rig.live.asked) > 5)
        assert waits == sorted(waits)
        assert waits[4] > 4 * waits[0]
        rig.live.others = (from_colleague(LegState.TALKING),)
        rig.live.go(away=False)
        await until(lambda: len(rig.live.asked) > 8)
        rig.live.go(away=True)
        failed = len(waits)
        await until(lambda: len(waits) > failed)
        assert waits[failed] <= FIRST_S, "a server that answered has a new beginning"

    monkeypatch.setattr("agent_app.desk.handover.BackOff", Noted)
    story_with(story, look_again_s=FIRST_S)


def test_a_server_that_is_back_is_asked_at_once() -> None:
    async def story(rig: Rig) -> None:
        rig.live.go(away=True)
        rig.handover.on_link(LinkStatus(ServerState.OFFLINE))
        call = rig.ring()
        await settle()
        rig.live.others = (from_colleague(question="问"),)
        rig.live.go(away=False)
        rig.handover.on_link(LinkStatus(ServerState.ONLINE))
        await until(lambda: rig.draft(call).question == "问")

    story_with(story, look_again_s=3600)


def test_whether_cards_travel_is_said_once_per_change() -> None:
    async def story(rig: Rig) -> None:
        assert rig.handover.travel == Travel()
        rig.handover.on_server(SyncStatus(Phase.ONLINE))
        away = SyncStatus(Phase.OFFLINE, Cause.UNREACHABLE, "nobody answers")
        rig.handover.on_server(away)
        rig.handover.on_server(away)
        assert rig.handover.travel == Travel(possible=False, detail="nobody answers")
        rig.handover.on_server(SyncStatus(Phase.ONLINE))
        assert [travel.possible for travel in rig.travels] == [False, True]

    story_with(story)


def test_a_server_that_is_back_gets_what_waits_at_once() -> None:
    async def story(rig: Rig) -> None:
        for state in (ServerState.OFFLINE, ServerState.ONLINE, ServerState.ONLINE,
                      ServerState.OFFLINE, ServerState.ONLINE):  # fmt: skip
            rig.handover.on_link(LinkStatus(state))
        assert rig.live.woken == 2

    story_with(story)


def test_a_saved_summary_is_not_touched() -> None:
    async def story(rig: Rig) -> None:
        rig.live.gate.clear()
        call = rig.ring()
        rig.answered()
        for field in (SummaryField.QUESTION, SummaryField.ANSWER):
            rig.summaries.set_text(call, field, "我的")
        saved = replace(rig.draft(call), category_id=CategoryId("01"))
        rig.summaries._drafts[call] = replace(saved, state=type(saved.state).SAVED)
        rig.live.others = (from_colleague(follow_up="回访", customer_id="c2"),)
        rig.live.gate.set()
        await settle()
        assert rig.arrived[-1].attachment.follow_up == "回访"
        assert rig.draft(call).follow_up == ""

    story_with(story)


def test_cards_of_long_past_calls_are_forgotten() -> None:
    async def story(rig: Rig) -> None:
        calls = []
        for number in range(66):
            rig.live.others = (from_colleague(question="问"),)
            calls.append(rig.ring(line=f"1-{number}"))
            await settle()
            rig.ended(f"1-{number}")
        assert [rig.handover.card(call) is None for call in calls] == [True] * 2 + [False] * 64

    story_with(story)


def test_a_transfer_may_wait_for_the_card() -> None:
    async def story(rig: Rig) -> None:
        call = rig.ring()
        rig.summaries.set_text(call, SummaryField.QUESTION, "问")
        assert await rig.handover.flush(call)
        assert rig.live.told[-1].attachment.question == "问"
        rig.live.go(away=True)
        assert not await rig.handover.flush(call)
        await rig.handover.close()
        assert rig.live.flushed == [call, call, None]

    story_with(story)


def test_nothing_is_asked_for_a_call_that_is_over_or_that_only_asks_a_colleague() -> None:
    async def story(rig: Rig) -> None:
        rig.phone.call_changed.emit(ended(a_call("i7")))
        rig.phone.call_changed.emit(a_call("i8", consults_for=InteractionId("i7")))
        rig.phone.call_changed.emit(a_call("i9", exchange_call_id=""))
        await settle()
        assert rig.live.asked == []

    story_with(story)
