"""Files of an article: what is taken, who may, and that every version keeps its own."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
import requests
from sqlalchemy import insert, select

from server import tables
from server.attachments import PER_ARTICLE, SIZE_MAX
from server.changes import newest_sequence, read_page
from server.draft_files import KEEP_DAYS, forget_dropped
from server.draft_publishing import put_in_force
from server.scope import PRACTICE
from server.tables import WIRE_COLUMNS
from tests.server.acting import NOW_S, Agent
from tests.server.conftest import ON_BOTH
from tests.server.running import LIMIT_S, Centre, Seat

PDF = b"%PDF-1.7 \xff\x00 a form"
WORDS = {
    "category_id": "c1", "title": "税率", "answer": "13%。", "valid_from": "2023-01-01",
    "article_id": "k1", "base_version": 2,
}  # fmt: skip


def send(seat: Seat, content: bytes, name: str, draft: str = "d1") -> requests.Response:
    return seat.http.post(
        f"{seat.url}/drafts/{draft}/files", params={"name": name}, data=content, timeout=LIMIT_S
    )


def act(seat: Seat, method: str, file_id: object, draft: str = "d1") -> int:
    url = f"{seat.url}/drafts/{draft}/files/{file_id}"
    return seat.http.request(method, url, timeout=LIMIT_S).status_code


def listed(seat: Seat, draft: str = "d1") -> list[tuple[str, str]]:
    rows = seat.get(f"/drafts/{draft}/files").json()["rows"]
    return [(row["name"], row["change"]) for row in rows]


def versions(seat: Seat, article: str = "k1") -> list[tuple[int, list[str]]]:
    rows = seat.get(f"/articles/{article}/versions").json()["rows"]
    return [(row["version"], [file["name"] for file in row["files"]]) for row in rows]


def in_force(centre: Centre) -> list[str]:
    """What the seats have."""
    with centre.database.read() as connection:
        found = connection.execute(select(tables.attachments.c.name)).scalars().all()
    return sorted(found)


@pytest.fixture
def editor(centre: Centre) -> Seat:
    writer(centre).apply("draft.save", "d1", WORDS)
    return centre.seat("a1", "knowledge-editor")


def writer(centre: Centre) -> Agent:
    return Agent(centre.database, "a1", "knowledge-editor")


def review(centre: Centre, draft: str = "d1", version: int = 1) -> int:
    state = {"state": "in-review"}
    return writer(centre).apply("draft.save", draft, state, {"state": version})


def publish(centre: Centre, draft: str = "d1", **seen: int) -> None:
    with centre.database.read() as connection:
        now = select(tables.article_drafts).where(tables.article_drafts.c.id == draft)
        row: Any = connection.execute(now).one()
    version = row.version if row.state == "in-review" else review(centre, draft, row.version)
    lead = Agent(centre.database, "a3", "supervisor")
    lead.apply("draft.publish", draft, {"version": version, "files": changed(centre, draft)}, seen)


def changed(centre: Centre, draft: str = "d1") -> list[str]:
    """What a draft brings and takes away, as its publisher sees it."""
    rows = centre.seat("a3", "supervisor").get(f"/drafts/{draft}/files").json()["rows"]
    return [row["id"] for row in rows if row["change"]]


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_a_file_comes_to_the_agents_with_the_version_that_was_reviewed(
    centre: Centre, editor: Seat
) -> None:
    with centre.database.read() as connection:
        before = newest_sequence(connection)
    row = send(editor, PDF, r"C:\Formulare\申报表.PDF").json()
    assert (row["name"], row["media_type"], row["size"], row["change"]) == (
        "申报表.PDF", "application/pdf", len(PDF), "added",
    )  # fmt: skip
    assert row["digest"] == hashlib.sha256(PDF).hexdigest()
    agent = centre.seat("a2")
    assert agent.get(f"/attachments/{row['id']}").status_code == 403
    assert centre.seat("a3", "supervisor").get(f"/attachments/{row['id']}").content == PDF
    with centre.database.read() as connection:
        assert "attachments" not in read_page(connection, after=before, limit=10).tables
    publish(centre)
    with centre.database.read() as connection:
        page = read_page(connection, after=before, limit=10)
        wire = dict(
            zip(WIRE_COLUMNS["attachments"], page.tables["attachments"].rows[0], strict=True)
        )
    assert wire == {**{k: v for k, v in row.items() if k != "change"}, "article_id": "k1"}
    got = agent.get(f"/attachments/{row['id']}")
    assert got.content == PDF
    assert got.headers["Content-Type"] == "application/octet-stream"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E7")
    with centre.database.read() as connection:
        log = connection.execute(
            select(tables.audit_log.c.action, tables.audit_log.c.agent_id).where(
                tables.audit_log.c.table_name == "attachments"
            )
        )
        assert sorted(log.all()) == [("see", "a2"), ("see", "a3")]


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_a_published_version_keeps_its_files(centre: Centre, editor: Seat) -> None:
    old = send(editor, b"old", "old.txt").json()["id"]
    send(editor, b"both", "both.txt")
    publish(centre)
    writer(centre).apply("draft.save", "d2", {**WORDS, "answer": "9%。", "base_version": 3})
    send(editor, b"new", "new.txt", "d2")
    assert act(editor, "DELETE", old, "d2") == 204
    assert listed(editor, "d2") == [("both.txt", ""), ("new.txt", "added"), ("old.txt", "removed")]
    assert in_force(centre) == ["both.txt", "old.txt"]
    publish(centre, "d2")
    assert in_force(centre) == ["both.txt", "new.txt"]
    assert versions(editor) == [
        (4, ["both.txt", "new.txt"]), (3, ["both.txt", "old.txt"]), (2, []),
    ]  # fmt: skip
    assert centre.seat("a2").get(f"/attachments/{old}").content == b"old"


def test_files_stand_still_while_somebody_reviews_them(centre: Centre, editor: Seat) -> None:
    row = send(editor, b"x", "a.txt").json()
    review(centre)
    refused = send(editor, b"x", "b.txt")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not-writable")
    assert act(editor, "DELETE", row["id"]) == 409
    assert listed(editor) == [("a.txt", "added")]


def test_who_changes_the_files_and_who_wrote_the_words_do_not_review_them(
    centre: Centre, editor: Seat
) -> None:
    second = centre.seat("a2", "knowledge-editor")
    assert send(second, b"x", "a.txt").status_code == 201
    version = review(centre)  # its first author sends it in: the words are hers, the file is not
    for name in ("a1", "a2"):
        one = Agent(centre.database, name, "knowledge-editor")
        assert "somebody else" in one.reason("draft.publish", "d1", {"version": version})


def test_who_changes_no_file_in_the_end_may_review_the_draft(centre: Centre, editor: Seat) -> None:
    kept = send(editor, b"x", "kept.txt").json()["id"]
    publish(centre)
    writer(centre).apply("draft.save", "d2", {**WORDS, "answer": "9%。", "base_version": 3})
    second = centre.seat("a2", "knowledge-editor")
    assert act(second, "DELETE", "gone", "d2") == 404
    assert act(second, "PUT", kept, "d2") == 204
    version = review(centre, "d2")
    Agent(centre.database, "a2", "knowledge-editor").apply(
        "draft.publish", "d2", {"version": version}
    )


def test_what_was_brought_or_taken_by_mistake_is_undone(centre: Centre, editor: Seat) -> None:
    kept = send(editor, b"x", "kept.txt").json()["id"]
    publish(centre)
    writer(centre).apply("draft.save", "d2", {**WORDS, "base_version": 3})
    brought = send(editor, b"y", "brought.txt", "d2").json()["id"]
    for method, file_id in (("DELETE", brought), ("DELETE", kept), ("DELETE", kept), ("PUT", kept)):
        assert act(editor, method, file_id, "d2") == 204
    assert listed(editor, "d2") == [("kept.txt", "")]
    assert act(editor, "PUT", brought, "d2") == 404
    assert editor.get(f"/attachments/{brought}").status_code == 404


def test_no_file_is_published_that_the_publisher_has_not_seen(centre: Centre, editor: Seat) -> None:
    """One person is enough, and the draft's version stays when its files change."""
    Agent(centre.database, "a3", "administrator").apply(
        "setting.save", "knowledge-review", {"value": {"people": 1}}
    )
    me = writer(centre)
    first = send(editor, b"x", "seen.txt").json()["id"]
    seen = changed(centre)
    assert seen == [first]
    late = send(centre.seat("a2", "knowledge-editor"), b"y", "late.txt").json()["id"]
    unseen: tuple[dict[str, object], ...] = ({"files": seen}, {"files": []}, {})
    for files in unseen:
        said = me.reason("draft.publish", "d1", {"version": 1, **files})
        assert said == "The draft's files were changed after you read it: read it again."
    for wrong in ("x", [1], ["x"] * 41):
        assert me.reason("draft.publish", "d1", {"version": 1, "files": wrong})
    me.apply("draft.publish", "d1", {"version": 1, "files": [late, first]})
    assert in_force(centre) == ["late.txt", "seen.txt"]


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_the_files_of_a_dropped_draft_are_removed_after_a_month(
    centre: Centre, editor: Seat
) -> None:
    kept = send(editor, b"x", "kept.txt").json()["id"]
    publish(centre)
    for draft in ("d2", "d3"):
        writer(centre).apply("draft.save", draft, {**WORDS, "base_version": 3})
        assert act(editor, "DELETE", kept, draft) == 204
        send(editor, b"y", "brought.txt", draft)
    writer(centre).apply("draft.save", "d2", {"state": "dropped"}, {"state": 1})
    month_s = KEEP_DAYS * 86_400
    assert forget_dropped(centre.database, NOW_S + month_s) == 0
    assert forget_dropped(centre.database, NOW_S + month_s + 1) == 1
    assert listed(editor, "d2") == [("kept.txt", "")]
    assert listed(editor, "d3") == [("brought.txt", "added"), ("kept.txt", "removed")]
    with centre.database.read() as connection:
        assert len(connection.execute(select(tables.attachment_files.c.id)).all()) == 2


