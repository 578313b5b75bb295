"""Server and seat mean the same by a scope, a digest, and a page that the event stream brings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.app import open_database
from server.channels import Channel
from server.channels import SessionKind as ServersKind
from server.channels import SessionNews as ServersNews
from server.rights import Role
from sync.api import ServerApi
from sync.digest import digest_of
from sync.errors import Need, SessionEnded, StartOver
from sync.news import Brought, Changed, SessionKind, SessionNews
from tests.server.conftest import fill
from tests.server.running import Centre, running, save, settings_for


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    settings = settings_for(tmp_path)
    fill(settings)
    with running(settings, open_database(settings)) as found:
        yield found


def token_of(centre: Centre, *, role: str = Role.AGENT, session: str = "s1") -> str:
    return centre.services.signer.issue(agent_id="a1", session_id=session, role=role)


def test_a_copy_made_of_pages_has_the_servers_digests(centre: Centre) -> None:
    api, token = ServerApi(centre.url), token_of(centre)
    quotes = [{"article_id": "k1", "version": 2, "title": "税率"}]
    centre.seat().send(save("i1", payload_quotes=quotes))
    page = api.changes(0, 500, token)
    told = api.digest(token)
    assert told.sequence == page.next_cursor
    assert told.tables == {name: digest_of(page.rows.get(name, [])) for name in told.tables}


def test_a_seat_that_must_start_over_is_told_why(centre: Centre) -> None:
    api = ServerApi(centre.url)
    scope = api.changes(0, 500, token_of(centre)).scope
    assert api.changes(5, 500, token_of(centre), scope=scope).scope == scope
    with pytest.raises(StartOver) as refused:
        api.changes(5, 500, token_of(centre, role=Role.ANALYST), scope=scope)
    assert refused.value.need is Need.SCOPE_CHANGED


def test_a_brought_page_is_the_page_that_would_have_been_asked_for(centre: Centre) -> None:
    api, token = ServerApi(centre.url), token_of(centre)
    with api.events(token) as stream:
        news = iter(stream)
        assert next(news) == Changed(5)
        centre.seat().send(save("i1"))
        brought = next(news)
        assert isinstance(brought, Brought)
        asked = api.changes(brought.after, 500, token)
        assert (brought.page.rows, brought.page.next_cursor) == (asked.rows, asked.next_cursor)


def test_a_seat_hears_of_a_second_sign_in_and_of_its_end(centre: Centre) -> None:
    api, token = ServerApi(centre.url), token_of(centre)
    second = ServersNews(ServersKind.SECOND_SIGN_IN, "a1", ("s2",), device="二", at="2026-11-22Z")
    ended = ServersNews(ServersKind.ENDED, "a1", ("s1",), wipe=True)
    with api.events(token) as stream:
        news = iter(stream)
        assert next(news) == Changed(5)
        centre.database.notify(Channel.SESSIONS, second.to_payload())
        kind = SessionKind.SECOND_SIGN_IN
        assert next(news) == SessionNews(kind, device="二", at="2026-11-22Z")
        centre.database.notify(Channel.SESSIONS, ended.to_payload())
        assert next(news) == SessionNews(SessionKind.ENDED, wipe=True)
    with pytest.raises(SessionEnded) as refused:
        api.changes(0, 1, token)
    assert refused.value.wipe
