"""Files of an article: what is taken, who may, and that they come back as they went."""

from __future__ import annotations

import hashlib

import pytest
import requests
from sqlalchemy import select

from server import tables
from server.attachments import PER_ARTICLE, SIZE_MAX
from server.changes import newest_sequence, read_page
from tests.server.conftest import ON_BOTH
from tests.server.running import LIMIT_S, Centre, Seat

PDF = b"%PDF-1.7 \xff\x00 a form"


def send(seat: Seat, content: bytes, name: str, article: str = "k1") -> requests.Response:
    return seat.http.post(
        f"{seat.url}/articles/{article}/attachments", params={"name": name}, data=content,
        timeout=LIMIT_S,
    )  # fmt: skip


@pytest.fixture
def editor(centre: Centre) -> Seat:
    return centre.seat("a1", "knowledge-editor")


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_a_file_comes_back_as_it_went(centre: Centre, editor: Seat) -> None:
    with centre.database.read() as connection:
        before = newest_sequence(connection)
    row = send(editor, PDF, r"C:\Formulare\申报表.PDF").json()
    assert (row["name"], row["media_type"], row["size"]) == (
        "申报表.PDF", "application/pdf", len(PDF),
    )  # fmt: skip
    assert row["digest"] == hashlib.sha256(PDF).hexdigest()
    agent = centre.seat("a2")
    got = agent.get(f"/attachments/{row['id']}")
    assert got.content == PDF
    assert got.headers["Content-Type"] == "application/octet-stream"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E7")
    with centre.database.read() as connection:
        page = read_page(connection, after=before, limit=10)
        log = connection.execute(select(tables.audit_log.c.action, tables.audit_log.c.agent_id))
        assert sorted(log.all()) == [("change", "a1"), ("see", "a2")]
    assert page.tables["attachments"].rows == [list(row.values())]
    assert editor.http.delete(f"{editor.url}/attachments/{row['id']}").status_code == 204
    assert agent.get(f"/attachments/{row['id']}").status_code == 404
    assert editor.http.delete(f"{editor.url}/attachments/{row['id']}").status_code == 404


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
        assert connection.execute(select(tables.attachments)).all() == []


def test_an_article_has_so_many_files_and_no_more(editor: Seat) -> None:
    for number in range(PER_ARTICLE):
        assert send(editor, b"x", f"{number}.txt").status_code == 201
    assert send(editor, b"x", "last.txt").json()["error"]["code"] == "too-many"
    assert send(editor, b"x", "a.txt", "k7").status_code == 404


def test_only_editors_bring_and_take_files(centre: Centre) -> None:
    lead = centre.seat("a3", "supervisor")
    assert send(lead, b"x", "a.txt").status_code == 403
    assert lead.http.delete(f"{lead.url}/attachments/f1").status_code == 403
