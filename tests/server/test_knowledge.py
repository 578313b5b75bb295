"""Articles keep every version, lists keep their order, notices know their readers (M29, M32)."""

from __future__ import annotations

import pytest

from server.articles import read_article, read_versions
from server.changes import newest_sequence, read_page
from server.database import Database
from server.notices import list_notices, read_readers
from server.operations import Outcome
from server.ordered import list_categories, list_segments
from tests.server.acting import Agent
from tests.server.conftest import ON_BOTH
from tests.server.test_drafts import one_is_enough

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)

NEW = {"category_id": "c1", "title": "小规模纳税人", "answer": "…", "valid_from": "2026-01-01"}


@pytest.fixture
def editor(database: Database) -> Agent:
    one_is_enough(database)
    return Agent(database, "a2", "knowledge-editor")


@pytest.fixture
def lead(database: Database) -> Agent:
    return Agent(database, "a3", "supervisor")


def numbers_of_versions(database: Database, article: str) -> list[object]:
    with database.read() as connection:
        return [entry["version"] for entry in read_versions(connection, article) or []]


def test_every_version_of_an_article_stays_as_it_was(editor: Agent, database: Database) -> None:
    assert editor.apply("article.save", "k9", NEW) == 1
    assert editor.apply("article.save", "k9", {"answer": "新"}, {"answer": 1}) == 2
    assert editor.apply("article.save", "k9", {"answer": "新"}, {"answer": 2}) == 2
    with database.read() as connection:
        found = read_versions(connection, "k9")
        now = read_article(connection, "k9")
    assert found is not None
    assert [(entry["version"], entry["article"]["answer"]) for entry in found] == [  # type: ignore[index]
        (2, "新"),
        (1, "…"),
    ]
    assert (found[0]["author"], found[0]["author_name"]) == ("a2", "名字1002")
    assert found[0]["article"] == now
    assert now is not None
    assert (now["initials"], now["sample"]) == ("xgmnsr", False)


def test_the_version_from_before_is_kept_when_it_is_first_changed(
    editor: Agent, database: Database
) -> None:
    assert numbers_of_versions(database, "k1") == [2]
    assert editor.apply("article.save", "k1", {"title": "税率表"}, {"title": 2}) == 3
    assert numbers_of_versions(database, "k1") == [3, 2]
    with database.read() as connection:
        assert read_versions(connection, "none") is None


def test_an_article_is_judged_as_a_whole(editor: Agent, database: Database) -> None:
    editor.apply("article.save", "k1", {"answer": "甲"}, {"answer": 2})
    late = editor.send("article.save", "k1", {"title": "乙"}, {"title": 2})
    assert (late.outcome, late.version, late.server["answer"]) == (Outcome.CONFLICT, 3, "甲")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"category_id": "none"}, "The category none is not known here."),
        ({"title": " "}, "An article needs a title."),
        ({"valid_until": "2022-12-31"}, "valid_until is before valid_from."),
        ({"valid_from": "2026-2-1"}, "valid_from is not a day like 2026-05-04."),
        ({"valid_from": 5}, "valid_from must be text."),
        ({"sample": False}, "Unknown columns: sample."),
        ({"version": 9}, "Unknown columns: version."),
        ({"id": "k2"}, "The payload is about another record than the operation."),
    ],
)
def test_an_article_that_cannot_be_is_rejected_in_words(
    editor: Agent, change: dict[str, object], words: str
) -> None:
    base = {name: 2 for name in change if name not in ("sample", "version")}
    assert editor.reason("article.save", "k1", change, base) == words


def test_a_new_article_needs_its_place_title_and_day(editor: Agent) -> None:
    for name in ("category_id", "title", "valid_from"):
        payload = {key: value for key, value in NEW.items() if key != name}
        assert editor.reason("article.save", "k9", payload) == f"A new article needs {name}."


def test_categories_form_a_tree_and_edits_say_what_they_saw(
    editor: Agent, database: Database
) -> None:
    editor.apply("category.save", "c2", {"name": "税率", "parent_id": "c1", "position": 3})
    ring = editor.reason("category.save", "c1", {"parent_id": "c2", "was": {"parent_id": None}})
    assert ring == "A category cannot stand below itself."
    assert editor.reason("category.save", "c2", {"parent_id": "no"}).startswith("The category no")
    assert editor.reason("category.save", "c3", {"position": 1}) == "It needs a name."
    stale = editor.send("category.save", "c2", {"name": "税", "was": {"name": "旧"}})
    assert (stale.outcome, stale.server["name"]) == (Outcome.CONFLICT, "税率")
    assert editor.send("category.save", "c2", {"name": "税"}).outcome is Outcome.CONFLICT
    editor.apply("category.save", "c2", {"name": "税", "was": {"name": "税率"}})
    with database.read() as connection:
        found = list_categories(connection)
    assert [(row["id"], row["name"], row["parent_id"]) for row in found] == [
        ("c1", "增值税", None),
        ("c2", "税", "c1"),
    ]


