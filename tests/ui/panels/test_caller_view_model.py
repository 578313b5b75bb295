"""The caller's card in words, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from agent_app.domain.customers import CandidateReason, CardState, ReasonKind
from agent_app.domain.ids import CustomerId, InteractionId
from tests.ui.panels.fakes import NOW, ONE, TWO, Desk, candidate, card, customer, past
from ui.caller.view_model import CallerViewModel
from ui.keys import KeyMap

pytestmark = pytest.mark.usefixtures("qapp")


def view_of(desk: Desk) -> CallerViewModel:
    seat = desk.seat
    return CallerViewModel(
        cards=seat.cards,
        focus=seat.focus,
        clock=seat.clock,
        practice=desk.practice,
        keys=KeyMap(),
        categories=lambda: seat.knowledge.categories,
    )


def showing(desk: Desk, state: CardState, **facts: object) -> CallerViewModel:
    desk.cards.put(card(state, **facts))
    desk.focus.select(ONE)
    return view_of(desk)


def test_without_a_call_it_says_that_the_card_comes_by_itself(desk: Desk) -> None:
    view = view_of(desk)
    assert (view.state, view.name, view.number, view.number_line) == (None, "No call", "", "")
    assert "by itself" in view.advice
    assert view.customer is None
    assert (view.segment, view.segment_rule, view.region, view.arrears) == ("", "", "", "")
    assert (view.warning, view.notes, view.numbers, view.candidates) == ("", "", (), ())
    assert (view.history, view.history_title) == ((), "Last calls")


def test_in_practice_it_says_which_key_lets_a_caller_ring() -> None:
    assert "Ctrl+R" in view_of(Desk(practice=True)).advice


@pytest.mark.parametrize(
    ("state", "name", "advice"),
    [
        (CardState.LOOKING_UP, "Looking up …", "Looking for this number"),
        (CardState.UNKNOWN, "Unknown caller", "Nobody is known"),
        (CardState.WITHHELD, "Number withheld", "No number came along"),
        (CardState.UNREADABLE, "Card cannot be read", "disk on fire"),
    ],
)
def test_whoever_is_not_known_has_a_headline_and_advice(
    desk: Desk, state: CardState, name: str, advice: str
) -> None:
    view = showing(desk, state, fault="disk on fire")
    assert view.name == name
    assert advice in view.advice
    assert view.is_fault is (state is CardState.UNREADABLE)


@pytest.mark.parametrize("state", [CardState.LOOKING_UP, CardState.UNKNOWN, CardState.WITHHELD])
def test_the_name_the_exchange_sent_is_shown_until_more_is_known(
    desk: Desk, state: CardState
) -> None:
    assert showing(desk, state, shown_name="<b>李</b>").name == "<b>李</b>"


def test_a_known_person_is_shown_with_everything_that_matters(desk: Desk) -> None:
    view = showing(desk, CardState.KNOWN, customer=customer(warning="!", notes="n"))
    assert view.name == "张伟"
    assert view.number == "+8613800138000"
    assert view.number_line == "138 0013 8000 · 浙江杭州"
    assert view.advice == ""
    assert view.segment == "重点纳税人"
    assert view.segment_rule.startswith("优先")
    assert view.region == "杭州市西湖区"
    assert view.arrears == "Arrears ¥1,234.50"
    assert (view.warning, view.notes) == ("!", "n")


def test_nothing_owed_is_not_mentioned(desk: Desk) -> None:
    assert showing(desk, CardState.KNOWN, customer=customer(arrears_cents=0)).arrears == ""


def test_the_number_of_this_call_is_listed_even_when_the_person_has_others(desk: Desk) -> None:
    view = showing(desk, CardState.KNOWN, customer=customer(numbers=("+8657185123456",)))
    assert [(row.title, row.trail) for row in view.numbers] == [
        ("138 0013 8000", "this call"),
        ("0571 8512 3456", ""),
    ]


def test_a_withheld_number_is_not_listed(desk: Desk) -> None:
    assert showing(desk, CardState.WITHHELD, number="", number_region="").numbers == ()


def test_several_people_are_listed_with_key_reason_and_last_call(desk: Desk) -> None:
    strangers = (
        candidate(
            1,
            reasons=(
                CandidateReason(ReasonKind.SAME_NUMBER, "单位总机"),
                CandidateReason(ReasonKind.SPOKE_TO_YOU, "", NOW - timedelta(days=40)),
            ),
        ),
        candidate(2, reasons=(CandidateReason(ReasonKind.SWITCHBOARD),)),
        *(candidate(number) for number in range(3, 11)),
    )
    view = showing(desk, CardState.SEVERAL, candidates=strangers)
    assert "Several people" in view.name
    assert "Ctrl+1 … 9" in view.advice
    first, second = view.candidates[:2]
    assert first.lines == ("same number (单位总机)", "spoke to you: Oct 11")
    assert first.trail == "个人"
    assert second.lines == ("company switchboard", "上城区")
    assert [row.lead for row in view.candidates] == [*"123456789", ""]


def test_somebody_who_only_called_from_here_before_is_proposed_with_the_reason(desk: Desk) -> None:
    at = NOW - timedelta(days=1)
    reasons = (
        CandidateReason(ReasonKind.SPOKE_TO_COLLEAGUE, "李{娜}", at, from_here=True),
        CandidateReason(ReasonKind.SPOKE_TO_YOU, "", at, from_here=True),
    )
    before = replace(candidate(1, reasons=reasons), number="")
    view = showing(desk, CardState.SEVERAL, candidates=(before,))
    assert view.name == "Nobody has this number; somebody called from it before"
    assert "press Ctrl+1." in view.advice
    [row] = view.candidates
    assert row.lines == (
        "spoke to 李{娜} from this number: yesterday",
        "spoke to you from this number: yesterday",
    )
    assert "上城区" in row.tip
    assert view.reason == ""
    owner = candidate(2)
    assert showing(desk, CardState.SEVERAL, candidates=(owner, before)).name == (
        "Several people may be calling"
    )


def test_the_chosen_person_has_the_reason_too(desk: Desk) -> None:
    reasons = (CandidateReason(ReasonKind.SAME_NUMBER, "手机"),)
    known = candidate(1, customer_id=CustomerId("c1"), reasons=reasons)
    view = showing(desk, CardState.KNOWN, customer=customer(), candidates=(known,))
    assert view.reason == "same number (手机)"
    assert view.candidates == (), "nobody else is proposed"


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (ReasonKind.CHOSEN, "chosen by you"),
        (ReasonKind.CHOSEN_BY_COLLEAGUE, "chosen by your colleague"),
    ],
)
def test_somebody_the_number_does_not_name_says_who_chose_him(
    desk: Desk, chosen: ReasonKind, words: str
) -> None:
    assert showing(desk, CardState.KNOWN, customer=customer(), chosen=chosen).reason == words


def test_the_keys_of_the_candidates_are_as_many_as_they(desk: Desk) -> None:
    view = showing(desk, CardState.SEVERAL, candidates=tuple(map(candidate, (1, 2, 3))))
    assert "Ctrl+1 … 3" in view.advice


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (CardState.KNOWN, True),
        (CardState.SEVERAL, True),
        (CardState.LOOKING_UP, True),
        (CardState.UNKNOWN, False),
        (CardState.WITHHELD, False),
        (CardState.UNREADABLE, False),
    ],
)
def test_earlier_calls_have_a_place_only_where_there_can_be_any(
    desk: Desk, state: CardState, expected: bool
) -> None:
    assert showing(desk, state).has_history is expected


def test_a_chosen_candidate_stays_among_the_others_to_be_put_right(desk: Desk) -> None:
    both = (candidate(1), candidate(2))
    view = showing(desk, CardState.KNOWN, candidates=both, customer=customer())
    assert [row.trail for row in view.candidates] == ["✓ chosen", "个人"]


def test_one_candidate_is_no_choice(desk: Desk) -> None:
    view = showing(desk, CardState.KNOWN, candidates=(candidate(1),), customer=customer())
    assert view.candidates == ()


def test_choosing_tells_the_desk_which_call_and_whom(desk: Desk) -> None:
    showing(desk, CardState.SEVERAL, candidates=(candidate(1), candidate(2))).choose("c2")
    assert desk.cards.chosen == [(ONE, CustomerId("c2"))]


def test_choosing_without_a_call_does_nothing(desk: Desk) -> None:
    view_of(desk).choose("c2")
    assert desk.cards.chosen == []


def test_a_past_call_says_when_where_what_and_who(desk: Desk) -> None:
    view = showing(desk, CardState.KNOWN, customer=customer())
    row = view.history[0]
    assert row.title == "第1次：子女教育扣除从哪个月开始？"
    assert row.lines == ("Nov 11 13:48 · 个税咨询 · 李娜", "个人所得税 › 专项附加扣除 · 01:35")
    assert row.badge == "not sent yet"
    assert view.history[1].badge == ""
    assert view.history_title == "Last calls (5 of 23)"


def test_a_past_call_without_words_is_named_by_its_category_or_says_so(desk: Desk) -> None:
    bare = replace(past(1), question="")
    nothing = replace(past(2), question="", category="")
    view = showing(
        desk, CardState.KNOWN, customer=customer(history=(bare, nothing), history_total=2)
    )
    assert [row.title for row in view.history] == [bare.category, "(no question written)"]
    assert view.history_title == "Last calls (2)"


def test_a_past_call_can_be_read_in_full(desk: Desk) -> None:
    view = showing(desk, CardState.KNOWN, customer=customer())
    assert view.past_text("p2") == "第2次：子女教育扣除从哪个月开始？\n从满三周岁的当月起。"
    assert view.past_text("of another caller") == ""
    assert view_of(Desk()).past_text("p2") == ""


def test_an_empty_history_says_why_it_is_empty(desk: Desk) -> None:
    first_call = showing(desk, CardState.KNOWN, customer=customer(history=(), history_total=0))
    assert first_call.history_empty == "First call: nothing was asked before."
    assert "once it is known" in view_of(Desk()).history_empty


def test_a_known_card_without_its_person_shows_what_the_exchange_said(desk: Desk) -> None:
    assert showing(desk, CardState.KNOWN, shown_name="张").name == "张"


def test_only_the_card_of_the_call_on_the_page_is_shown(desk: Desk, qtbot: QtBot) -> None:
    view = showing(desk, CardState.LOOKING_UP)
    with qtbot.assertNotEmitted(view.changed):
        desk.cards.put(card(CardState.KNOWN, interaction_id=TWO, customer=customer()))
        desk.cards.put(card(CardState.LOOKING_UP))
    with qtbot.waitSignal(view.changed):
        desk.cards.put(card(CardState.KNOWN, customer=customer()))
    assert view.name == "张伟"
    desk.focus.select(InteractionId("never seen"))
    assert view.name == "No call"
    assert view.selected == InteractionId("never seen")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"provisional": frozenset({"name"})}, "Changed, not sent yet"),
        ({"provisional": frozenset({"name"}), "is_new": True}, "New, not sent yet"),
    ],
)
def test_what_is_only_on_this_seat_is_marked(
    desk: Desk, facts: dict[str, object], words: str
) -> None:
    view = showing(desk, CardState.KNOWN, customer=customer(**facts))
    assert view.provisional == words


def test_company_and_address_stand_in_one_line(desk: Desk) -> None:
    who = customer(company="甲公司", address="文三路 1 号")
    assert showing(desk, CardState.KNOWN, customer=who).about == "甲公司 · 文三路 1 号"


def test_the_key_edits_somebody_known_and_makes_a_customer_of_anybody_else(desk: Desk) -> None:
    assert not view_of(desk).editable
    assert not showing(desk, CardState.LOOKING_UP).editable
    unknown = showing(desk, CardState.UNKNOWN)
    assert unknown.editable
    assert unknown.edit_word == "New customer  Ctrl+P"
    assert (unknown.provisional, unknown.about) == ("", "")
    assert showing(desk, CardState.KNOWN, customer=customer()).edit_word == "Edit  Ctrl+P"


def test_the_category_of_a_past_call_is_named_in_the_language_of_the_screen(desk: Desk) -> None:
    named = next(one for one in desk.seat.knowledge.categories if one.name_en)
    history = (replace(past(1), category=named.name),)
    view = showing(desk, CardState.KNOWN, customer=customer(history=history, history_total=1))
    assert view.history[0].lines[1].startswith(f"{named.name_en} · ")
