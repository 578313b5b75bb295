"""Suggestions that keep still, without a window."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.panels.fakes import ONE, TWO, Desk
from tests.ui.panels.fakes_knowledge import suggestion
from ui.knowledge.suggestions_view_model import SHOWN, SuggestionsViewModel

pytestmark = pytest.mark.usefixtures("qapp")


def view_of(desk: Desk, settle_ms: int = 60_000) -> SuggestionsViewModel:
    seat = desk.seat
    return SuggestionsViewModel(knowledge=seat.knowledge, focus=seat.focus, settle_ms=settle_ms)


def titles(view: SuggestionsViewModel) -> list[str]:
    return [row.title[:3] for row in view.rows]


def test_without_a_call_it_says_what_will_stand_here(desk: Desk) -> None:
    view = view_of(desk)
    assert view.rows == ()
    assert "During a call" in view.advice
    desk.begin()
    assert "Nothing to suggest" in view.advice


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("queue", "because of the queue: 个税"),
        ("menu", "because of the menu: 个税"),
        ("category", "because of the category: 个税"),
        ("history", "the caller asked before: 个税"),
        ("typed", "because of the question: 个税"),
        ("something new", "个税"),
    ],
)
def test_each_row_says_its_reason_in_words(desk: Desk, kind: str, words: str) -> None:
    desk.begin()
    desk.knowledge.propose(ONE, suggestion(1, kind, "个税"))
    (row,) = view_of(desk).rows
    assert row.lines == (words,)
    assert row.lead == "1"


def test_no_more_than_five_are_shown(desk: Desk) -> None:
    desk.begin()
    desk.knowledge.propose(ONE, *(suggestion(number) for number in range(9)))
    assert len(view_of(desk).rows) == SHOWN


def test_rows_keep_still_while_she_types_and_catch_up_when_she_pauses(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.begin()
    view = view_of(desk, settle_ms=1)
    desk.knowledge.propose(ONE, suggestion(1))
    view.hold_still()
    desk.knowledge.propose(ONE, suggestion(2))
    assert titles(view) == ["建议1"]
    qtbot.waitUntil(lambda: titles(view) == ["建议2"], timeout=5000)


def test_rows_keep_still_under_the_mouse(desk: Desk) -> None:
    desk.begin()
    view = view_of(desk)
    desk.knowledge.propose(ONE, suggestion(1))
    view.hover(True)
    desk.knowledge.propose(ONE, suggestion(2))
    assert titles(view) == ["建议1"]
    view.hover(False)
    assert titles(view) == ["建议2"]


def test_the_first_rows_come_at_once_even_while_she_types(desk: Desk) -> None:
    desk.begin()
    view = view_of(desk)
    view.hold_still()
    desk.knowledge.propose(ONE, suggestion(1))
    assert titles(view) == ["建议1"]


def test_rows_of_another_call_never_wait(desk: Desk) -> None:
    desk.begin()
    view = view_of(desk)
    desk.knowledge.propose(ONE, suggestion(1))
    desk.knowledge.propose(TWO, suggestion(2))
    assert titles(view) == ["建议1"]
    view.hover(True)
    view.hold_still()
    desk.begin(TWO)
    assert titles(view) == ["建议2"]


def test_the_same_rows_again_change_nothing(desk: Desk, qtbot: QtBot) -> None:
    desk.begin()
    view = view_of(desk)
    desk.knowledge.propose(ONE, suggestion(1))
    with qtbot.assertNotEmitted(view.changed):
        desk.knowledge.propose(ONE, suggestion(1))
