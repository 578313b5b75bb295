"""A ticket: who may make it, change which part, close it, and whose it is (M21)."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import orjson
import pytest
from sqlalchemy import insert, select

from server.audit import read_audit
from server.changes import read_page
from server.database import Database
from server.digest import TableDigest, add_up
from server.operations import Outcome, apply_one
from server.rights import OPERATION_ACTIONS, RIGHTS, Action
from server.scope import PRACTICE, SCOPES
from server.tables import WIRE_COLUMNS, centre_settings, ticket_days, tickets
from server.ticket_numbers import JUMP, forget_none, next_number
from tests.server.acting import NOW_S, Agent
from tests.server.conftest import ON_BOTH

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)

ASKED = {
    "kind": "complaint", "title": "退税一个月未到账", "body": "第三次来电", "customer_id": "p1",
    "customer_name": "张伟", "contact": "+8613800138000", "interaction_id": "i1",
    "category_id": "c1", "holder_name": "所得税科", "due_at": "2026-05-06T09:30:00Z",
    "made_at": "2026-05-04T03:05:00Z",
}  # fmt: skip
ANSWER = {"state": "closed", "outcome": "已退"}
TODAY = f"{datetime.fromtimestamp(NOW_S, UTC).astimezone():%Y%m%d}"


@pytest.fixture
def agent(database: Database) -> Agent:
    return Agent(database)


@pytest.fixture
def other(database: Database) -> Agent:
    return Agent(database, "a2")


@pytest.fixture
def lead(database: Database) -> Agent:
    return Agent(database, "a3", "supervisor")


def ticket(database: Database, record: str = "t1") -> dict[str, object]:
    with database.read() as connection:
        row = connection.execute(select(tickets).where(tickets.c.id == record)).one()
    return {name: row._mapping[name] for name in WIRE_COLUMNS["tickets"]}


def test_a_new_ticket_gets_the_next_number_of_the_day(agent: Agent, database: Database) -> None:
    assert agent.apply("ticket.save", "t1", ASKED) == 1
    assert agent.apply("ticket.save", "t2", {**ASKED, "customer_id": None}) == 1
    found = ticket(database)
    assert (found["number"], ticket(database, "t2")["number"]) == (f"{TODAY}-0001", f"{TODAY}-0002")
    assert {name: found[name] for name in ASKED} == ASKED
    assert (found["state"], found["outcome"], found["holder_id"]) == ("open", "", "")
    assert (found["author_id"], found["author_name"]) == ("a1", "名字1001")
    with database.read() as connection:
        page = read_page(connection, after=0, limit=100)
        rows = read_audit(connection, table="tickets", record="t1", limit=9)["rows"]
    assert [row[0] for row in page.tables["tickets"].rows] == ["t1", "t2"]
    assert isinstance(rows, list)
    assert [row["detail"]["fields"] for row in rows] == [sorted(ASKED)]


def test_of_many_at_once_no_two_get_one_number(database: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: Agent(database).apply("ticket.save", f"t{n}", ASKED), range(8)))
    with database.read() as connection:
        numbers = connection.execute(select(tickets.c.number)).scalars().all()
    assert sorted(numbers) == [f"{TODAY}-{n:04}" for n in range(1, 9)]


def test_its_author_keeps_the_words_and_a_colleague_does_not(agent: Agent, other: Agent) -> None:
    agent.apply("ticket.save", "t1", ASKED)
    assert agent.apply("ticket.save", "t1", {"body": "第四次来电"}, {"body": 1}) == 2
    assert agent.apply("ticket.save", "t1", {"body": "第四次来电"}, {"body": 1}) == 2
    assert other.reason("ticket.save", "t1", {"body": "x"}, {"body": 2}) == (
        "What a ticket asks stays as its author wrote it."
    )
    for payload in ({"interaction_id": "i9"}, {"made_at": "2026-05-05T03:05:00Z"}):
        assert agent.reason("ticket.save", "t1", payload, dict.fromkeys(payload, 2)) == (
            "Which call a ticket is from cannot be changed."
        )


def test_a_ticket_that_is_offered_again_keeps_its_number_where_that_is_free(
    agent: Agent, database: Database
) -> None:
    with database.write() as transaction:  # so many numbers may have been given
        transaction.connection.execute(
            insert(ticket_days), [{"day": "20260504", "last": 9}, {"day": TODAY, "last": 20_000}]
        )
    free, late = "20260504-0009", f"{TODAY}-12345"
    for record, number in (("t1", free), ("t2", free), ("t3", "20260504-0010"), ("t4", late)):
        agent.apply("ticket.save", record, {**ASKED, "number": number})
    agent.apply("ticket.save", "t5", {**ASKED, "number": "20260503-0001"})
    assert [ticket(database, f"t{n}")["number"] for n in range(1, 6)] == [
        free, f"{TODAY}-20001", f"{TODAY}-20002", late, f"{TODAY}-20003",
    ]  # fmt: skip
    assert agent.reason("ticket.save", "t1", {"number": late}, {"number": 1}) == (
        "A ticket keeps the number that it has."
    )
    for wrong in ("x", "20260504-009", 7):
        assert agent.send("ticket.save", "t6", {**ASKED, "number": wrong}).outcome is (
            Outcome.REJECTED
        )


def test_after_a_loss_no_number_is_given_of_a_day_that_may_be_missing(database: Database) -> None:
    noon_s = datetime(2026, 5, 4, 12).astimezone().timestamp()
    with database.write() as transaction:
        rows = [{"day": "20260501", "last": 7}, {"day": "20260502", "last": 7}]
        transaction.connection.execute(insert(ticket_days), rows)
        forget_none(transaction.connection, "2026-05-02T12:00:00Z", noon_s)
        assert next_number(transaction.connection, "20260504") == f"20260504-{JUMP + 1}"
        found = transaction.connection.execute(select(ticket_days).order_by(ticket_days.c.day))
        assert [tuple(row) for row in found] == [
            ("20260501", 7), ("20260502", 7 + JUMP), ("20260503", JUMP), ("20260504", JUMP + 1),
        ]  # fmt: skip


def test_with_the_number_that_the_server_gave_it_is_the_same_operation(database: Database) -> None:
    identity = Agent(database).identity
    made = {
        "id": "once", "kind": "ticket.save", "record": "t1", "author": "a1", "base": {},
        "made_at": "2026-05-04T03:05:01Z", "payload": ASKED,
    }  # fmt: skip
    again = {**made, "payload": {**ASKED, "number": f"{TODAY}-0001"}}
    other = {**made, "payload": {**ASKED, "title": "x"}}
    outcomes = [apply_one(database, identity, one, now_s=NOW_S) for one in (made, again, other)]
    assert [one.outcome for one in outcomes] == [
        Outcome.APPLIED, Outcome.ALREADY_APPLIED, Outcome.REJECTED,
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["author_id", "version", "changed_at"])
def test_what_the_server_says_cannot_be_sent(agent: Agent, name: str) -> None:
    assert agent.reason("ticket.save", "t1", {**ASKED, name: "x"}) == f"Unknown columns: {name}."


def test_holder_specialist_and_supervisor_handle_it_and_its_author_does_not(
    agent: Agent, other: Agent, lead: Agent, database: Database
) -> None:
    agent.apply("ticket.save", "t1", ASKED)
    for payload in (ANSWER, {"due_at": "2026-05-07T09:30:00Z"}, {"holder_id": "a1"}):
        assert agent.reason("ticket.save", "t1", payload, dict.fromkeys(payload, 1)) == (
            "Only its holder, a specialist or a supervisor handles a ticket."
        )
    assert lead.apply("ticket.save", "t1", {"holder_id": "a2"}, {"holder_id": 1}) == 2
    assert (ticket(database)["holder_id"], ticket(database)["holder_name"]) == ("a2", "名字1002")
    assert other.apply("ticket.save", "t1", ANSWER, dict.fromkeys(ANSWER, 2)) == 3
    assert (ticket(database)["state"], ticket(database)["outcome"]) == ("closed", "已退")
    agent.apply("ticket.save", "t2", ASKED)
    specialist = Agent(database, "a2", "specialist")
    assert specialist.apply("ticket.save", "t2", ANSWER, dict.fromkeys(ANSWER, 1)) == 2


def test_a_closed_ticket_can_only_become_another_persons(
    agent: Agent, lead: Agent, database: Database
) -> None:
    agent.apply("customer.save", "p2", {"name": "李四"})
    agent.apply("ticket.save", "t1", ASKED)
    assert lead.reason("ticket.save", "t1", {"state": "closed"}, {"state": 1}) == (
        "A ticket is closed with an outcome in words."
    )
    lead.apply("ticket.save", "t1", ANSWER, dict.fromkeys(ANSWER, 1))
    assert lead.reason("ticket.save", "t1", {"title": "x"}, {"title": 2}) == (
        "This ticket was closed already."
    )
    moved = {"customer_id": "p2", "customer_name": "李四"}
    assert agent.apply("ticket.save", "t1", moved, dict.fromkeys(moved, 1)) == 3
    assert ticket(database)["customer_id"] == "p2"


def test_fields_that_two_changed_conflict_and_others_do_not(
    agent: Agent, lead: Agent, database: Database
) -> None:
    agent.apply("ticket.save", "t1", ASKED)
    lead.apply("ticket.save", "t1", {"due_at": "2026-05-08T09:30:00Z"}, {"due_at": 1})
    assert agent.apply("ticket.save", "t1", {"title": "退税未到账"}, {"title": 1}) == 3
    late = lead.send("ticket.save", "t1", {"due_at": "2026-05-07T09:30:00Z"}, {"due_at": 1})
    assert (late.outcome, late.version) == (Outcome.CONFLICT, 3)
    assert late.server["due_at"] == "2026-05-08T09:30:00Z"
    assert late.server["field_versions"] == {"due_at": 2, "title": 3}
    assert set(late.server) == {*WIRE_COLUMNS["tickets"], "field_versions"}


def test_who_gave_a_tip_off_and_what_it_says_is_in_no_seats_copy(
    agent: Agent, lead: Agent, database: Database
) -> None:
    agent.apply("ticket.save", "t1", {**ASKED, "kind": "tip-off"})
    agent.apply("ticket.save", "t2", ASKED)
    lead.apply("ticket.save", "t1", ANSWER, dict.fromkeys(ANSWER, 1))

    def copied() -> dict[str, dict[str, object]]:
        with database.read() as connection:
            rows = read_page(connection, after=0, limit=100).tables["tickets"].rows
            digest = add_up(connection, "tickets")
        sums = (hashlib.blake2b(orjson.dumps(row), digest_size=8).digest() for row in rows)
        total = sum(int.from_bytes(one, "big") for one in sums) % 2**64
        assert digest == TableDigest(len(rows), f"{total:016x}"), "seats have what was added up"
        found = (dict(zip(WIRE_COLUMNS["tickets"], row, strict=True)) for row in rows)
        return {str(row["id"]): row for row in found}

    told, whole = copied(), ticket(database)
    blank = dict.fromkeys(("body", "customer_name", "contact", "outcome"), "")
    assert told == {"t1": {**whole, **blank}, "t2": ticket(database, "t2")}
    assert (whole["body"], whole["contact"], whole["outcome"]) == (
        ASKED["body"], ASKED["contact"], "已退",
    )  # fmt: skip
    agent.apply("ticket.save", "t2", {"kind": "tip-off"}, {"kind": 1})
    assert copied()["t2"] == {**ticket(database, "t2"), **blank}


def test_a_ticket_of_somebody_who_was_merged_away_is_the_kept_ones(
    agent: Agent, lead: Agent, database: Database
) -> None:
    agent.apply("customer.save", "p2", {"name": "张伟伟"})
    lead.apply("customer.merge", "p1", {"merged": "p2"})
    agent.apply("ticket.save", "t1", {**ASKED, "customer_id": "p2"})
    assert ticket(database)["customer_id"] == "p1"


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ({**ASKED, "title": " "}, "A new ticket needs title."),
        ({**ASKED, "holder_name": ""}, "A new ticket needs holder_name."),
        ({"kind": "help", "title": "x", "holder_name": "y"}, "A new ticket needs due_at."),
        ({**ASKED, "state": "closed"}, "A new ticket is open and has no outcome yet."),
        ({**ASKED, "outcome": "x"}, "A new ticket is open and has no outcome yet."),
        ({**ASKED, "customer_id": "none"}, "The customer none is not known here."),
        ({**ASKED, "category_id": "none"}, "The category none is not known here."),
        ({**ASKED, "holder_id": "none"}, "The agent none is not known here."),
        ({**ASKED, "due_at": "tomorrow"},
         "due_at is not a time in UTC like 2026-05-04T03:02:01Z."),
        ({**ASKED, "id": "t2"}, "The payload is about another record than the operation."),
    ],
)  # fmt: skip
def test_a_ticket_that_cannot_be_is_rejected_in_words(
    agent: Agent, payload: dict[str, object], words: str
) -> None:
    assert agent.reason("ticket.save", "t1", payload) == words


def test_what_a_ticket_needs_cannot_be_taken_away(agent: Agent, lead: Agent) -> None:
    agent.apply("ticket.save", "t1", ASKED)
    assert agent.reason("ticket.save", "t1", {"title": ""}, {"title": 1}) == "A ticket needs title."
    assert lead.reason("ticket.save", "t1", {"holder_name": " "}, {"holder_name": 1}) == (
        "A ticket needs holder_name."
    )


def test_who_takes_no_calls_makes_no_tickets_but_in_practice(database: Database) -> None:
    trainee = Agent(database, "a1", "trainee")
    assert "may not" in trainee.reason("ticket.save", "t1", ASKED)
    with database.write() as transaction:
        transaction.connection.execute(
            insert(centre_settings).values(id=PRACTICE, version=1, value='{"value": true}')
        )
    assert trainee.apply("ticket.save", "t1", ASKED) == 1
    assert trainee.apply("ticket.save", "t1", ANSWER, dict.fromkeys(ANSWER, 1)) == 2


def test_every_role_that_may_save_a_ticket_has_them_on_its_seat(database: Database) -> None:
    for role in RIGHTS[OPERATION_ACTIONS["ticket.save"]]:
        assert "tickets" in SCOPES[role], role
    assert RIGHTS[Action.HANDLE_TICKETS] <= RIGHTS[Action.SAVE_TICKETS]
