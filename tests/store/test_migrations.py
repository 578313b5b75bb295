"""An older file is carried along, step by step; a newer one is refused in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import DBAPIError

from agent_app.store.cache_migrations import CACHE_MIGRATIONS
from agent_app.store.database import Database, FileSettings
from agent_app.store.errors import NewerDatabaseError
from agent_app.store.migrations import Migration, migrate, version_of
from agent_app.store.tables import CACHE, WORK
from agent_app.store.work_migrations import WORK_MIGRATIONS
from tests.store.rigs import KEY, open_once

SCHEMAS = Path(__file__).with_name("schemas")
FILES = [("cache", CACHE_MIGRATIONS, CACHE), ("work", WORK_MIGRATIONS, WORK)]


@contextmanager
def a_file(path: Path) -> Iterator[Database]:
    database = Database(path, key=KEY, settings=FileSettings(durable=True))
    try:
        yield database
    finally:
        database.close_connections()


def stored(path: Path, name: str) -> None:
    """The file as version 1 made it, from the schema kept beside the tests."""
    with a_file(path) as database:

        def make(connection: Connection) -> None:
            with connection.begin():
                for statement in (SCHEMAS / f"{name}_v1.sql").read_text("utf-8").split(";\n"):
                    if statement.strip():
                        connection.exec_driver_sql(statement)

        database.open(make)


def schema(connection: Connection) -> list[str]:
    found = connection.execute(text(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    ))  # fmt: skip
    return sorted(re.sub(r"\s+", " ", sql) for (sql,) in found)


def opened_schema(path: Path, migrations: Sequence[Migration]) -> tuple[list[str], int, list[str]]:
    """Titles of the migrations run, the version and the schema after them."""
    with a_file(path) as database:

        def job(connection: Connection) -> tuple[list[str], int, list[str]]:
            done = migrate(connection, migrations, path)
            with connection.begin():
                return done, version_of(connection), schema(connection)

        return database.open(job)


@pytest.mark.parametrize(("name", "migrations", "metadata"), FILES)
def test_version_1_is_what_was_released(
    tmp_path: Path, name: str, migrations: Sequence[Migration], metadata: MetaData
) -> None:
    stored(tmp_path / "stored.db", name)
    done, version, made = opened_schema(tmp_path / "made.db", migrations[:1])
    assert (len(done), version) == (1, 1)
    assert opened_schema(tmp_path / "stored.db", migrations[:1]) == ([], 1, made)


@pytest.mark.parametrize(("name", "migrations", "metadata"), FILES)
def test_the_migrations_make_the_tables_that_are_asked(
    tmp_path: Path, name: str, migrations: Sequence[Migration], metadata: MetaData
) -> None:
    opened_schema(tmp_path / "made.db", migrations)
    with a_file(tmp_path / "made.db") as database:

        def columns(connection: Connection) -> dict[str, list[tuple[str, str, int]]]:
            with connection.begin():
                return {
                    table: [
                        (row[1], row[2], row[3])
                        for row in connection.execute(text(f"PRAGMA table_info({table})"))
                    ]
                    for table in metadata.tables
                }

        found = database.open(columns)
    assert found == {
        name: [
            (column.name, column.type.compile(), int(not column.nullable))
            for column in table.columns
        ]
        for name, table in metadata.tables.items()
    }


@pytest.mark.parametrize(("name", "migrations", "metadata"), FILES)
def test_a_stored_version_1_is_upgraded_with_its_rows(
    tmp_path: Path, name: str, migrations: Sequence[Migration], metadata: MetaData
) -> None:
    stored(tmp_path / "old.db", name)
    table = {"cache": "segments", "work": "drafts"}[name]
    key = metadata.tables[table].primary_key.columns[0].name
    second = Migration(2, "a colour", (
        f"ALTER TABLE {table} ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'",
    ))  # fmt: skip
    with a_file(tmp_path / "old.db") as database:

        def upgrade(connection: Connection) -> tuple[list[str], object]:
            with connection.begin():
                connection.exec_driver_sql(f"INSERT INTO {table} ({key}) VALUES ('kept')")
            done = migrate(connection, (*migrations[:1], second), database.path)
            with connection.begin():
                return done, connection.execute(text(f"SELECT {key}, colour FROM {table}")).all()

        assert database.open(upgrade) == (["a colour"], [("kept", "grey")])


def test_an_older_copy_is_fetched_again_from_the_start(tmp_path: Path) -> None:
    """Its rows lack what a customer has had since; only the server can tell."""
    stored(tmp_path / "cache.db", "cache")
    with a_file(tmp_path / "cache.db") as database:

        def upgrade(connection: Connection) -> tuple[object, object]:
            with connection.begin():
                connection.exec_driver_sql("UPDATE replica SET cursor = 77")
                connection.exec_driver_sql("INSERT INTO customers (id) VALUES ('kept')")
            migrate(connection, CACHE_MIGRATIONS, database.path)
            with connection.begin():
                row = connection.exec_driver_sql("SELECT id, pinyin, custom FROM customers").one()
                cursor = connection.exec_driver_sql("SELECT cursor FROM replica").scalar_one()
            return tuple(row), cursor

        assert database.open(upgrade) == (("kept", "", ""), 0)


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "work.db"
    _, _, before = opened_schema(path, WORK_MIGRATIONS)
    newest = WORK_MIGRATIONS[-1].version
    broken = Migration(
        newest + 1, "half", ("CREATE TABLE half (a TEXT)", "CREATE TABLE drafts (a TEXT)")
    )
    with pytest.raises(DBAPIError):
        opened_schema(path, (*WORK_MIGRATIONS, broken))
    assert opened_schema(path, WORK_MIGRATIONS) == ([], newest, before)


@pytest.mark.parametrize("name", ["cache.db", "work.db"])
def test_a_newer_file_is_refused_in_plain_words_and_kept(tmp_path: Path, name: str) -> None:
    open_once(tmp_path)
    with a_file(tmp_path / name) as database:
        database.open(lambda _: None)
        database.write_now(lambda one: one.exec_driver_sql("PRAGMA user_version = 99"))
    before = (tmp_path / name).read_bytes()
    with pytest.raises(NewerDatabaseError, match=r"newer version of Zuoxi"):
        open_once(tmp_path)
    assert (tmp_path / name).read_bytes() == before
