"""A report of a missing answer: who may make it, take it, answer it, and what stays (M31)."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, update

from server.audit import read_audit
from server.changes import read_page
from server.database import Database
from server.operations import Outcome
from server.rights import OPERATION_ACTIONS, RIGHTS, Action, Role
from server.scope import PRACTICE, SCOPES
from server.tables import WIRE_COLUMNS, agents, articles, centre_settings, gap_reports
from tests.server.acting import Agent
from tests.server.conftest import ON_BOTH

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)

ABOUT = {"article_id": "k1", "article_version": 2, "asked": "税率是几？", "missing": "已经改了"}
TAKE = {"state": "taken"}


@pytest.fixture
def agent(database: Database) -> Agent:
    return Agent(database)


@pytest.fixture
def editor(database: Database) -> Agent:
    return Agent(database, "a2", "knowledge-editor")


@pytest.fixture
def lead(database: Database) -> Agent:
    return Agent(database, "a3", "supervisor")


def report(database: Database, record: str = "g1") -> dict[str, object]:
    with database.read() as connection:
        row = connection.execute(select(gap_reports).where(gap_reports.c.id == record)).one()
    return {name: row._mapping[name] for name in WIRE_COLUMNS["gap_reports"]}


def own(database: Database, owner: str) -> None:
    with database.write() as transaction:
        transaction.connection.execute(update(articles).values(owner_id=owner, owner_name="旧名"))


def test_a_report_of_nobodys_article_is_open_for_the_editors(
    agent: Agent, database: Database
) -> None:
    assert agent.apply("gap.save", "g1", {**ABOUT, "interaction_id": "i1"}) == 1
    found = report(database)
    assert (found["state"], found["reporter_id"], found["reporter_name"]) == (
        "open", "a1", "名字1001",
    )  # fmt: skip
    assert (found["owner_id"], found["owner_name"], found["outcome"]) == ("", "", "")
    assert (found["missing"], found["interaction_id"]) == ("已经改了", "i1")
    with database.read() as connection:
        page = read_page(connection, after=0, limit=100)
    assert page.tables["gap_reports"].rows[0][0] == "g1"


def test_a_report_of_an_owned_article_is_its_owners(agent: Agent, database: Database) -> None:
    own(database, "a3")
    agent.apply("gap.save", "g1", ABOUT)
    assert (report(database)["owner_id"], report(database)["owner_name"]) == ("a3", "名字1003")
    with database.write() as transaction:
        transaction.connection.execute(
            update(agents).where(agents.c.id == "a3").values(disabled=True)
        )
    agent.apply("gap.save", "g2", ABOUT)
    assert report(database, "g2")["owner_id"] == ""  # who cannot sign in cannot answer


def test_a_report_goes_from_open_to_answered_and_the_audit_says_so(
    agent: Agent, editor: Agent, database: Database
) -> None:
    agent.apply("gap.save", "g1", ABOUT)
    assert editor.apply("gap.save", "g1", TAKE, {"state": 1}) == 2
    assert (report(database)["state"], report(database)["owner_id"]) == ("taken", "a2")
    answer = {"state": "answered", "outcome_article_id": "k1"}
    assert editor.apply("gap.save", "g1", answer, {"state": 2}) == 3
    found = report(database)
    assert (found["state"], found["outcome_article_id"], found["outcome_version"]) == (
        "answered", "k1", 2,
    )  # fmt: skip
    with database.read() as connection:
        rows = read_audit(connection, table="gap_reports", record="g1", limit=9)["rows"]
    assert isinstance(rows, list)
    assert [(row["agent_id"], row["detail"]["fields"]) for row in rows] == [
        ("a2", ["outcome_article_id", "state"]), ("a2", ["state"]),
        ("a1", ["article_id", "article_version", "asked", "missing"]),
    ]  # fmt: skip


def test_the_owner_answers_in_whatever_role_and_nobody_else(
    agent: Agent, lead: Agent, database: Database
) -> None:
    own(database, "a2")
    owner = Agent(database, "a2", "specialist")
    agent.apply("gap.save", "g1", ABOUT)
    agent.apply("gap.save", "g2", ABOUT)
    words = "Only the owner, a knowledge editor or a supervisor answers it."
    for payload in (TAKE, {"state": "answered", "outcome": "是"}, {"outcome": "是"}):
        assert agent.reason("gap.save", "g1", payload, {"state": 1}) == words
    assert owner.apply("gap.save", "g1", {"state": "answered", "outcome": "13 %"}, {"state": 1})
    assert lead.apply("gap.save", "g2", {"state": "declined", "outcome": "无误"}, {"state": 1})


def test_in_a_practice_centre_who_is_alone_answers_herself(
    agent: Agent, database: Database
) -> None:
    agent.apply("gap.save", "g1", ABOUT)
    with database.write() as transaction:
        transaction.connection.execute(
            insert(centre_settings).values(id=PRACTICE, version=1, value='{"value": true}')
        )
    assert agent.apply("gap.save", "g1", {"state": "answered", "outcome": "是"}, {"state": 1}) == 2


def test_each_side_writes_its_own_part(agent: Agent, editor: Agent, database: Database) -> None:
    agent.apply("gap.save", "g1", ABOUT)
    assert agent.apply("gap.save", "g1", {"missing": "改为 13 %"}, {"missing": 1}) == 2
    assert editor.reason("gap.save", "g1", {"missing": "x"}, {"missing": 2}) == (
        "What was asked stays as its reporter wrote it."
    )
    for payload in ({"article_id": None}, {"interaction_id": "i9"}, {"article_version": 1}):
        assert agent.reason("gap.save", "g1", payload, dict.fromkeys(payload, 2)) == (
            "What a report is about cannot be changed."
        )
    assert "Unknown columns: reporter_id" in agent.reason("gap.save", "g1", {"reporter_id": "a2"})
    assert report(database)["missing"] == "改为 13 %"


def test_what_was_answered_stays(agent: Agent, editor: Agent) -> None:
    agent.apply("gap.save", "g1", ABOUT)
    editor.apply("gap.save", "g1", {"state": "answered", "outcome": "13 %"}, {"state": 1})
    closed = "This report was answered already."
    assert editor.reason("gap.save", "g1", {"outcome": "9 %"}, {"outcome": 2}) == closed
    assert agent.reason("gap.save", "g1", {"missing": "?"}, {"missing": 2}) == closed
    assert editor.apply("gap.save", "g1", {"state": "answered"}, {"state": 2}) == 2


def test_two_who_take_it_at_once_do_not_overwrite_each_other(
    agent: Agent, editor: Agent, lead: Agent, database: Database
) -> None:
    agent.apply("gap.save", "g1", ABOUT)
    editor.apply("gap.save", "g1", TAKE, {"state": 1})
    late = lead.send("gap.save", "g1", TAKE, {"state": 1})
    assert (late.outcome, late.version, late.server["owner_id"]) == (Outcome.CONFLICT, 2, "a2")
    assert lead.apply("gap.save", "g1", TAKE, {"state": 2}) == 3  # in sight of it: taken over
    assert report(database)["owner_id"] == "a3"
    assert lead.apply("gap.save", "g1", {"state": "open"}, {"state": 3}) == 4
    assert (report(database)["state"], report(database)["owner_id"]) == ("open", "")


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ({"asked": " ", "missing": ""}, "A report says what was asked or what is missing."),
        ({**ABOUT, "state": "taken"}, "A new report is open and has no outcome yet."),
        ({**ABOUT, "outcome": "x"}, "A new report is open and has no outcome yet."),
        ({**ABOUT, "article_id": "none"}, "The article none is not known here."),
        ({**ABOUT, "article_version": 3}, "The article k1 has no version 3."),
        ({"asked": "?", "article_version": 1}, "article_version needs article_id."),
        ({**ABOUT, "category_id": "none"}, "The category none is not known here."),
        ({**ABOUT, "id": "g2"}, "The payload is about another record than the operation."),
        ({**ABOUT, "asked": "问" * 20_001}, "asked is longer than 20000 characters."),
    ],
)
def test_a_report_that_cannot_be_is_rejected_in_words(
    agent: Agent, payload: dict[str, object], words: str
) -> None:
    assert agent.reason("gap.save", "g1", payload) == words


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ({"state": "declined"}, "Declining needs a reason in words, and no article."),
        ({"state": "declined", "outcome": "x", "outcome_article_id": "k1"},
         "Declining needs a reason in words, and no article."),
        ({"state": "answered", "outcome": " "}, "An answer is an article or words."),
        ({"state": "answered", "outcome_article_id": "none"},
         "The article none is not known here."),
        ({"state": "answered", "outcome_article_id": "k1", "outcome_version": 9},
         "The article k1 has no version 9."),
        ({"state": "taken", "outcome": "x"}, "Who takes a report has not answered it yet."),
        ({"outcome": "x"}, "An outcome comes with what becomes of the report."),
        ({"state": "closed"}, "state must be open, taken, answered or declined."),
    ],
)  # fmt: skip
def test_an_outcome_that_cannot_be_is_rejected_in_words(
    agent: Agent, editor: Agent, payload: dict[str, object], words: str
) -> None:
    agent.apply("gap.save", "g1", ABOUT)
    assert editor.reason("gap.save", "g1", payload, {"state": 1}) == words


def test_who_takes_no_calls_makes_no_reports(editor: Agent, database: Database) -> None:
    assert editor.reason("gap.save", "g1", ABOUT) == "Reports are made by those who take calls."
    analyst = Agent(database, "a1", "analyst")
    assert "may not" in analyst.reason("gap.save", "g1", ABOUT)


def test_every_role_that_may_handle_a_report_has_it_on_its_seat(database: Database) -> None:
    for role in RIGHTS[OPERATION_ACTIONS["gap.save"]]:
        assert "gap_reports" in SCOPES[role], role
    assert RIGHTS[Action.REPORT_GAPS] <= RIGHTS[Action.SAVE_GAPS]
    assert Role.ANALYST not in RIGHTS[Action.SAVE_GAPS]
