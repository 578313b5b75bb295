"""The server proposes pairs, a person decides, the outbox carries it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from PySide6.QtWidgets import QApplication

from agent_app.desk.customer_merging import Asked, CustomerMerging, Duplicates
from agent_app.domain.customer_edit import Phone
from agent_app.domain.duplicates import DuplicateReason, Merged, Twin, TwinPair, plan
from agent_app.domain.ids import CustomerId
from agent_app.domain.link import OutboxItem
from sync.customers import CentreMerge, CentrePair
from sync.errors import RequestRefused, Unreachable
from tests.desk.fakes import HandClock
from tests.desk.fakes_people import PeopleParts, a_row
from tests.desk.fakes_records import FakeCustomers, a_form
from tests.ui.fakes import InstantTasks, known_callers


@dataclass
class Bench:
    parts: PeopleParts
    customers: FakeCustomers
    merging: CustomerMerging
    told: list[Duplicates]
    pairs: list[TwinPair]
    merges: list[tuple[Merged, ...]]
    items: list[OutboxItem]


@pytest.fixture
def bench(qapp: QApplication) -> Bench:
    parts, tasks = PeopleParts(), InstantTasks()
    customers = FakeCustomers(a_form("c1"), a_form("c2"))
    desk = parts.desk(known_callers(), customers, clock=HandClock(), tasks=tasks, waiting=tasks)
    parts.centre.pairs = (
        CentrePair(a_row("c1", "张伟"), a_row("c2", "张伟"), ("same-number", "a-new-one")),
        CentrePair(a_row("c2", "张伟"), a_row("c3", "张维"), ("same-id-number",)),
    )
    found = Bench(parts, customers, desk.merging, [], [], [], [])
    desk.merging.changed.connect(found.told.append)
    desk.merging.pair_ready.connect(found.pairs.append)
    desk.merging.merges_told.connect(found.merges.append)
    desk.merging.merged.connect(found.items.append)
    return found


def test_pairs_come_with_their_reasons_and_names_of_segments(bench: Bench) -> None:
    bench.merging.look()
    assert [one.asked for one in bench.told] == [Asked.ASKING, Asked.ANSWERED]
    first, _ = bench.merging.duplicates.pairs
    assert first.reasons == (DuplicateReason.SAME_NUMBER,)
    assert (first.first.segment, first.key) == ("重点企业", "c1 c2")


@pytest.mark.parametrize(
    ("error", "asked"),
    [
        (Unreachable("nobody listens"), Asked.OFFLINE),
        (RequestRefused("no", status=403, code="not-allowed"), Asked.REFUSED),
    ],
)
def test_without_the_server_it_says_so(bench: Bench, error: Exception, asked: Asked) -> None:
    bench.parts.centre.error = error  # type: ignore[assignment]
    bench.merging.look()
    assert (bench.told[-1].asked, bench.told[-1].problem) == (asked, str(error))


def test_merging_is_kept_once_and_takes_the_pairs_of_the_gone_one_away(bench: Bench) -> None:
    bench.merging.look()
    pair = bench.merging.duplicates.pairs[0]
    bench.merging.merge(pair.first, pair.second)
    assert bench.customers.merged == [("c1", "c2")]
    assert [item.title for item in bench.items] == ["张伟 → 张伟"]
    assert bench.merging.duplicates.pairs == ()
    bench.merging.look()  # the server does not know of it yet
    assert bench.merging.duplicates.pairs == ()
    bench.merging.merge(pair.first, pair.second)  # it was sent back, and she tries it again
    assert len(bench.customers.merged) == 2


def test_nobody_is_merged_with_himself(bench: Bench) -> None:
    bench.merging.merge(Twin(CustomerId("c1"), "张伟"), Twin(CustomerId("c1"), "张伟"))
    bench.merging.compare(CustomerId("c1"), CustomerId("c1"))
    assert (bench.customers.merged, bench.pairs) == ([], [])


def test_a_disk_that_refuses_is_said_and_it_can_be_tried_again(bench: Bench) -> None:
    said: list[str] = []
    bench.merging.fault.connect(said.append)
    bench.customers.fault = "full"
    one, other = Twin(CustomerId("c1"), "张伟"), Twin(CustomerId("c2"), "")
    bench.merging.merge(one, other)
    bench.merging.compare(CustomerId("c1"), CustomerId("c2"))
    assert said == ["full", "full"]
    bench.customers.fault = ""
    bench.merging.merge(one, other)
    assert bench.items[0].title == "c2 → 张伟"


def test_two_she_chose_stand_side_by_side_as_they_are_here(bench: Bench) -> None:
    bench.merging.compare(CustomerId("c2"), CustomerId("c1"))
    [pair] = bench.pairs
    assert (pair.first.customer_id, pair.second.customer_id) == ("c1", "c2")
    assert pair.reasons == (DuplicateReason.CHOSEN,)
    bench.merging.compare(CustomerId("c1"), CustomerId("gone"))
    assert len(bench.pairs) == 1


def test_merges_of_before_are_told_when_the_server_is_there(bench: Bench) -> None:
    bench.parts.centre.merged = (
        CentreMerge("c9", "2026-01-01T08:00:00.000Z", "李娜", 3, ("+8613900139000",)),
    )
    bench.merging.ask_merges(CustomerId("c1"))
    [[one]] = bench.merges
    assert (one.agent_name, one.interactions, one.at.year) == ("李娜", 3, 2026)
    bench.parts.centre.error = Unreachable("away")
    bench.merging.ask_merges(CustomerId("c1"))
    assert len(bench.merges) == 1


def test_what_moves_is_foreseen_as_the_server_does_it() -> None:
    kept = Twin(CustomerId("c1"), "张伟", region="杭州", notes="甲", phones=(Phone("+861"),))
    gone = replace(kept, customer_id=CustomerId("c2"), region="宁波", company="云栖", notes="乙",
                   phones=(Phone("+861"), Phone("+862", "单位")))  # fmt: skip
    found = plan(kept, gone)
    assert found.numbers == (Phone("+862", "单位"),)
    assert (found.filled, found.notes) == (("company",), True)
    assert not plan(kept, replace(gone, notes="")).notes
