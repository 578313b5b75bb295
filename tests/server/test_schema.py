"""Migrations make exactly the tables that the code works with, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from server import migrations, schema, tables
from server.app import open_database
from server.database import Database
from server.errors import DatabaseError
from server.settings import Settings
from tests.server.conftest import ON_BOTH


# What SQLAlchemy cannot read back on SQLite: the indexes over expressions.
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based")
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_migrated_tables_are_the_tables_of_the_code(database: Database) -> None:
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []


def test_the_newest_migration_is_the_one_the_code_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_a_newer_database_is_refused_in_plain_words(settings: Settings, database: Database) -> None:
    with database.write() as transaction:
        transaction.connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(DatabaseError, match="belongs to a newer Zuoxi"):
        open_database(settings)


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_preparing_again_changes_nothing(database: Database) -> None:
    schema.prepare(database)
    with database.read() as connection:
        assert schema.revision_of(connection) == schema.HEAD


def test_sqlite_is_new_enough_and_durable(database: Database) -> None:
    with database.read() as connection:
        version = connection.execute(text("SELECT sqlite_version()")).scalar_one()
        pragmas = [
            connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert tuple(map(int, version.split("."))) >= (3, 51, 3)
    assert pragmas == ["wal", 2, 1, 5_000]
