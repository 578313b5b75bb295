"""``zuoxi-server agent``: accounts from the command line (M42, step ⑨)."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping

from sqlalchemy import Connection, select

from server.agent_fields import read_new_agent
from server.agents import add_agent, change_agent, read_agents, set_password_hash
from server.commands.agent_file import import_agents
from server.commands.passwords import ask, show
from server.commands.storage import configuration_from, opened_beside
from server.database import Database
from server.errors import ApiError, RejectedError, StartError
from server.passwords import Passwords
from server.settings import Settings
from server.tables import agents


def run(options: argparse.Namespace) -> int:
    settings = configuration_from(options).settings
    try:
        with opened_beside(settings) as database:
            return _ACTS[options.act](options, settings, database)
    except ApiError as error:
        raise StartError(error.message) from error
    except RejectedError as error:
        raise StartError(str(error)) from error


def _add(options: argparse.Namespace, _settings: Settings, database: Database) -> int:
    values = read_new_agent(
        {
            "login": options.login, "name": options.name or options.login, "role": options.role,
            "extension": options.extension, "skills": options.skills,
        }
    )  # fmt: skip
    password = ask(options, options.login)
    password_hash = Passwords().hash(password.text)
    with database.write() as transaction:
        add_agent(transaction, values, password_hash=password_hash, by=None, now=int(time.time()))
    sys.stdout.write(f"{options.login} may sign in as {options.role}.\n")
    show(options.login, password)
    return 0


def _list(_options: argparse.Namespace, _settings: Settings, database: Database) -> int:
    with database.read() as connection:
        found = read_agents(connection)
    rows = [("login", "name", "extension", "role", "skills", "state")]
    for each in found:
        skills = each["skills"]
        assert isinstance(skills, list)
        state = "disabled" if each["disabled"] else f"{each['live']} signed in"
        rows.append(
            (str(each["login"]), str(each["name"]), str(each["extension"]), str(each["role"]),
             ",".join(skills), state)
        )  # fmt: skip
    for row in rows:
        sys.stdout.write("\t".join(row) + "\n")
    return 0


def _password(options: argparse.Namespace, _settings: Settings, database: Database) -> int:
    with database.read() as connection:
        agent_id = _id_of(connection, options.login)
    password = ask(options, options.login)
    password_hash = Passwords().hash(password.text)
    with database.write() as transaction:
        set_password_hash(transaction, agent_id, password_hash, by=None, now=int(time.time()))
    sys.stdout.write(f"{options.login} has a new password and signs in again.\n")
    show(options.login, password)
    return 0


def _disable(options: argparse.Namespace, _settings: Settings, database: Database) -> int:
    _change(options, database, {"disabled": True})
    sys.stdout.write(f"{options.login} cannot sign in any more.\n")
    return 0


def _enable(options: argparse.Namespace, _settings: Settings, database: Database) -> int:
    _change(options, database, {"disabled": False})
    sys.stdout.write(f"{options.login} may sign in again.\n")
    return 0


def _change(options: argparse.Namespace, database: Database, changes: Mapping[str, bool]) -> None:
    with database.write() as transaction:
        agent_id = _id_of(transaction.connection, options.login)
        change_agent(transaction, agent_id, changes, by=None, now=int(time.time()))


def _import(options: argparse.Namespace, _settings: Settings, database: Database) -> int:
    return import_agents(
        database, options.file, passwords_to=options.passwords, dry_run=options.dry_run
    )


def _id_of(connection: Connection, login: str) -> str:
    found = connection.execute(
        select(agents.c.id).where(agents.c.login == login)
    ).scalar_one_or_none()
    if found is None:
        raise StartError(f"There is no account {login}.")
    return str(found)


_ACTS: Mapping[str, Callable[[argparse.Namespace, Settings, Database], int]] = {
    "add": _add,
    "list": _list,
    "import": _import,
    "password": _password,
    "disable": _disable,
    "enable": _enable,
}
