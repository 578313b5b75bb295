"""Only the answer to what was typed last is shown; the server is asked when she wishes it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication

from agent_app.desk.customer_finder import CentreState, CustomerFinder, Finding
from agent_app.domain.customer_search import FoundBy
from agent_app.domain.customers import Customer
from agent_app.domain.ids import CustomerId
from sync.errors import RequestRefused, Unreachable
from tests.desk.fakes import FakeCallers, HandClock, a_customer
from tests.desk.fakes_people import PeopleParts, a_hit, a_row
from tests.desk.fakes_records import FakeCustomers
from tests.ui.fakes import InstantTasks, known_callers


@dataclass
class Bench:
    parts: PeopleParts
    callers: FakeCallers
    finder: CustomerFinder
    told: list[Finding]
    shown: list[Customer | None]
    opened: list[Customer]


@pytest.fixture
def bench(qapp: QApplication) -> Bench:
    parts, callers, tasks = PeopleParts(), known_callers(), InstantTasks()
    desk = parts.desk(callers, FakeCustomers(), clock=HandClock(), tasks=tasks, waiting=tasks)
    found = Bench(parts, callers, desk.finder, [], [], [])
    desk.finder.changed.connect(found.told.append)
    desk.finder.shown.connect(found.shown.append)
    desk.finder.opened.connect(found.opened.append)
    desk.finder.watch(True)
    return found


def test_typing_asks_the_copy_with_the_number_as_the_site_reads_it(bench: Bench) -> None:
    bench.finder.look_for("138 0013 8000")
    assert bench.parts.search.asked == [("138 0013 8000", "+8613800138000")]
    assert bench.parts.centre.asked == []
    bench.finder.look_for("张")
    assert [hit.name for hit in bench.told[-1].found.hits] == ["张伟"]
    bench.finder.look_for("  ")
    assert bench.told[-1].found.hits == ()


def test_a_copy_that_cannot_be_read_is_said(bench: Bench) -> None:
    bench.parts.search.fault = "the disk is gone"
    bench.finder.look_for("张")
    assert bench.told[-1].fault == "the disk is gone"


def test_a_whole_id_is_for_the_server_and_only_on_her_wish(bench: Bench) -> None:
    bench.parts.centre.rows = (a_row(), a_row("c1", "张伟", found_by="clairvoyance"))
    bench.finder.look_for("110101199003078515")
    assert bench.told[-1].may_be_id
    assert bench.parts.centre.asked == []
    bench.finder.ask_centre()
    answer = bench.told[-1]
    assert answer.centre is CentreState.ANSWERED
    assert [(hit.name, hit.found_by) for hit in answer.found.hits] == [
        ("章玮", FoundBy.ID_NUMBER), ("张伟", FoundBy.NAME),
    ]  # fmt: skip
    assert answer.found.hits[0].segment == "重点企业"


def test_what_the_copy_found_stays_before_the_servers_rows(bench: Bench) -> None:
    bench.parts.centre.rows = (a_row("c1", "张伟"), a_row())
    bench.finder.look_for("张")
    bench.finder.ask_centre()
    assert [hit.customer_id for hit in bench.told[-1].found.hits] == ["c1", "c7"]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Unreachable("nobody listens there"), CentreState.OFFLINE),
        (RequestRefused("not allowed", status=403, code="not-allowed"), CentreState.REFUSED),
    ],
)
def test_a_server_that_does_not_answer_leaves_what_is_here(
    bench: Bench, error: Exception, state: CentreState
) -> None:
    bench.parts.centre.error = error  # type: ignore[assignment]
    bench.finder.look_for("张")
    bench.finder.ask_centre()
    assert (bench.told[-1].centre, bench.told[-1].problem) == (state, str(error))
    assert len(bench.told[-1].found.hits) == 1


def test_nothing_typed_asks_nobody(bench: Bench) -> None:
    bench.finder.ask_centre()
    assert bench.parts.centre.asked == []


def test_the_chosen_one_is_shown_and_its_opening_told_once(bench: Bench) -> None:
    bench.finder.choose(CustomerId("c1"))
    bench.finder.refresh()
    bench.finder.choose(CustomerId("c1"))
    assert [one.name for one in bench.opened] == ["张伟"]
    assert bench.finder.customer == bench.shown[-1]
    bench.finder.choose(None)
    assert bench.shown[-1] is None


def test_news_bring_the_same_question_again(bench: Bench) -> None:
    bench.finder.look_for("张")
    bench.finder.choose(CustomerId("c1"))
    bench.callers.customers[CustomerId("c1")] = a_customer(name="张维")
    bench.parts.search.hits = (a_hit(name="张维"),)
    bench.finder.refresh()
    assert [hit.name for hit in bench.told[-1].found.hits] == ["张维"]
    assert bench.shown[-1] is not None
    assert bench.shown[-1].name == "张维"


def test_a_page_that_nobody_looks_at_asks_nothing_and_is_true_when_it_is_shown(
    bench: Bench,
) -> None:
    bench.finder.look_for("张")
    bench.finder.choose(CustomerId("c1"))
    bench.finder.watch(False)
    bench.callers.customers[CustomerId("c1")] = a_customer(name="张维")
    asked, shown = len(bench.parts.search.asked), len(bench.shown)
    bench.finder.refresh()
    bench.finder.refresh()
    assert (len(bench.parts.search.asked), len(bench.shown)) == (asked, shown)
    bench.finder.watch(True)
    assert len(bench.parts.search.asked) == asked + 1
    assert bench.shown[-1] is not None
    assert bench.shown[-1].name == "张维"
    bench.finder.watch(False)
    bench.finder.watch(True)
    assert len(bench.parts.search.asked) == asked + 1, "nothing has changed since"


def test_news_do_not_take_the_servers_answer_away(bench: Bench) -> None:
    bench.parts.centre.rows = (a_row(),)
    bench.finder.look_for("张")
    bench.finder.ask_centre()
    told = len(bench.told)
    bench.finder.refresh()
    assert len(bench.told) == told


def test_a_card_that_cannot_be_read_is_a_fault(bench: Bench) -> None:
    said: list[str] = []
    bench.finder.fault.connect(said.append)
    bench.callers.fault = "unreadable"
    bench.finder.choose(CustomerId("c1"))
    assert said == ["unreadable"]
