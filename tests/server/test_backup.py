"""A backup holds a whole centre, is opened before it has its name, and comes back whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from sqlalchemy import delete, select, text, update

from server import tables
from server.app import open_database
from server.archive import LEFT_OUT
from server.backup import backup, verify
from server.changes import read_page
from server.commands.check import find_faults
from server.database import FILE_NAME, Database, connect
from server.errors import StartError
from server.settings import Settings
from server.ticket_numbers import JUMP
from tests.server.backups import bring_back, make_backup, manifest_of, put_more, quiet, taken
from tests.server.conftest import ON_BOTH
from tests.server.postgresql import Cluster
from tests.server.processes import LIMIT_S, ROOT, run, started
from tests.server.running import save, settings_for
from tests.server.test_command_line import complaint
from tests.server.test_kill import signed_in


@pytest.mark.processes
@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_what_was_backed_up_comes_back_in_the_other_database_too(
    database: Database, settings: Settings, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = make_backup(database, tmp_path)
    before = taken(database)
    if database.dialect == "sqlite":
        cluster: Cluster = request.getfixturevalue("postgresql")
        other = connect(settings_for(tmp_path, cluster.new_database("restored_here")))
        assert bring_back(path, other, replace=False) == ""
    else:
        (tmp_path / "new").mkdir()
        assert bring_back(path, tmp_path / "new", replace=False) == ""
        other = open_database(settings_for(tmp_path / "new"))
    after = taken(other)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"sessions", "ticket_days"}, "ended, and counted on above what was given"
    with other.read() as connection:
        assert find_faults(connection, sqlite=other.dialect == "sqlite") == []
        session = connection.execute(select(tables.sessions)).one()
        assert session.void_reason == "restored"
        assert session.voided_at is not None
        assert connection.execute(select(tables.refresh_tokens)).all() == []
    other.close()


def test_every_table_is_kept_or_left_out_on_purpose(database: Database, tmp_path: Path) -> None:
    kept = set(manifest_of(make_backup(database, tmp_path)).tables)
    assert kept == {str(name) for name in tables.metadata.tables} - LEFT_OUT
    assert set(tables.REPLICATED) < kept


def test_seats_start_over_and_then_have_everything(database: Database, tmp_path: Path) -> None:
    path = make_backup(database, tmp_path)
    (tmp_path / "new").mkdir()
    bring_back(path, tmp_path / "new", replace=False)
    other = open_database(settings_for(tmp_path / "new"))
    with database.read() as old, other.read() as new:
        was = old.execute(select(tables.change_counter)).one()
        now = new.execute(select(tables.change_counter)).one()
        assert now.life != was.life
        assert now.horizon > was.sequence
        page = read_page(new, after=0, limit=5_000)
        assert page.next_cursor == page.newest == now.sequence
        first, again = (
            orjson.loads(each.to_json())["tables"]
            for each in (read_page(old, after=0, limit=5_000), page)
        )
    for name, part in first.items():
        assert sorted(again[name]["rows"]) == sorted(part["rows"])
        assert again[name]["deleted"] == []
    other.close()


def test_the_feed_goes_on_above_every_number_of_what_is_replaced(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    path = make_backup(database, tmp_path)
    with database.write() as transaction:
        transaction.connection.execute(update(tables.change_counter).values(sequence=5 * 10**9))
    database.close()
    aside = bring_back(path, settings.data_dir, replace=True)
    assert (settings.data_dir / aside).exists()
    other = open_database(settings)
    with other.read() as connection:
        assert connection.execute(select(tables.change_counter.c.horizon)).scalar_one() > 5 * 10**9
    other.close()


def test_no_number_of_a_ticket_is_given_a_second_time(database: Database, tmp_path: Path) -> None:
    path = make_backup(database, tmp_path)
    (tmp_path / "new").mkdir()
    bring_back(path, tmp_path / "new", replace=False)
    other = open_database(settings_for(tmp_path / "new"))
    with other.read() as connection:
        found = connection.execute(select(tables.ticket_days.c.last)).scalars().all()
    other.close()
    assert set(found) == {JUMP}, "the day of the backup, and the next where midnight has passed"


def test_a_centre_is_only_replaced_on_request_and_kept_aside(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    path = make_backup(database, tmp_path)
    with database.write() as transaction:
        transaction.connection.execute(update(tables.agents).values(name="since"))
    before = taken(database)
    database.close()
    with pytest.raises(StartError, match="has a centre already"):
        bring_back(path, settings.data_dir, replace=False)
    assert taken(database) == before
    database.close()
    aside = bring_back(path, settings.data_dir, replace=True)
    assert taken(database)["agents"] == manifest_of(path).tables["agents"]
    database.close()
    (tmp_path / "old").mkdir()
    (settings.data_dir / aside).rename(tmp_path / "old" / FILE_NAME)
    kept = connect(settings_for(tmp_path / "old"))
    assert taken(kept) == before
    kept.close()


def test_a_damaged_database_is_replaced_and_kept_too(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    path = make_backup(database, tmp_path)
    database.close()
    file = settings.data_dir / FILE_NAME
    file.write_bytes(b"no database" * 1_000)
    file.with_name(f"{FILE_NAME}-wal").write_bytes(b"of another time")
    with pytest.raises(StartError, match="has a centre already"):
        bring_back(path, settings.data_dir, replace=False)
    aside = bring_back(path, settings.data_dir, replace=True)
    assert (settings.data_dir / aside).read_bytes() == b"no database" * 1_000
    assert taken(database)["agents"] == manifest_of(path).tables["agents"]


@pytest.mark.processes
@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_postgresql_keeps_the_old_tables_in_a_schema_of_their_own(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    path = make_backup(database, tmp_path)
    with pytest.raises(StartError, match="has a centre already"):
        bring_back(path, database, replace=False)
    with connect(settings).read() as other:
        other.execute(text("SELECT 1"))
        with pytest.raises(StartError, match="1 other connections use this database"):
            bring_back(path, database, replace=True)
    other.engine.dispose()
    with database.write() as transaction:
        transaction.connection.execute(update(tables.agents).values(name="since"))
    aside = bring_back(path, database, replace=True)
    assert taken(database)["agents"] == manifest_of(path).tables["agents"]
    with database.read() as connection:
        names = connection.execute(text(f"SELECT DISTINCT name FROM {aside}.agents")).scalars()
        assert names.all() == ["since"]
        assert find_faults(connection, sqlite=False) == []
    with database.write() as transaction:
        transaction.connection.execute(text("CREATE TABLE guests (id int)"))
    with pytest.raises(StartError, match="not Zuoxi's"):
        bring_back(path, database, replace=True)


@pytest.mark.processes
def test_an_empty_database_of_this_version_leaves_nothing_aside(
    database: Database, tmp_path: Path, postgresql: Cluster
) -> None:
    path = make_backup(database, tmp_path)
    empty = open_database(settings_for(tmp_path, postgresql.new_database("empty_but_made")))
    assert bring_back(path, empty, replace=False) == ""
    with empty.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM agents")).scalar_one() == 3
        schemas = connection.execute(
            text("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'before%'")
        )
        assert schemas.scalar_one() == 0
    empty.close()


def test_a_backup_never_writes_over_a_file(database: Database, tmp_path: Path) -> None:
    path = make_backup(database, tmp_path)
    content = path.read_bytes()
    with pytest.raises(StartError, match="is there already"):
        backup(database, path, scratch=tmp_path, told=quiet)
    assert path.read_bytes() == content
    with pytest.raises(StartError, match="cannot be written"):
        backup(database, tmp_path / "no" / "folder.zip", scratch=tmp_path, told=quiet)


def test_rows_written_meanwhile_are_in_all_of_it_or_in_none(
    database: Database, tmp_path: Path
) -> None:
    def write(name: str, _rows: int) -> None:
        with database.write() as transaction:
            transaction.connection.execute(delete(tables.phones))
            transaction.connection.execute(update(tables.customers).values(notes=name))

    before = taken(database)
    manifest = backup(database, tmp_path / "b.zip", scratch=tmp_path, told=write)
    assert manifest.tables == before
    assert taken(database) != before


@pytest.mark.processes
def test_the_commands_back_up_a_running_server_and_bring_it_back(
    settings: Settings, tmp_path: Path
) -> None:
    data, file = settings.data_dir, tmp_path / "centre.zip"
    with started("server", "serve", "--data", data, "--port", "0") as server:
        seat = signed_in(server.url)
        seat.send(save("i1"))
        done = run("backup", file, "--data", data)
        assert done.returncode == 0, done.stderr
        assert "It was opened, and every row compared." in done.stdout
        seat.send(save("i2"))
        assert "Another zuoxi-server already works" in complaint("restore", file, "--data", data)
    assert file.stat().st_mode & 0o077 == 0
    assert "has a centre already" in complaint("restore", file, "--data", data)
    done = run("restore", file, "--data", data, "--replace")
    assert "each one compared" in done.stdout
    assert "What was there before is kept as centre.db.before-restore-" in done.stdout
    with started("server", "serve", "--data", data, "--port", "0") as server:
        seat = signed_in(server.url)
        assert seat.get("/interactions/i1").status_code == 200
        assert seat.get("/interactions/i2").status_code == 404
    checked = run("check", "--data", data)
    assert checked.stdout.endswith("The database is sound.\n")


@pytest.mark.processes
@pytest.mark.skipif(os.name != "posix", reason="kill -9")
@pytest.mark.parametrize("row", [1, 6, 14, 22])
def test_a_backup_that_was_killed_has_no_name(
    database: Database, settings: Settings, tmp_path: Path, row: int
) -> None:
    put_more(database)
    database.close()
    folder = tmp_path / "kept"
    folder.mkdir()
    die(row, "backup", folder / "centre.zip", "--data", settings.data_dir)
    assert not (folder / "centre.zip").exists()
    assert run("backup", folder / "centre.zip", "--data", settings.data_dir).returncode == 0
    verify(folder / "centre.zip", scratch=tmp_path)


@pytest.mark.processes
@pytest.mark.skipif(os.name != "posix", reason="kill -9")
@pytest.mark.parametrize("row", [1, 6, 14, 22])
def test_a_restore_that_was_killed_leaves_what_was_there(
    database: Database, settings: Settings, tmp_path: Path, row: int
) -> None:
    path = make_backup(database, tmp_path)
    with database.write() as transaction:
        transaction.connection.execute(update(tables.agents).values(name="since"))
    before = taken(database)
    database.close()
    die(row, "restore", path, "--replace", "--data", settings.data_dir)
    assert taken(database) == before
    database.close()
    assert run("restore", path, "--replace", "--data", settings.data_dir).returncode == 0
    assert taken(database)["agents"] == manifest_of(path).tables["agents"]


def die(row: int, *arguments: str | Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.server.killed_backup", str(row), *arguments],
        capture_output=True, timeout=LIMIT_S, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