def test_categories_do_not_go_down_for_ever(editor: Agent) -> None:
    above = "c1"
    for depth in range(19):
        editor.apply("category.save", f"d{depth}", {"name": "x", "parent_id": above})
        above = f"d{depth}"
    deepest = editor.reason("category.save", "d99", {"name": "x", "parent_id": above})
    assert deepest == "Categories go at most 20 deep."


def test_segments_are_the_leads(lead: Agent, editor: Agent, database: Database) -> None:
    lead.apply("segment.save", "s2", {"name": "老年人", "rule": "慢"})
    lead.apply("segment.save", "s2", {"rule": "更慢", "was": {"rule": "慢"}})
    assert "may not" in editor.reason("segment.save", "s3", {"name": "x"})
    assert lead.reason("segment.save", "s2", {"was": []}) == "was must be an object."
    with database.read() as connection:
        assert list_segments(connection)[1] == {"id": "s2", "name": "老年人", "rule": "更慢"}


def test_a_notice_knows_who_has_read_it(lead: Agent, database: Database) -> None:
    agent = Agent(database)
    at = {"read_at": "2026-05-04T03:05:01Z"}
    assert agent.reason("notice.read", "m1", at) == "This notice is not known here."
    assert lead.apply("notice.save", "m1", {"title": "停电", "must_read": True}) == 1
    assert agent.apply("notice.read", "m1", at) == 1
    assert agent.apply("notice.read", "m1", {"read_at": "2026-05-05T00:00:00Z"}) == 1
    with database.read() as connection:
        found = read_readers(connection, "m1")
        mine, hers = list_notices(connection, "a1"), list_notices(connection, "a2")
        assert read_readers(connection, "m2") is None
    assert found == {
        "readers": [{"agent_id": "a1", "agent_name": "名字1001", "read_at": at["read_at"]}],
        "missing": [{"agent_id": "a2", "agent_name": "名字1002"},
                    {"agent_id": "a3", "agent_name": "名字1003"}],
    }  # fmt: skip
    assert (mine[0]["read_at"], hers[0]["read_at"]) == (at["read_at"], None)
    assert mine[0]["author_name"] == "名字1003"


def test_a_notice_is_changed_on_its_newest_version_only(lead: Agent, database: Database) -> None:
    lead.apply("notice.save", "m1", {"title": "停电"})
    assert lead.apply("notice.save", "m1", {"body": "九点"}, {"body": 1}) == 2
    assert lead.apply("notice.save", "m1", {"body": "九点"}) == 2
    late = lead.send("notice.save", "m1", {"body": "十点"}, {"body": 1})
    assert (late.outcome, late.server["body"]) == (Outcome.CONFLICT, "九点")
    for payload, words in (
        ({}, "A notice needs a title."),
        ({"title": ""}, "A notice needs a title."),
        ({"title": "x", "must_read": 1}, "must_read must be true or false."),
        ({"title": "x", "author_name": "y"}, "Unknown columns: author_name."),
        ({"title": "x", "expires_at": "soon"}, "expires_at is not a time in UTC"),
    ):
        assert lead.reason("notice.save", "m2", payload).startswith(words)
    reader = Agent(database)
    for wrong in ({}, {"read_at": 5}, {"read_at": "2026-05-04T03:05:01Z", "by": "a2"}):
        assert reader.reason("notice.read", "m1", wrong).endswith(".")
    assert "may not" in reader.reason("notice.save", "m1", {"body": "x"})


def test_all_of_it_is_in_the_change_feed(editor: Agent, lead: Agent, database: Database) -> None:
    with database.read() as connection:
        before = newest_sequence(connection)
    editor.apply("article.save", "k9", NEW)
    editor.apply("category.save", "c2", {"name": "税率"})
    lead.apply("segment.save", "s2", {"name": "x"})
    lead.apply("notice.save", "m1", {"title": "x"})
    with database.read() as connection:
        page = read_page(connection, after=before, limit=100)
    assert {name: [row[0] for row in part.rows] for name, part in page.tables.items()} == {
        "segments": ["s2"], "categories": ["c2"], "articles": ["k9"], "notices": ["m1"],
    }  # fmt: skip
