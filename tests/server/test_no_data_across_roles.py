"""What a role may not know is in no answer that it can get, however it asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import pytest
from sqlalchemy import insert, update

from server import tables
from server.grades import Pressed, keep_grade
from server.openapi import document
from server.rights import RIGHTS, Action, Role
from server.scope import SCOPES
from server.tokens import Identity
from tests.server.acting import Agent
from tests.server.any_request import KNOWN, NEVER_ENDS
from tests.server.conftest import ON_BOTH
from tests.server.running import LIMIT_S, Centre, Seat
from tests.server.test_any_request import put_file
from tests.server.test_customers import FIELDS
from tests.server.test_drafts import one_is_enough

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)

NUMBER = "+8613977755533"
CUSTOMER, INTERACTION, ARTICLE = "mark-customer", "mark-interaction", "mark-article"
DRAFT, FILE, TICKET, GRADE = "mark-draft", "mark-file", "mark-ticket", "mark-grade"
NOTICE, LEG, LOGIN, AUDIT, DEVICE = (
    "mark-notice",
    "mark-leg",
    "mark-login",
    "mark-audit",
    "mark-dev",
)
WHOLE_ID, CARD, HASH, REFRESH, JOB = (
    "99999919710101777X",
    "6222777755553333",
    "mark-hash",
    "mark-token",
    "mark-job",
)

TOLD_TO: Mapping[str, frozenset[Role]] = {
    CUSTOMER: RIGHTS[Action.READ_CUSTOMERS],
    NUMBER: RIGHTS[Action.READ_CUSTOMERS],
    INTERACTION: RIGHTS[Action.READ_INTERACTIONS],
    ARTICLE: RIGHTS[Action.READ_ARTICLES],
    TICKET: RIGHTS[Action.READ_CUSTOMERS],
    GRADE: RIGHTS[Action.READ_INTERACTIONS] | RIGHTS[Action.READ_AUDIT],
    DRAFT: RIGHTS[Action.REVIEW_ARTICLES],
    FILE: RIGHTS[Action.READ_ARTICLES],
    NOTICE: RIGHTS[Action.READ_NOTICES],
    LEG: RIGHTS[Action.TAKE_CALLS],
    LOGIN: RIGHTS[Action.READ_AGENTS],
    DEVICE: RIGHTS[Action.READ_AGENTS],
    AUDIT: RIGHTS[Action.READ_AUDIT],
    JOB: RIGHTS[Action.IMPORT_CUSTOMERS],
    WHOLE_ID: frozenset(),
    CARD: frozenset(),
    HASH: frozenset(),
    REFRESH: frozenset(),
}
"""Who may meet each mark in an answer to a GET; what is masked or hashed nobody ever does."""

ASKED: Mapping[str, list[object]] = {
    "q": [CUSTOMER, NUMBER[-4:], WHOLE_ID, CARD], "customer_id": ["p1"], "number": [NUMBER],
    "call_id": ["call-1"], "state": ["ringing"], "after": [0], "record": ["a4"],
    "table": ["agents"], "tables": ["customers"], "limit": [100], "before_version": [9],
}  # fmt: skip
ROUTES: list[tuple[str, list[str]]] = [
    (path, [one["name"] for one in item["get"]["parameters"] if one["in"] == "query"])
    for path, item in orjson.loads(document())["paths"].items()
    if "get" in item and path != NEVER_ENDS
]


@pytest.fixture
def marked(centre: Centre) -> Centre:
    """A centre in which everything that somebody must not see has a mark of its own."""
    database = centre.database
    Agent(database, "a3", "administrator").apply(
        "setting.save", "customer-fields", {"value": FIELDS}
    )
    agent = Agent(database)
    agent.apply("customer.save", "p1", {
        "name": CUSTOMER, "id_number": WHOLE_ID, "custom": {"card": CARD},
        "phones": [{"number": NUMBER}],
    }, {"name": 1, "id_number": 1, "custom": 1, "phones": 1})  # fmt: skip
    agent.apply("interaction.save", "i1", {
        "agent_id": "a1", "direction": "incoming", "started_at": "2026-05-04T03:02:01Z",
        "question": INTERACTION, "customer_id": "p1",
        "quotes": [{"article_id": "k1", "version": 2, "title": "x"}],
    })  # fmt: skip
    agent.apply("ticket.save", "t1", {
        "kind": "help", "title": TICKET, "holder_name": "所得税科",
        "due_at": "2026-05-06T09:30:00Z",
    })  # fmt: skip
    with database.write() as transaction:
        program = Identity("service:exchange", "", "service", 0)
        keep_grade(transaction, Pressed(GRADE, 1, "2026-05-04T03:05:01Z"), by=program)
    Agent(database, "a3", "supervisor").apply("notice.save", "m1", {"title": NOTICE})
    one_is_enough(database)
    editor = Agent(database, "a3", "knowledge-editor")
    editor.apply("article.save", "k1", {"title": ARTICLE}, {"title": 2})
    editor.apply("draft.save", "d1", {"title": DRAFT})
    put_file(database, FILE)
    _mark_accounts(centre)
    seat = centre.seat("a2")
    leg = {"call_id": "call-1", "state": "ringing", "direction": "incoming", "revision": 1,
           "started_at": "2026-05-04T03:02:01Z", "attachment": {"question": LEG}}  # fmt: skip
    assert seat.put("/legs/i9", leg).status_code == 200
    seat.close()
    return centre


def _mark_accounts(centre: Centre) -> None:
    with centre.database.write() as transaction:
        connection = transaction.connection
        connection.execute(insert(tables.agents).values(
            id="a4", login=LOGIN, name="x", extension="1", role="agent", password_hash=HASH,
            disabled=False,
        ))  # fmt: skip
        connection.execute(insert(tables.sessions).values(
            id="s4", agent_id="a4", device=DEVICE, started_at=1, void_reason="",
        ))  # fmt: skip
        connection.execute(insert(tables.refresh_tokens).values(
            hash=REFRESH, session_id="s4", expires_at=2_000_000_000, successor="",
        ))  # fmt: skip
        connection.execute(insert(tables.audit_log).values(
            id="01990000-0000-7000-8000-000000000001", at="2026-05-04T03:02:01Z", agent_id="a4",
            session_id="s4", action="change-agent", table_name="agents", record="a4",
            detail=orjson.dumps({"fields": [AUDIT]}).decode(),
        ))  # fmt: skip
        connection.execute(insert(tables.jobs).values(
            id="j1", kind="import", table_name="customers", format="csv", file_name=JOB,
            agent_id="a4", state="done", rows_done=1, report="{}", options="{}",
            started_at="2026-05-04T03:02:01Z", finished_at="2026-05-04T03:02:02Z",
        ))  # fmt: skip
        connection.execute(update(tables.agents).values(password_set_at=1))


def questions(path: str, names: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A route as it can be asked: plain, and with each condition."""
    records = {KNOWN.get(path, "p1"), "p1", "a4", "m1"} if "{" in path else {""}
    needed = {name: ASKED[name][0] for name in names if name in ("q", "after", "before_version")}
    for record in sorted(records):
        address = path.partition("{")[0] + record + path.partition("}")[2]
        yield address, needed
        for name in names:
            for value in ASKED.get(name, []):
                yield address, {**needed, name: value}


