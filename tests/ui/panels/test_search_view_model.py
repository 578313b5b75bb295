"""Search as you type, without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from agent_app.domain.ids import CategoryId
from agent_app.domain.knowledge import EVERYWHERE, SearchResults, SearchScope
from agent_app.domain.shelf import ShelfReason, ShelfRow
from tests.ui.panels.fakes import Desk
from tests.ui.panels.fakes_knowledge import hit
from ui.knowledge.search_view_model import SearchViewModel

pytestmark = pytest.mark.usefixtures("qapp")


def view_of(desk: Desk) -> SearchViewModel:
    return SearchViewModel(desk.seat.knowledge, desk.seat.shelf)


def test_it_says_how_to_search_and_when_it_cannot_yet(desk: Desk) -> None:
    view = view_of(desk)
    assert "pinyin" in view.advice
    assert view.status == ""
    desk.knowledge.ready = False
    assert "being prepared" in view.advice


def test_a_hit_shows_title_marks_category_and_validity(desk: Desk, qtbot: QtBot) -> None:
    view = view_of(desk)
    view.search("子女教育")
    assert view.advice == ""
    with qtbot.waitSignal(view.changed):
        desk.knowledge.answer(hit(1), hit(2, valid=False))
    first, second = view.rows
    assert first.title == "子女教育专项附加扣除标准"
    assert first.marks == ((0, 4),)
    assert first.lines[0].startswith("个人所得税 › 专项附加扣除 · 按照")
    assert (first.badge, second.badge) == ("", "not in force")
    assert (first.muted, second.muted) == (False, True)
    assert view.status == "2 found"


def test_more_than_is_shown_is_said(desk: Desk) -> None:
    view = view_of(desk)
    view.search("税")
    desk.knowledge.answer(hit(1), total=1234)
    assert view.status == "best 1 of 1,234"


def test_a_stale_answer_is_dropped(desk: Desk, qtbot: QtBot) -> None:
    view = view_of(desk)
    view.search("子")
    view.search("子女")
    with qtbot.assertNotEmitted(view.changed):
        desk.knowledge.answer(hit(1, "stale"), generation=1)
    desk.knowledge.answer(hit(2, "fresh"), generation=2)
    assert [row.title for row in view.rows] == ["fresh"]


def test_an_answer_that_comes_after_the_field_was_emptied_is_dropped(desk: Desk) -> None:
    view = view_of(desk)
    view.search("子女")
    view.search("")
    desk.knowledge.answer(hit(1))
    assert view.rows == ()
    assert "pinyin" in view.advice


def test_the_panel_says_by_itself_that_the_knowledge_base_is_ready(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.knowledge.ready = False
    view = view_of(desk)
    assert "prepared" in view.advice
    with qtbot.waitSignal(view.changed):
        desk.knowledge.become_ready()
    assert "pinyin" in view.advice
    assert desk.knowledge.asked == []


def test_what_was_typed_too_early_is_asked_again_when_ready(desk: Desk) -> None:
    desk.knowledge.ready = False
    view = view_of(desk)
    view.search("子女")
    desk.knowledge.answer()
    desk.knowledge.become_ready()
    assert desk.knowledge.asked == ["子女", "子女"]
    desk.knowledge.answer(hit(1))
    assert [row.key for row in view.rows] == ["K1"]


def test_spaces_around_are_no_new_question(desk: Desk) -> None:
    view = view_of(desk)
    view.search("子女")
    view.search(" 子女 ")
    assert desk.knowledge.asked == ["子女"]
    assert view.query == "子女"


def test_nothing_found_and_a_fault_are_told_apart(desk: Desk) -> None:
    view = view_of(desk)
    view.search("zzz")
    desk.knowledge.answer()
    assert view.advice == "Nothing found. Try fewer or other words."
    desk.knowledge.results_changed.emit(SearchResults(1, "zzz", (), 0, "index is gone"))
    assert view.advice == "The search did not answer: index is gone"


def test_enter_typed_faster_than_found_opens_what_was_asked_for(desk: Desk) -> None:
    view = view_of(desk)
    opened: list[str] = []
    view.entered.connect(opened.append)
    view.search("子女")
    desk.knowledge.answer(hit(1))
    view.search("退税")
    view.enter("K1")
    assert opened == []
    desk.knowledge.answer(hit(7), hit(8))
    assert opened == ["K7"]
    view.enter("K8")
    assert opened == ["K7", "K8"]


def test_enter_opens_nothing_where_nothing_is(desk: Desk) -> None:
    view = view_of(desk)
    opened: list[str] = []
    view.entered.connect(opened.append)
    view.enter("")
    view.search("zzz")
    view.enter("")
    desk.knowledge.answer()
    assert opened == []
    view.search("zz")
    view.enter("")
    view.search("z")
    desk.knowledge.answer(hit(1))
    assert opened == []


def shelf_row(number: int, reason: ShelfReason, *, valid: bool = True) -> ShelfRow:
    return ShelfRow(hit(number, valid=valid), reason)


def test_before_anything_is_typed_the_shelf_lies_there(desk: Desk, qtbot: QtBot) -> None:
    view = view_of(desk)
    with qtbot.waitSignal(view.changed):
        desk.shelf.put(
            shelf_row(1, ShelfReason.FAVOURITE),
            shelf_row(2, ShelfReason.RECENT, valid=False),
            shelf_row(3, ShelfReason.MOST_USED),
        )
    assert [row.trail for row in view.rows] == ["favourite", "read lately", "used often"]
    assert view.status.startswith("At hand")
    view.search("子女")
    desk.knowledge.answer(hit(4))
    desk.shelf.put()  # while she reads results, they stay
    assert [row.key for row in view.rows] == ["K4"]
    view.search("")
    assert view.rows == ()
    told: list[None] = []
    view.changed.connect(lambda: told.append(None))
    view.look_in(SearchScope(in_force=True))
    assert len(told) == 1
    desk.shelf.put(shelf_row(2, ShelfReason.RECENT, valid=False))
    assert view.rows == ()
    assert desk.knowledge.asked == ["子女"]


def test_a_place_to_look_in_lists_what_is_there_and_narrows_what_is_searched(desk: Desk) -> None:
    view = view_of(desk)
    topic = SearchScope(category_id=CategoryId("01"))
    view.look_in(topic)
    view.look_in(topic)
    desk.knowledge.answer(hit(1))
    assert [row.key for row in view.rows] == ["K1"]
    view.search("扣除")
    here = SearchScope(category_id=CategoryId("01"), region="浙江省")
    view.look_in(here)
    assert desk.knowledge.asked == ["", "扣除", "扣除"]
    assert desk.knowledge.scopes == [topic, topic, here]
    view.search("")
    view.look_in(EVERYWHERE)
    assert view.rows == ()
    assert "pinyin" in view.advice


def test_an_answer_for_one_region_says_so_in_its_row(desk: Desk) -> None:
    view = SearchViewModel(desk.seat.knowledge, desk.seat.shelf)
    view.search("契税")
    desk.knowledge.answer(hit(1), replace(hit(2), region="浙江省"))
    assert [row.trail for row in view.rows] == ["", "浙江省"]
