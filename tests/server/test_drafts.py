"""Answers are written by one and published by another; what was published never changes (M29)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from server import tables
from server.articles import read_article, read_versions
from server.database import Database
from server.draft_publishing import local_day, put_in_force
from server.draft_rules import MOVES, DraftState, may_move
from server.operations import Outcome
from tests.server.acting import NOW_S, Agent
from tests.server.conftest import ON_BOTH

WORDS: dict[str, object] = {
    "category_id": "c1", "title": "小规模纳税人免税额", "answer": "月销售额 10 万元以下免征。",
    "valid_from": "2026-01-01",
}  # fmt: skip
OF_K1: dict[str, object] = {**WORDS, "article_id": "k1", "base_version": 2}
TODAY = datetime.fromtimestamp(NOW_S).astimezone().date()
TOMORROW = (TODAY + timedelta(days=1)).isoformat()
DAY_S = 86_400


@pytest.fixture
def writer(database: Database) -> Agent:
    return Agent(database, "a1", "knowledge-editor")


@pytest.fixture
def second(database: Database) -> Agent:
    return Agent(database, "a2", "knowledge-editor")


@pytest.fixture
def lead(database: Database) -> Agent:
    return Agent(database, "a3", "supervisor")


def draft_of(database: Database, draft: str = "d1") -> Mapping[str, Any]:
    table = tables.article_drafts
    with database.read() as connection:
        return dict(connection.execute(select(table).where(table.c.id == draft)).one()._mapping)


def article_of(database: Database, article: str = "k1") -> dict[str, Any]:
    with database.read() as connection:
        found = read_article(connection, article)
    assert found is not None
    return found


def submit(writer: Agent, draft: str = "d1", **words: object) -> int:
    return writer.apply("draft.save", draft, {**OF_K1, "state": "in-review", **words})


def one_is_enough(database: Database) -> None:
    Agent(database, "a3", "administrator").apply(
        "setting.save", "knowledge-review", {"value": {"people": 1}}
    )


class TestOnBoth:
    """What the database has a part in, on SQLite and on PostgreSQL."""

    pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)

    def test_a_reviewed_draft_becomes_the_next_version(
        self, writer: Agent, second: Agent, database: Database
    ) -> None:
        version = submit(writer, owner_id="a2", region="浙江")
        assert second.apply("draft.publish", "d1", {"version": version, **WORDS}) == 2
        now, draft = article_of(database), draft_of(database)
        assert (now["version"], now["answer"], now["region"]) == (3, WORDS["answer"], "浙江")
        assert (now["owner_id"], now["owner_name"]) == ("a2", "名字1002")
        assert now["initials"] == "xgmnsrmse"
        assert (draft["state"], draft["reviewer_name"]) == ("published", "名字1002")
        with database.read() as connection:
            versions = read_versions(connection, "k1") or []
        assert [(one["version"], one["author"]) for one in versions] == [(3, "a1"), (2, "")]
        log = tables.audit_log
        with database.read() as connection:
            entry = connection.execute(select(log).where(log.c.table_name == "articles")).one()
        assert (entry.agent_id, entry.record, entry.action) == ("a2", "k1", "change")

    def test_the_first_version_of_an_article_is_called_like_its_draft(
        self, writer: Agent, lead: Agent, database: Database
    ) -> None:
        version = writer.apply("draft.save", "d9", {**WORDS, "state": "in-review"})
        lead.apply("draft.publish", "d9", {"version": version})
        assert article_of(database, "d9")["version"] == 1
        assert draft_of(database, "d9")["article_id"] == "d9"

    def test_nothing_changes_a_version_once_it_is_published(
        self, writer: Agent, second: Agent, database: Database
    ) -> None:
        second.apply("draft.publish", "d1", {"version": submit(writer)})
        kept = tables.article_versions
        for act in (update(kept).values(body="{}"), delete(kept)):
            with pytest.raises(DBAPIError, match="never changes"), database.write() as transaction:
                transaction.connection.execute(act)

    def test_an_article_that_moved_on_is_a_conflict_with_its_text(
        self, writer: Agent, second: Agent, lead: Agent, database: Database
    ) -> None:
        first, late = submit(writer, "d1"), submit(writer, "d2", answer="十五万元以下。")
        second.apply("draft.publish", "d1", {"version": first})
        result = lead.send(
            "draft.publish", "d2", {"version": late, **WORDS, "answer": "十五万元以下。"}
        )
        assert (result.outcome, result.version) == (Outcome.CONFLICT, 3)
        assert result.server["answer"] == WORDS["answer"]
        assert draft_of(database, "d2")["state"] == "in-review"
        # In sight of the newer version she may say that this one shall follow it.
        lead.apply("draft.publish", "d2", {"version": late}, {"version": 3})
        assert (article_of(database)["version"], draft_of(database, "d2")["base_version"]) == (4, 3)

    def test_what_holds_from_tomorrow_waits_for_tomorrow(
        self, writer: Agent, second: Agent, database: Database
    ) -> None:
        version = submit(writer, valid_from=TOMORROW)
        second.apply("draft.publish", "d1", {"version": version})
        assert draft_of(database)["state"] == "scheduled"
        assert article_of(database)["version"] == 2
        midnight = datetime.fromisoformat(TOMORROW).astimezone().timestamp()
        assert put_in_force(database, midnight - 1) == 0
        assert article_of(database)["version"] == 2
        assert put_in_force(database, midnight) == 1
        assert put_in_force(database, midnight) == 0
        assert (article_of(database)["version"], draft_of(database)["state"]) == (3, "published")
        with database.read() as connection:
            versions = read_versions(connection, "k1") or []
        assert versions[0]["author"] == "a1"

    def test_what_waits_goes_back_when_its_article_moves_on(
        self, writer: Agent, second: Agent, database: Database
    ) -> None:
        waiting, urgent = submit(writer, "d1", valid_from=TOMORROW), submit(writer, "d2")
        second.apply("draft.publish", "d1", {"version": waiting})
        second.apply("draft.publish", "d2", {"version": urgent})
        draft = draft_of(database, "d1")
        assert (draft["state"], draft["reviewer_name"], draft["remark"]) == ("returned", "", "")
        assert put_in_force(database, NOW_S + 2 * DAY_S) == 0
        assert article_of(database)["version"] == 3


def test_who_wrote_it_does_not_publish_it(writer: Agent, database: Database) -> None:
    version = submit(writer)
    said = writer.reason("draft.publish", "d1", {"version": version})
    assert said == "Who wrote any of it does not publish it: somebody else looks first."
    assert article_of(database)["version"] == 2


def test_one_editor_is_enough_where_the_centre_says_so(writer: Agent, database: Database) -> None:
    one_is_enough(database)
    version = writer.apply("draft.save", "d1", OF_K1)
    writer.apply("draft.publish", "d1", {"version": version})
    assert article_of(database)["version"] == 3
    assert writer.reason("draft.publish", "d1", {"version": 2}) == (
        "A draft that is published is not published."
    )


def test_no_way_leads_around_the_second_person(writer: Agent) -> None:
    said = writer.reason("article.save", "k1", {"answer": "新"}, {"answer": 2})
    assert said == "Here an answer is published from a draft that somebody reviewed."


def test_a_practice_centre_lets_everybody_try(database: Database) -> None:
    agent = Agent(database)
    assert agent.reason("draft.save", "d1", OF_K1).startswith("The role agent may not")
    with database.write() as transaction:
        transaction.connection.execute(
            insert(tables.centre_settings).values(id="practice", version=1, value='{"value": true}')
        )
    version = agent.apply("draft.save", "d1", OF_K1)
    agent.apply("draft.publish", "d1", {"version": version})
    assert article_of(database)["version"] == 3


def test_a_supervisor_reviews_and_does_not_write(
    writer: Agent, lead: Agent, database: Database
) -> None:
    assert "does not write" in lead.reason("draft.save", "d1", OF_K1)
    version = submit(writer)
    base = {"state": version, "remark": version, "answer": version}
    assert "does not write" in lead.reason(
        "draft.save", "d1", {"answer": "x", "state": "returned", "remark": "?"}, base
    )
    assert lead.reason("draft.save", "d1", {"state": "returned"}, base) == (
        "Who gives a draft back says why."
    )
    lead.apply("draft.save", "d1", {"state": "returned", "remark": "依据缺文号"}, base)
    draft = draft_of(database)
    assert (draft["state"], draft["remark"], draft["reviewer_name"], draft["author_id"]) == (
        "returned", "依据缺文号", "名字1003", "a1",
    )  # fmt: skip


def test_words_under_review_stand_still(writer: Agent, second: Agent, database: Database) -> None:
    version = submit(writer)
    base = dict.fromkeys(("answer", "state"), version)
    said = second.reason("draft.save", "d1", {"answer": "x"}, base)
    assert said == "A draft that is in-review is not changed; take it back first."
    version = writer.apply("draft.save", "d1", {"state": "writing"}, base)
    base = dict.fromkeys(("answer", "state"), version)
    version = second.apply("draft.save", "d1", {"answer": "改", "state": "in-review"}, base)
    assert draft_of(database)["author_id"] == "a2"


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_nobody_who_wrote_a_part_publishes_the_whole(
    writer: Agent, second: Agent, lead: Agent, database: Database
) -> None:
    """Two write; a supervisor gives it back; one of them sends it in again as it is."""
    writer.apply("draft.save", "d1", OF_K1)
    base = dict.fromkeys(("basis", "state"), 1)
    second.apply("draft.save", "d1", {"basis": "第十二条", "state": "in-review"}, base)
    base = dict.fromkeys(("state", "remark"), 2)
    lead.apply("draft.save", "d1", {"state": "returned", "remark": "?"}, base)
    version = writer.apply("draft.save", "d1", {"state": "in-review"}, {"state": 3})
    for one in (writer, second):
        assert "Who wrote any of it" in one.reason("draft.publish", "d1", {"version": version})
    lead.apply("draft.publish", "d1", {"version": version})


def test_a_draft_is_judged_as_a_whole(writer: Agent, second: Agent) -> None:
    writer.apply("draft.save", "d1", OF_K1)
    second.apply("draft.save", "d1", {"title": "甲"}, {"title": 1})
    late = writer.send("draft.save", "d1", {"answer": "乙"}, {"answer": 1})
    assert (late.outcome, late.version, late.server["title"]) == (Outcome.CONFLICT, 2, "甲")


def test_only_what_was_read_is_published(writer: Agent, second: Agent) -> None:
    version = submit(writer)
    for read in ({"version": version - 1 or 7}, {"version": version, "answer": "另一个"}):
        said = second.reason("draft.publish", "d1", read)
        assert said == "The draft was changed after you read it: read it again."
    assert second.reason("draft.publish", "d1", {}).startswith("Publishing names the version")
    assert second.reason("draft.publish", "d7", {"version": 1}) == "This draft is not known here."


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"article_id": "k7"}, "The article k7 is not known here."),
        ({"base_version": 3}, "The article has no such version."),
        ({"base_version": 0}, "A draft of an article names the version it was made on."),
        ({"article_id": ""}, "A new article stands on no version."),
        ({"category_id": "none"}, "The category none is not known here."),
        ({"owner_id": "nobody"}, "The owner nobody is not known here."),
        ({"variant_of": "k1"}, "An article is no variant of itself."),
        ({"valid_until": "2025-01-01"}, "valid_until is before valid_from."),
        ({"state": "returned"}, "A new draft is written or sent to review."),
        ({"state": "published"}, "state must be writing, in-review, returned or dropped."),
        ({"remark": "x"}, "The remark is the reviewer's."),
        ({"author_id": "a2"}, "Unknown columns: author_id."),
        ({"id": "d2"}, "The payload is about another record than the operation."),
        ({"state": "in-review", "answer": " "}, "Before it is reviewed it needs answer."),
    ],
)
def test_a_draft_that_cannot_be_is_rejected_in_words(
    writer: Agent, words: dict[str, object], reason: str
) -> None:
    assert writer.reason("draft.save", "d1", {**OF_K1, **words}) == reason


def test_variants_stand_beside_one_article(
    writer: Agent, second: Agent, database: Database
) -> None:
    version = submit(writer, "d1", article_id="", base_version=0, variant_of="k1", region="上海")
    second.apply("draft.publish", "d1", {"version": version})
    assert article_of(database, "d1")["variant_of"] == "k1"
    for wrong in ({"variant_of": "d1"}, {"variant_of": "k7"}):
        assert writer.send("draft.save", "d2", {**WORDS, **wrong}).outcome is Outcome.REJECTED


@pytest.mark.parametrize("now", DraftState)
@pytest.mark.parametrize("wanted", DraftState)
def test_a_draft_moves_as_the_table_says(
    writer: Agent, database: Database, now: DraftState, wanted: DraftState
) -> None:
    writer.apply("draft.save", "d1", OF_K1)
    with database.write() as transaction:
        transaction.connection.execute(update(tables.article_drafts).values(state=now))
    payload: dict[str, object] = {"state": wanted.value}
    if wanted is DraftState.RETURNED and now is not wanted:
        payload["remark"] = "为什么"
    result = writer.send("draft.save", "d1", payload, dict.fromkeys(payload, 1))
    sent = wanted not in (DraftState.SCHEDULED, DraftState.PUBLISHED)
    assert (result.outcome is Outcome.APPLIED) == (sent and may_move(now, wanted)), result.reason
    assert set(MOVES) == set(DraftState)


def test_the_day_is_that_of_where_the_server_stands() -> None:
    midnight = datetime(2026, 5, 4).astimezone().timestamp()
    assert local_day(midnight) == "2026-05-04"
    assert local_day(midnight - 1) == "2026-05-03"


@contextmanager
def a_broken_day(database: Database) -> Iterator[None]:
    with database.write() as transaction:
        transaction.connection.execute(
            update(tables.article_drafts).values(variant_of="gone", state="scheduled")
        )
    yield


def test_what_cannot_be_put_in_force_goes_back_with_the_reason(
    writer: Agent, database: Database
) -> None:
    writer.apply("draft.save", "d1", OF_K1)
    with a_broken_day(database):
        assert put_in_force(database, NOW_S) == 0
    draft = draft_of(database)
    assert (draft["state"], draft["remark"]) == ("returned", "The article gone is not known here.")
