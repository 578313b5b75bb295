"""A centre made, and its accounts kept, from the command line."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from server import tables
from server.app import KEY_FILE
from server.centre_settings import DEFAULTS
from server.commands.check import find_faults
from server.commands.passwords import generate
from server.database import Database, connect
from server.keys import read_keys
from server.password_rules import check_new_password
from server.settings import Settings
from tests.server.commanding import command, complaint, said
from tests.server.processes import Running, started
from tests.server.running import PASSWORD, Seat, settings_for

pytestmark = pytest.mark.processes

GOOD = "correct horse battery"


def status(server: Running, login: str, password: str) -> int:
    body = {"login": login, "password": password, "device": ""}
    return Seat(server.url).post("/sign-in", body).status_code


def test_a_new_centre_has_settings_and_one_administrator_who_signs_in(tmp_path: Path) -> None:
    data = ("--data", tmp_path / "centre")
    assert "admin is its administrator" in said("init", *data, typed=f"{GOOD}\n")
    with started("server", "serve", *data, "--port", "0") as server:
        assert status(server, "admin", GOOD) == 200
        assert status(server, "admin", "practice") == 401
        assert status(server, "1001", "practice") == 401
    database = connect(settings_for(tmp_path / "centre"))
    with database.read() as connection:
        kept = connection.execute(select(tables.centre_settings.c.id)).scalars().all()
        assert sorted(kept) == sorted(DEFAULTS)
        assert find_faults(connection, sqlite=True) == []
        audit = tables.audit_log
        query = select(audit.c.agent_id).where(audit.c.action == "add-agent")
        assert connection.execute(query).scalars().all() == [""]
    database.close()
    assert "has a centre already" in complaint("init", *data, typed=f"{GOOD}\n")


def test_a_generated_password_is_shown_once_and_kept_nowhere(tmp_path: Path) -> None:
    shown = said("init", "--data", tmp_path, "--login", "boss", "--generate")
    password = re.search(r"shown this once: (\S+)", shown)
    assert password is not None
    for path in tmp_path.rglob("*"):
        assert password[1].encode() not in path.read_bytes(), path
    with started("server", "serve", "--data", tmp_path, "--port", "0") as server:
        assert status(server, "boss", password[1]) == 200


def test_generated_passwords_are_good_and_different() -> None:
    made = {generate() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        check_new_password(password, login="1001")


def test_a_weak_password_or_none_makes_no_centre(tmp_path: Path) -> None:
    data = ("--data", tmp_path)
    assert "at least 10 characters" in complaint("init", *data, typed="short\n")
    assert "first that are guessed" in complaint("init", *data, typed="password12\n")
    assert "too like the login" in complaint(
        "init", *data, "--login", "longlogin1", typed="longlogin1\n"
    )
    assert "use --generate" in complaint("init", *data)
    assert "without a space" in complaint("init", *data, "--login", "a b", typed=f"{GOOD}\n")
    assert said("init", *data, typed=f"{GOOD}\n")


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_a_centre_is_made_in_postgresql_named_by_the_environment(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZUOXI_SERVER_DATABASE_URL", settings.database_url)
    assert "has a centre already" in complaint("init", "--data", tmp_path, typed=f"{GOOD}\n")
    assert "1001\t" in said("agent", "list", "--data", tmp_path)
    assert not (tmp_path / "centre.db").exists()


def test_accounts_are_added_listed_and_closed_beside_a_running_server(settings: Settings) -> None:
    data = ("--data", settings.data_dir)
    with started("server", "serve", *data, "--port", "0") as server:
        said(
            "agent", "add", "2001", "--name", "王芳", "--role", "supervisor", "--extension", "2001",
            "--skills", "7001, 7002", *data, typed=f"{GOOD}\n",
        )  # fmt: skip
        assert status(server, "2001", GOOD) == 200
        assert "2001\t王芳\t2001\tsupervisor\t7001,7002\t1 signed in" in said(
            "agent", "list", *data
        )
        assert "already" in complaint("agent", "add", "2001", *data, typed=f"{GOOD}\n")
        said("agent", "password", "2001", *data, typed="another word\n")
        assert status(server, "2001", GOOD) == 401
        assert status(server, "2001", "another word") == 200
        said("agent", "disable", "2001", *data)
        assert status(server, "2001", "another word") == 401
        assert "2001\t王芳\t2001\tsupervisor\t7001,7002\tdisabled" in said("agent", "list", *data)
        said("agent", "enable", "2001", *data)
        assert status(server, "2001", "another word") == 200


def test_bad_accounts_are_refused_in_words(settings: Settings) -> None:
    data = ("--data", settings.data_dir)
    add = ("agent", "add", "2001", *data)
    assert "must be one of agent, specialist" in complaint(
        *add, "--role", "boss", typed=f"{GOOD}\n"
    )
    assert "extension must be digits" in complaint(*add, "--extension", "x", typed=f"{GOOD}\n")
    assert "at least 10" in complaint(*add, typed="short\n")
    assert complaint("agent", "disable", "9", *data) == "There is no account 9."
    assert complaint("agent", "password", "9", *data, typed=f"{GOOD}\n") == "There is no account 9."
    assert "There is no database in" in complaint(
        "agent", "list", "--data", settings.data_dir / "x"
    )


def test_the_last_administrator_cannot_be_closed(tmp_path: Path) -> None:
    said("init", "--data", tmp_path, typed=f"{GOOD}\n")
    assert "last administrator" in complaint("agent", "disable", "admin", "--data", tmp_path)


FILE = """工号,姓名,分机,角色,技能
3001,张伟,3001,agent,7001;7002
3002,李娜,,班长,
,无名,,,
1001,已有,,,
3001,重复,,,
"""


def test_a_file_with_bad_rows_adds_nobody_and_names_each(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "agents.csv").write_text(FILE, encoding="gb18030")
    passwords = tmp_path / "passwords"
    imports = ("agent", "import", tmp_path / "agents.csv", "--data", settings.data_dir)
    for extra in (("--dry-run",), ("--passwords", passwords)):
        done = command(*imports, *extra)
        assert done.code == 1
        lines = done.said.splitlines()
        assert [line.split(":")[0] for line in lines[:4]] == ["row 3", "row 4", "row 5", "row 6"]
        assert lines[4] == "Nothing was added: 4 rows are to be mended first."
    assert not passwords.exists()
    assert "3001" not in said("agent", "list", "--data", settings.data_dir)


def test_a_good_file_adds_all_with_passwords_for_their_owner_only(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "agents.csv").write_text("login,name\n3001,张伟\n3002,李娜\n", encoding="utf-8-sig")
    passwords = tmp_path / "passwords"
    imports = ("agent", "import", tmp_path / "agents.csv", "--data", settings.data_dir)
    assert said(*imports, "--dry-run") == "2 accounts would be added.\n"
    assert "Say with --passwords" in complaint(*imports)
    assert "2 accounts were added" in said(*imports, "--passwords", passwords)
    if os.name == "posix":
        assert passwords.stat().st_mode & 0o077 == 0
    pairs = [line.split("\t") for line in passwords.read_text(encoding="utf-8").splitlines()]
    with started("server", "serve", "--data", settings.data_dir, "--port", "0") as server:
        assert [status(server, login, password) for login, password in pairs] == [200, 200]
    content = passwords.read_bytes()
    (tmp_path / "agents.csv").write_text("login,name\n3003,王五\n", encoding="utf-8")
    assert "cannot be written (File exists)" in complaint(*imports, "--passwords", passwords)
    assert passwords.read_bytes() == content
    assert "3003" not in said("agent", "list", "--data", settings.data_dir)


def test_a_file_without_headers_is_explained(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "agents.csv"
    imports = ("agent", "import", path, "--data", settings.data_dir)
    assert "cannot be read" in complaint(*imports)
    path.write_text("3001,张伟\n", encoding="utf-8")
    assert "The first row must name the columns: login, name" in complaint(*imports)
    path.write_text("", encoding="utf-8")
    assert "The file is empty" in complaint(*imports)


def test_rotating_signs_nobody_out_unless_told_to(settings: Settings) -> None:
    data = ("--data", settings.data_dir)
    with started("server", "serve", *data, "--port", "0") as server:
        body = {"login": "1001", "password": PASSWORD, "device": ""}
        token = Seat(server.url).post("/sign-in", body).json()["access_token"]
        seat = Seat(server.url, "a1", token)
        before = read_keys(settings.data_dir / KEY_FILE)
        assert "1 older ones still verify" in said("rotate", *data)
        after = read_keys(settings.data_dir / KEY_FILE)
        assert after[1].secret == before[0].secret != after[0].secret
        assert seat.get("/directory").status_code == 200
        assert "0 older ones still verify" in said("rotate", "--forget-old", *data)
        assert len(read_keys(settings.data_dir / KEY_FILE)) == 1


def test_pruning_says_what_it_did(settings: Settings, database: Database) -> None:
    with database.write() as transaction:
        for _ in range(3):
            transaction.changed("segments", "s1")
    database.close()
    assert said("prune", "--data", settings.data_dir).startswith("3 superseded entries and 0 old")
    assert said("check", "--data", settings.data_dir).endswith("The database is sound.\n")
