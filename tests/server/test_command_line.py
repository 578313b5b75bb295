"""``zuoxi-server``: what it says, and how it ends, as a real process."""

from __future__ import annotations

import importlib
import re
import signal
import socket
from contextlib import closing
from pathlib import Path

import pytest
import requests
from sqlalchemy import delete, update

from server import __version__, tables
from server.command_line import COMMANDS
from server.database import Database
from server.settings import Settings
from tests.server.processes import LIMIT_S, ROOT, run, started
from tests.server.running import Seat

pytestmark = pytest.mark.processes


def complaint(*arguments: str | Path) -> str:
    """The one sentence a failing command writes; fails on a traceback or exit code 0."""
    done = run(*arguments)
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    lines = [line for line in done.stderr.splitlines() if " INFO " not in line]
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("zuoxi-server: ")
    return lines[0].removeprefix("zuoxi-server: ")


def test_version_is_that_of_the_whole_product() -> None:
    assert run("--version").stdout == f"zuoxi-server {__version__}\n"
    source = (ROOT / "agent_app" / "__init__.py").read_text(encoding="utf-8")
    assert f'__version__ = "{__version__}"' in source


def test_help_names_every_command_and_fits_a_terminal() -> None:
    text = run("--help").stdout
    for word in (*COMMANDS, "--version"):
        assert word in text
    serve = run("serve", "--help").stdout
    for word in ("--data", "--database", "--bind", "--port", "--sample", "--exit-with-stdin"):
        assert word in serve
    assert max(map(len, (text + serve).splitlines())) <= 80


def test_every_command_is_there_and_explains_itself() -> None:
    for name, module in COMMANDS.items():
        assert callable(importlib.import_module(module).run), name


def test_no_command_is_explained() -> None:
    done = run()
    assert done.returncode == 2
    assert "COMMAND" in done.stderr


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = complaint("serve", "--data", tmp_path, "--port", str(port))
    assert said == f"127.0.0.1 port {port} is already in use: choose another --port."


def test_other_machines_only_with_tls(tmp_path: Path) -> None:
    for address in ("0.0.0.0", "::", "192.168.1.5", "example.org"):
        said = complaint("serve", "--data", tmp_path / "new", "--bind", address)
        assert "give --tls-cert and --tls-key" in said
    assert not (tmp_path / "new").exists()


def test_a_damaged_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "centre.db").write_bytes(b"this is not a database, really not" * 100)
    assert "is damaged or is not a database" in complaint("serve", "--data", tmp_path)


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    url = "postgresql://nobody:secret@127.0.0.1:1/none"
    said = complaint("check", "--data", tmp_path, "--database", url)
    assert said.startswith("The database cannot be used")
    assert "secret" not in said
    said = complaint("check", "--data", tmp_path, "--database", "mysql://x/y")
    assert said == "The database URL must begin with postgresql:// or sqlite:///."


def test_a_data_directory_that_cannot_be_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be made" in complaint("sample", "--data", tmp_path / "file" / "data")
    assert complaint("check", "--data", tmp_path) == f"There is no database in {tmp_path}."


def test_two_servers_never_share_a_directory(settings: Settings) -> None:
    arguments = ("serve", "--data", settings.data_dir, "--port", "0")
    with started("server", *arguments):
        assert "Another zuoxi-server already works in" in complaint(*arguments)
    assert (settings.data_dir / "server.lock").exists()
    with started("server", *arguments):
        pass  # a lock file that a killed server left behind is no hindrance


def test_a_sample_centre_is_served_and_ends_with_its_parents_pipe(tmp_path: Path) -> None:
    arguments = ("serve", "--data", tmp_path, "--port", "0", "--sample", "20", "--exit-with-stdin")
    with started("server", *arguments) as server:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", server.url)
        assert server.pid == server.process.pid
        body = {"login": "1001", "password": "practice", "device": "test"}
        session = Seat(server.url).post("/sign-in", body).json()
        assert session["agent"]["role"] == "agent"
        seat = Seat(server.url, "", session["access_token"])
        page = seat.get("/changes", after=0).json()
        assert len(page["tables"]["customers"]["rows"]) == 20
        with seat.http.get(f"{seat.url}/events", stream=True, timeout=LIMIT_S) as stream:
            assert next(stream.iter_lines(chunk_size=1)) == b"event: changed"
            assert server.process.stdin is not None
            server.process.stdin.close()
            assert server.process.wait(LIMIT_S) == 0
        server.process.stdin = None
        assert server.process.stderr is not None
        log = server.process.stderr.read()
    assert "Traceback" not in log
    assert "+86" not in log
    assert session["access_token"] not in log


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_server_well(settings: Settings, number: signal.Signals) -> None:
    with started("server", "serve", "--data", settings.data_dir, "--port", "0") as server:
        assert requests.get(f"{server.url}/api/v1/health", timeout=LIMIT_S).ok
        server.process.send_signal(number)
        assert server.process.wait(LIMIT_S) == 0


def test_sample_and_check_say_what_there_is(tmp_path: Path) -> None:
    arguments = ("sample", "--data", tmp_path, "--customers", "30", "--today", "2026-11-01")
    made = run(*arguments)
    assert "Agents 1001 to 1010 sign in with the password 'practice'." in made.stdout
    assert "not empty" in complaint(*arguments)
    checked = run("check", "--data", tmp_path)
    assert re.search(r"^customers +30$", checked.stdout, re.MULTILINE)
    assert checked.stdout.endswith("The database is sound.\n")
    assert checked.returncode == 0
    assert (tmp_path / "centre.db").stat().st_mode & 0o077 == 0


def test_check_counts_pruned_entries_too(settings: Settings, database: Database) -> None:
    log, counter = tables.change_log, tables.change_counter
    with database.write() as transaction:
        transaction.connection.execute(delete(log).where(log.c.sequence == 3))
        transaction.connection.execute(update(counter).values(pruned=1))
    database.close()
    assert run("check", "--data", settings.data_dir).returncode == 0


def test_a_server_is_checked_while_it_serves(settings: Settings) -> None:
    with started("server", "serve", "--data", settings.data_dir, "--port", "0"):
        done = run("check", "--data", settings.data_dir)
    assert done.stdout.endswith("The database is sound.\n"), done.stderr


def test_check_finds_a_gap_in_the_change_log(settings: Settings, database: Database) -> None:
    with database.write() as transaction:
        transaction.connection.execute(
            delete(tables.change_log).where(tables.change_log.c.sequence == 3)
        )
    database.close()
    done = run("check", "--data", settings.data_dir)
    assert done.returncode == 1
    assert "FAULT: The change log has 4 entries up to 5 and 0 pruned, not 5." in done.stdout
