"""Who was told the old answer: calls that quoted an older version, for those who may know (M29)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from server import tables
from server.database import Database
from tests.server.acting import Agent
from tests.server.conftest import ON_BOTH
from tests.server.running import Centre

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)


def call(
    database: Database,
    record: str,
    version: int,
    *,
    at: str = "03:02:01",
    agent: str = "a1",
    **facts: object,
) -> None:
    """A call that quoted a version of k1; 0 quotes nothing."""
    quotes = [{"article_id": "k1", "version": version, "title": "税率"}] if version else []
    Agent(database, agent).apply("interaction.save", record, {
        "agent_id": agent, "direction": "incoming", "started_at": f"2026-05-04T{at}Z",
        "quotes": quotes, **facts,
    })  # fmt: skip


def told(centre: Centre, role: str = "supervisor", **conditions: object) -> dict[str, Any]:
    seat = centre.seat("a3", role)
    answer = seat.get("/articles/k1/told", **{"before_version": 3, **conditions})
    seat.close()
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_list_names_whom_to_call_back(centre: Centre) -> None:
    call(centre.database, "i1", 2, customer_id="p1", number="+8613800138000")
    call(centre.database, "i2", 1, at="04:00:00", agent="a2", caller_name="未知", number="+861")
    call(centre.database, "i3", 3, at="05:00:00")
    call(centre.database, "i4", 0, at="05:00:00")
    found = told(centre)
    assert (found["total"], found["people"], found["next"]) == (2, True, "")
    assert found["agents"] == [
        {"agent_id": "a1", "agent_name": "名字1001", "calls": 1},
        {"agent_id": "a2", "agent_name": "名字1002", "calls": 1},
    ]
    assert [(row["interaction_id"], row["customer_name"], row["number"], row["version"],
             row["agent_name"]) for row in found["rows"]] == [
        ("i2", "未知", "+861", 1, "名字1002"), ("i1", "张伟", "+8613800138000", 2, "名字1001"),
    ]  # fmt: skip
    with centre.database.read() as connection:
        seen = connection.execute(
            select(tables.audit_log.c.record, tables.audit_log.c.detail).where(
                tables.audit_log.c.action == "see"
            )
        ).all()
    assert seen == [("p1", '{"by":"told an old answer"}')]


def test_an_editor_hears_how_many_and_not_who(centre: Centre) -> None:
    call(centre.database, "i1", 2, customer_id="p1", number="+8613800138000")
    found = told(centre, "knowledge-editor")
    assert (found["total"], found["people"], found["rows"]) == (1, False, [])
    assert found["agents"][0]["calls"] == 1


def test_who_heard_both_versions_in_a_call_heard_the_new_one(centre: Centre) -> None:
    both = [{"article_id": "k1", "version": version, "title": "x"} for version in (3, 2)]
    call(centre.database, "i1", 0, quotes=both)
    call(centre.database, "i2", 2)
    assert told(centre)["total"] == 1
    # What is corrected in the record is corrected in the list.
    Agent(centre.database).apply("interaction.save", "i2", {"quotes": []}, {"quotes": 1})
    assert told(centre)["total"] == 0


def test_who_was_told_the_new_answer_since_is_marked(centre: Centre) -> None:
    call(centre.database, "i1", 2, customer_id="p1")
    call(centre.database, "i2", 2, number="+861", at="03:00:00")
    call(centre.database, "i3", 2, number="+862", at="02:00:00")
    call(centre.database, "i4", 3, customer_id="p1", at="06:00:00")
    call(centre.database, "i5", 3, number="+861", at="07:00:00")
    call(centre.database, "i6", 3, number="+862", at="01:00:00")
    since = {row["interaction_id"]: row["corrected_at"] for row in told(centre)["rows"]}
    assert since == {"i1": "2026-05-04T06:00:00Z", "i2": "2026-05-04T07:00:00Z", "i3": None}


def test_the_list_comes_in_pages_newest_first(centre: Centre) -> None:
    for number in range(5):
        call(centre.database, f"i{number}", 2, at=f"0{number // 2}:00:00")
    found, before = [], ""
    for _ in range(3):
        page = told(centre, before=before, limit=2)
        found += [row["interaction_id"] for row in page["rows"]]
        before = page["next"]
    assert (found, before) == (["i4", "i3", "i2", "i1", "i0"], "")


def test_an_article_that_is_none_has_nobody(centre: Centre) -> None:
    seat = centre.seat("a3", "supervisor")
    assert seat.get("/articles/k7/told", before_version=3).status_code == 404
    assert seat.get("/articles/k1/told").status_code == 400
    assert seat.get("/articles/k1/told", before_version=3, before="\0").status_code == 400
    seat.close()
