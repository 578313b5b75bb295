"""Merging two customers keeps every number, call and word, and later edits arrive (M18)."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import orjson
import pytest
from sqlalchemy import select, text

from server.acts import Act, Operation
from server.changes import newest_sequence, read_page
from server.customer_merge import merge_customers
from server.database import Database
from server.interactions import read_interaction
from server.operations import Outcome
from server.tables import customer_merges
from server.tokens import Identity
from tests.server.acting import NOW_S, Agent
from tests.server.conftest import ON_BOTH
from tests.server.running import LIMIT_S
from tests.server.test_customers import WHOLE_ID, row

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)

LEAD = Identity("a3", "test", "supervisor", NOW_S + 900)
A_CALL = {"agent_id": "a1", "direction": "incoming", "started_at": "2026-05-04T03:02:01Z"}
A_TICKET = {
    "kind": "help", "title": "退税", "holder_name": "所得税科", "due_at": "2026-05-06T09:30:00Z",
}  # fmt: skip
OTHER = {
    "name": "张伟伟", "notes": "他的", "id_number": WHOLE_ID, "company": "乙公司",
    "region": "温州市",
    "phones": [{"number": "+8613800138000", "label": "同"}, {"number": "+8613900139000"}],
}  # fmt: skip


@pytest.fixture
def agent(database: Database) -> Agent:
    """An agent of a centre in which p2 is p1 once more, with a call of its own."""
    made = Agent(database)
    made.apply("customer.save", "p2", OTHER)
    made.apply("interaction.save", "i1", {**A_CALL, "customer_id": "p2"})
    made.apply("ticket.save", "t1", {**A_TICKET, "customer_id": "p2"})
    return made


def merge(database: Database, kept: str = "p1", merged: str = "p2") -> int:
    lead = Agent(database, "a3", "supervisor")
    return lead.apply("customer.merge", kept, {"merged": merged})


def call(database: Database, record: str = "i1") -> dict[str, Any]:
    with database.read() as connection:
        found = read_interaction(connection, record)
    assert found is not None
    return found


def test_numbers_calls_and_words_move_to_the_kept_one(agent: Agent, database: Database) -> None:
    agent.apply("customer.save", "p1", {"notes": "her"}, {"notes": 1})
    with database.read() as connection:
        before = newest_sequence(connection)
    assert merge(database) == 3

    kept, gone = row(database), row(database, "p2")
    assert [p["number"] for p in kept["phones"]] == ["+8613800138000", "+8613900139000"]
    assert (kept["notes"], kept["company"], kept["region"]) == ("her\n他的", "乙公司", "杭州市")
    assert kept["id_number"] == "9999**********123X"
    assert (gone["merged_into"], gone["phones"], gone["notes"]) == ("p1", [], "他的")
    assert (call(database)["customer_id"], call(database)["version"]) == ("p1", 2)
    with database.read() as connection:
        page = read_page(connection, after=before, limit=100)
        moved = connection.execute(select(customer_merges.c.moved)).scalar_one()
    assert {r[0] for r in page.tables["customers"].rows} == {"p1", "p2"}
    assert len(page.tables["phones"].deleted) == 2
    assert [r[0] for r in page.tables["interactions"].rows] == ["i1"]
    assert [r[0] for r in page.tables["tickets"].rows] == ["t1"]
    assert orjson.loads(moved) == {
        "interactions": ["i1"],
        "phones": [{"number": "+8613800138000", "label": "同"},
                   {"number": "+8613900139000", "label": ""}],
        "tickets": ["t1"],
    }  # fmt: skip


def test_an_edit_of_the_merged_one_lands_on_the_kept_one(agent: Agent, database: Database) -> None:
    merge(database)
    assert agent.apply("customer.save", "p2", {"warning": "!"}, {"warning": 1}) == 3
    assert row(database)["warning"] == "!"
    assert agent.apply("customer.save", "p2", {"company": "丙"}, {"company": 1}) == 4
    assert row(database)["company"] == "丙"
    assert row(database, "p2")["company"] == "乙公司"


def test_an_edit_where_the_two_differed_is_a_conflict_in_words(
    agent: Agent, database: Database
) -> None:
    merge(database)
    late = agent.send("customer.save", "p2", {"name": "张三"}, {"name": 1})
    assert late.outcome is Outcome.CONFLICT
    assert late.reason == (
        "This customer was merged into another one meanwhile, which differs in: name."
    )
    assert (late.server["id"], late.server["name"]) == ("p1", "张伟")
    decided = agent.send("customer.save", "p1", {"name": "张三"}, {"name": late.version})
    assert decided.outcome is Outcome.APPLIED


def test_an_edit_that_was_stale_before_the_merge_stays_a_conflict(
    agent: Agent, database: Database
) -> None:
    agent.apply("customer.save", "p2", {"company": "丁"}, {"company": 1})
    merge(database)
    assert row(database)["company"] == "丁"
    late = agent.send("customer.save", "p2", {"company": "戊"}, {"company": 1})
    assert late.outcome is Outcome.CONFLICT


def test_a_call_saved_for_the_merged_one_belongs_to_the_kept_one(
    agent: Agent, database: Database
) -> None:
    agent.apply("customer.save", "p3", {"name": "更早"})
    merge(database, "p2", "p3")
    merge(database, "p1", "p2")
    agent.apply("interaction.save", "i2", {**A_CALL, "customer_id": "p3"})
    assert call(database, "i2")["customer_id"] == "p1"


def test_merging_onto_a_merged_one_lands_on_the_kept_one(agent: Agent, database: Database) -> None:
    agent.apply("customer.save", "p3", {"name": "第三", "phones": [{"number": "60001"}]})
    merge(database, "p1", "p2")
    merge(database, "p2", "p3")
    assert row(database, "p3")["merged_into"] == "p1"
    assert row(database)["phones"][-1]["number"] == "60001"


def test_rings_and_repeats_are_refused(agent: Agent, database: Database) -> None:
    agent.apply("customer.save", "p3", {"name": "第三"})
    lead = Agent(database, "a3", "supervisor")
    refused = [
        ("p1", {"merged": "p1"}, "A customer cannot be merged with itself."),
        ("p1", {"merged": "p9"}, "The customer p9 is not known here."),
        ("p9", {"merged": "p1"}, "The customer p9 is not known here."),
        ("p1", {}, "A merge says which customer is merged, and nothing else."),
        (
            "p1",
            {"merged": "p2", "why": ""},
            "A merge says which customer is merged, and nothing else.",
        ),
    ]
    merge(database, "p1", "p2")
    refused += [
        ("p2", {"merged": "p1"}, "These two have been merged already."),
        ("p1", {"merged": "p2"}, "These two have been merged already."),
        ("p3", {"merged": "p2"}, "The customer p2 was merged into p1 already."),
    ]
    for record, payload, reason in refused:
        assert lead.reason("customer.merge", record, payload) == reason
    assert "may not" in agent.reason("customer.merge", "p1", {"merged": "p3"})


def merge_slowly(database: Database, merged: threading.Event, go_on: threading.Event) -> None:
    """Merge p2 into p1 in a transaction that stays open until ``go_on``."""
    operation = Operation("m", "customer.merge", "p1", "a3", "", {}, {"merged": "p2"}, "")
    with database.write() as transaction:
        merge_customers(Act(transaction, operation, LEAD, NOW_S))
        merged.set()
        assert go_on.wait(LIMIT_S)


def somebody_waits_for_a_lock(database: Database) -> bool:
    with database.read() as connection:
        waiting: int = connection.execute(
            text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        ).scalar_one()
    return waiting > 0


def test_a_call_saved_while_two_are_merged_belongs_to_the_kept_one(
    agent: Agent, database: Database
) -> None:
    merged, go_on = threading.Event(), threading.Event()
    with ThreadPoolExecutor(2) as pool:
        merging = pool.submit(merge_slowly, database, merged, go_on)
        assert merged.wait(LIMIT_S)
        saving = pool.submit(agent.apply, "interaction.save", "i2", {**A_CALL, "customer_id": "p2"})
        if database.dialect == "postgresql":  # on SQLite one writer waits for the other anyway
            until = time.monotonic() + LIMIT_S
            while not somebody_waits_for_a_lock(database):
                assert time.monotonic() < until
        go_on.set()
        merging.result(LIMIT_S)
        assert saving.result(LIMIT_S) == 1
    assert call(database, "i2")["customer_id"] == "p1"
