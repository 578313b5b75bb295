"""What one process tells, all processes of the centre hear: on commit, in order, after outages."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from server import tables
from server.channels import MISSED, PAYLOAD_BYTES_MAX, Channel, SessionKind, SessionNews
from server.database import Database, connect
from server.settings import Settings
from tests.server.conftest import ON_BOTH
from tests.server.running import LIMIT_S

on_both = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
on_postgresql = pytest.mark.parametrize("settings", ON_BOTH[1:], indirect=True)


class Heard:
    """What a channel of a database says, in its order; ``next`` waits for it."""

    def __init__(self, database: Database, channel: Channel) -> None:
        self._queue: queue.SimpleQueue[str] = queue.SimpleQueue()
        database.listen(channel, self._queue.put)
        database.start_listening()
        if database.dialect == "postgresql":
            assert self.next() == MISSED

    def next(self) -> str:
        return self._queue.get(timeout=LIMIT_S)

    def until(self, payload: str) -> None:
        while self.next() != payload:
            pass


@pytest.fixture
def other(settings: Settings, database: Database) -> Iterator[Database]:
    """Another process's door to the same PostgreSQL; on SQLite there is only one."""
    opened = connect(settings) if database.dialect == "postgresql" else database
    yield opened
    opened.close()


def put_segment(database: Database, name: str) -> None:
    with database.write() as transaction:
        transaction.connection.execute(insert(tables.segments).values(id=name, name=name, rule=""))
        transaction.changed("segments", name)


@on_both
def test_a_commit_tells_the_newest_sequence(database: Database, other: Database) -> None:
    heard = Heard(other, Channel.CHANGES)
    put_segment(database, "x")
    put_segment(database, "y")
    assert [heard.next(), heard.next()] == ["6", "7"]


@on_both
def test_what_was_rolled_back_is_not_told(database: Database, other: Database) -> None:
    heard = Heard(other, Channel.CHANGES)
    with pytest.raises(IntegrityError):
        put_segment(database, "s1")
    with suppress(ZeroDivisionError), database.write() as transaction:
        transaction.notify(Channel.CHANGES, "never")
        1 / 0  # noqa: B018
    put_segment(database, "x")
    assert heard.next() == "6"


@on_both
def test_each_channel_is_heard_by_those_who_asked_for_it(
    database: Database, other: Database
) -> None:
    heard = Heard(other, Channel.SESSIONS)
    put_segment(database, "x")
    news = SessionNews(SessionKind.ENDED, "a1", ("s1", "s2"), wipe=True, device="座席 'A'")
    database.notify(Channel.SESSIONS, news.to_payload())
    assert SessionNews.from_payload(heard.next()) == news


@on_both
def test_what_is_too_long_to_be_told_is_refused_before_anything_is_written(
    database: Database,
) -> None:
    database.notify(Channel.SESSIONS, "x" * PAYLOAD_BYTES_MAX)
    with pytest.raises(ValueError, match="bytes"):
        database.notify(Channel.SESSIONS, "座" * PAYLOAD_BYTES_MAX)


@on_both
def test_nobody_is_told_any_more_after_the_listening_ended(database: Database) -> None:
    heard = Heard(database, Channel.CHANGES)
    put_segment(database, "x")
    assert heard.next() == "6"
    database.stop_listening()
    put_segment(database, "y")
    assert heard._queue.empty()
    database.stop_listening()


@on_postgresql
@pytest.mark.processes
def test_a_lost_connection_is_made_again_and_says_that_something_may_be_missing(
    database: Database, other: Database
) -> None:
    heard = Heard(other, Channel.CHANGES)
    with database.write() as transaction:
        transaction.connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    put_segment(database, "x")
    heard.until(MISSED)
    put_segment(database, "y")
    heard.until("7")


@on_postgresql
@pytest.mark.processes
def test_a_listener_that_fails_is_told_that_it_missed_something(
    database: Database, other: Database
) -> None:
    failures = [RuntimeError("not now")]

    def fail_once(payload: str) -> None:
        if payload and failures:
            raise failures.pop()

    other.listen(Channel.CHANGES, fail_once)
    heard = Heard(other, Channel.CHANGES)
    put_segment(database, "x")
    assert heard.next() == MISSED
    put_segment(database, "y")
    assert heard.next() == "7"
