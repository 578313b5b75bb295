"""An older practice centre gets what the sample centre has now, and nothing typed is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

import orjson
import pytest
from sqlalchemy import delete, select, update

from server import tables
from server.app import open_database
from server.articles import read_article
from server.attachments import files_of
from server.changes import newest_sequence, read_page
from server.commands.check import find_faults
from server.commands.serve import fill_sample
from server.database import Database
from server.passwords import Passwords
from server.sample import fill as filling
from server.sample import parts
from server.sample.fill import PASSWORD, fill
from server.sample.parts import GENERATION, SampleSize
from server.sample.source import Source, load_source
from server.sample.top_up import top_up
from server.setting_values import read_value
from server.settings import Settings
from tests.server.acting import NOW_S, Agent

SIZE = SampleSize(today=date(2026, 11, 2), customers=60)
LATER = replace(SIZE, today=datetime.fromtimestamp(NOW_S, UTC).date())
"""The day on which a trainee made a ticket, too."""

OF_GENERATION = (2, "3f78567f137a8576")
"""The generation that the files of ``resources/sample_centre`` with this digest are."""

NEW_TICKET = {
    "kind": "consult", "title": "x", "holder_name": "y", "due_at": "2027-05-04T03:05:01Z",
}  # fmt: skip


def before(source: Source) -> Source:
    """The sample centre as an earlier version may have had it."""
    return replace(
        source,
        fixed=source.fixed[:-1],
        articles=[{**one, "answer": "旧答复"} for one in source.articles if one["id"] != "K0002"],
        notices=source.notices[:1],
        units=(),
        tickets=(),
        files=(),
    )


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Filled by that version, which wrote no generation, no grades and an agent fewer."""
    database = open_database(Settings(tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr(filling, "load_source", lambda: before(load_source()))
        patch.setattr(parts, "grade_rows", lambda *_: ())
        patch.setattr(parts, "ROLES", parts.ROLES[:-1])
        fill(database, SIZE)
    with database.write() as transaction:
        settings = tables.centre_settings
        transaction.connection.execute(
            update(settings).where(settings.c.id == "practice").values(value='{"value":true}')
        )
    yield database
    database.close()


def newest(database: Database) -> int:
    with database.read() as connection:
        return newest_sequence(connection)


def test_what_is_missing_is_added_and_the_seats_hear_of_it(older: Database) -> None:
    source, seen = load_source(), newest(older)
    top_up(older, LATER)
    people = {one["id"]: one for one in source.fixed}
    with older.read() as connection:
        assert find_faults(connection, sqlite=True) == []
        for table, rows in parts.reference(source):
            found = {row[0]: tuple(row) for row in connection.execute(select(table))}
            assert set(found) == {row[0] for row in rows}, table.name
            if table is tables.articles:
                assert set(found.values()) == set(rows)
        [units] = connection.execute(
            select(tables.centre_settings).where(tables.centre_settings.c.id == "ticket-units")
        )
        assert (len(orjson.loads(units.value)["items"]), units.version) == (len(source.units), 2)
        new = source.fixed[-1]["id"]
        numbers = select(tables.phones.c.number).where(tables.phones.c.customer_id == new)
        assert sorted(connection.execute(numbers).scalars()) == sorted(people[new]["numbers"])
        calls = select(tables.interactions.c.id).where(tables.interactions.c.customer_id == new)
        assert len(connection.execute(calls).all()) == len(people[new]["history"])
        assert connection.execute(select(tables.grades.c.id)).first() is not None
        made = connection.execute(select(tables.tickets)).all()
        assert len({row.number for row in made}) == len(made) == len(source.tickets)
        told = read_page(connection, after=seen, limit=5_000)
    parts_told = orjson.loads(told.to_json())["tables"]
    assert {"settings", "articles", "attachments", "customers", "tickets", "grades"} <= set(
        parts_told
    )


def test_an_agent_who_is_new_signs_in_with_the_known_password(older: Database) -> None:
    top_up(older, LATER)
    with older.read() as connection:
        hashed = connection.execute(
            select(tables.agents.c.password_hash).where(tables.agents.c.login == "1010")
        ).scalar_one()
    assert Passwords().matches(hashed, PASSWORD)


def test_what_a_trainee_did_stays(older: Database) -> None:
    source = load_source()
    trainee = Agent(older, "agent-1001")
    supervisor = Agent(older, "agent-1008", "supervisor")
    editor = Agent(older, "agent-1009", "knowledge-editor")
    [first, second] = source.fixed[:2]
    administrator = Agent(older, "agent-1008", "administrator")
    units = {"items": [{"id": "mine", "name": "我的科", "days": 1}]}
    administrator.apply("setting.save", "ticket-units", {"value": units}, {"value": 1})
    version = next(one["version"] for one in source.articles if one["id"] == "K0004")
    editor.apply("article.save", "K0004", {"answer": "她的答复"}, {"answer": version})
    trainee.apply("ticket.save", "t1", NEW_TICKET)
    supervisor.apply("customer.merge", first["id"], {"merged": second["id"]})
    top_up(older, LATER)
    with older.read() as connection:
        assert read_value(connection, "ticket-units") == units
        article = read_article(connection, "K0004")
        assert article is not None
        assert article["answer"] == "她的答复"
        assert files_of(connection, "K0004") == []
        made = {row.id: row for row in connection.execute(select(tables.tickets))}
        owners = {row.customer_id for row in made.values()}
        assert len({row.number for row in made.values()}) == len(made) == len(source.tickets) + 1
        assert second["id"] not in owners
        assert find_faults(connection, sqlite=True) == []


def test_serving_the_sample_centre_tops_it_up(older: Database) -> None:
    fill_sample(older, SIZE.customers)
    with older.read() as connection:
        assert len(connection.execute(select(tables.tickets)).all()) == len(load_source().tickets)


def test_it_is_done_once(older: Database) -> None:
    top_up(older, LATER)
    with older.write() as transaction:
        transaction.connection.execute(
            delete(tables.attachments).where(tables.attachments.c.article_id == "K0009")
        )
    seen = newest(older)
    top_up(older, LATER)
    assert newest(older) == seen


def test_a_centre_that_is_not_for_practice_is_left_alone(older: Database) -> None:
    with older.write() as transaction:
        settings = tables.centre_settings
        transaction.connection.execute(delete(settings).where(settings.c.id == "practice"))
    seen = newest(older)
    top_up(older, LATER)
    assert newest(older) == seen


def test_a_new_centre_has_everything(tmp_path: Path) -> None:
    database = open_database(Settings(tmp_path))
    fill(database, SIZE)
    seen = newest(database)
    top_up(database, LATER)
    assert newest(database) == seen
    database.close()


def test_whoever_changes_the_sample_centre_raises_its_generation() -> None:
    """Else older practice centres never get what is new; then put the new digest here."""
    found = hashlib.sha256()
    for file in sorted(files("resources").joinpath("sample_centre").iterdir(), key=str):
        found.update(file.read_bytes())
    assert (GENERATION, found.hexdigest()[:16]) == OF_GENERATION