def test_a_new_article_begins_with_the_files_of_its_draft(centre: Centre, editor: Seat) -> None:
    new = {**WORDS, "article_id": "", "base_version": 0}
    writer(centre).apply("draft.save", "d9", new)
    send(editor, b"x", "form.txt", "d9")
    publish(centre, "d9")
    assert versions(editor, "d9") == [(1, ["form.txt"])]
    assert in_force(centre) == ["form.txt"]


def test_what_holds_from_a_later_day_brings_its_files_then(centre: Centre, editor: Seat) -> None:
    late = {"valid_from": "2999-01-01", "state": "in-review"}
    send(editor, b"x", "form.txt")
    writer(centre).apply("draft.save", "d1", late, dict.fromkeys(late, 1))
    publish(centre)
    assert in_force(centre) == []
    assert put_in_force(centre.database, NOW_S + 1_100 * 365 * 86_400) == 1
    assert in_force(centre) == ["form.txt"]


def test_a_file_that_two_drafts_take_away_is_gone_once(centre: Centre, editor: Seat) -> None:
    old = send(editor, b"old", "old.txt").json()["id"]
    publish(centre)
    for draft in ("d2", "d3"):
        writer(centre).apply("draft.save", draft, {**WORDS, "base_version": 3})
        assert act(editor, "DELETE", old, draft) == 204
    publish(centre, "d2")
    publish(centre, "d3", version=4)
    assert versions(editor) == [(5, []), (4, []), (3, ["old.txt"]), (2, [])]


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"<svg onload=alert(1)>", "a.svg", 415),
        (b"<html>", "a.html", 415),
        (b"MZ", "a.exe", 415),
        (b"MZ", "a.pdf", 415),
        (b"a\0b", "a.txt", 415),
        (b"no ending", "README", 415),
        (b"x", "", 400),
        (b"x", "/", 400),
        (b"x", "a" * 300, 400),
        (b"x" * (SIZE_MAX + 1), "a.txt", 413),
    ],
)
def test_what_is_not_taken_is_said_and_not_kept(
    centre: Centre, editor: Seat, content: bytes, name: str, status: int
) -> None:
    answer = send(editor, content, name)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]
    with centre.database.read() as connection:
        assert connection.execute(select(tables.attachment_files)).all() == []


def test_an_article_has_so_many_files_and_no_more(editor: Seat) -> None:
    for number in range(PER_ARTICLE):
        assert send(editor, b"x", f"{number}.txt").status_code == 201
    assert send(editor, b"x", "last.txt").json()["error"]["code"] == "too-many"
    assert send(editor, b"x", "a.txt", "d7").status_code == 404


def test_only_editors_bring_and_take_files_and_all_who_practise(
    centre: Centre, editor: Seat
) -> None:
    lead, agent = centre.seat("a3", "supervisor"), centre.seat("a2")
    assert send(lead, b"x", "a.txt").status_code == 403
    assert act(lead, "DELETE", "f1") == 403
    assert listed(lead) == []
    assert agent.get("/drafts/d1/files").status_code == 403
    with centre.database.write() as transaction:
        transaction.connection.execute(
            insert(tables.centre_settings).values(id=PRACTICE, version=1, value='{"value": true}')
        )
    row = send(agent, b"x", "a.txt").json()
    assert agent.get(f"/attachments/{row['id']}").content == b"x"