def met(seat: Seat) -> dict[str, set[str]]:
    """Every mark that any GET answers with, and the routes that did."""
    found: dict[str, set[str]] = {mark: set() for mark in TOLD_TO}
    for path, names in ROUTES:
        for address, conditions in questions(path, names):
            answer = seat.http.get(seat.url + address, params=conditions, timeout=LIMIT_S)
            assert answer.status_code < 500, (address, conditions, answer.text)
            for mark in TOLD_TO:
                if mark in answer.text:
                    found[mark].add(path)
    return found


@pytest.mark.parametrize("role", Role)
def test_a_role_meets_what_it_may_know_and_nothing_else(marked: Centre, role: Role) -> None:
    seat = marked.seat("a1", role)
    found = met(seat)
    seat.close()
    assert {mark: bool(paths) for mark, paths in found.items()} == {
        mark: role in roles for mark, roles in TOLD_TO.items()
    }, found


def test_what_a_seat_keeps_is_what_its_role_may_read(settings: object) -> None:
    may_read = {
        "customers": Action.READ_CUSTOMERS, "phones": Action.READ_CUSTOMERS,
        "interactions": Action.READ_INTERACTIONS, "articles": Action.READ_ARTICLES,
        "attachments": Action.READ_ARTICLES, "article_drafts": Action.REVIEW_ARTICLES,
        "gap_reports": Action.SAVE_GAPS, "tickets": Action.READ_CUSTOMERS,
        "grades": Action.READ_INTERACTIONS,
        "categories": Action.READ_ARTICLES, "notices": Action.READ_NOTICES,
        "settings": Action.READ_SETTINGS, "segments": Action.READ_SETTINGS,
    }  # fmt: skip
    for role in Role:
        assert set(SCOPES[role]) == {
            name for name, action in may_read.items() if role in RIGHTS[action]
        }, role
