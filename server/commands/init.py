"""``zuoxi-server init``: makes a centre with its first administrator (M42, step ⑨)."""

from __future__ import annotations

import argparse
import sys
import time

import orjson
from sqlalchemy import insert, literal, select
from sqlalchemy.exc import DBAPIError

from server.agent_fields import read_new_agent
from server.agents import add_agent
from server.centre_settings import DEFAULTS
from server.commands.passwords import ask, show
from server.commands.storage import opened, settings_from
from server.database import Database, explain
from server.errors import DatabaseError, RejectedError, StartError
from server.passwords import Passwords
from server.rights import Role
from server.tables import agents, centre_settings


def run(options: argparse.Namespace) -> int:
    try:
        administrator = read_new_agent(
            {
                "login": options.login,
                "name": options.name or options.login,
                "role": Role.ADMINISTRATOR.value,
            }
        )
    except RejectedError as error:
        raise StartError(str(error)) from error
    with opened(settings_from(options)) as database:
        try:
            _refuse_centre(database)
            password = ask(options, options.login)
            password_hash = Passwords().hash(password.text)
            with database.write() as transaction:
                for name, value in sorted(DEFAULTS.items()):
                    transaction.connection.execute(
                        insert(centre_settings).values(
                            id=name, version=1, value=orjson.dumps(value).decode()
                        )
                    )
                    transaction.changed("settings", name)
                add_agent(
                    transaction, administrator, password_hash=password_hash, by=None,
                    now=int(time.time()),
                )  # fmt: skip
        except DBAPIError as error:
            raise DatabaseError(explain(error)) from error
    sys.stdout.write(f"The centre is made; {options.login} is its administrator.\n")
    show(options.login, password)
    return 0


def _refuse_centre(database: Database) -> None:
    with database.read() as connection:
        for table in (agents, centre_settings):
            if connection.execute(select(literal(1)).select_from(table).limit(1)).first():
                raise StartError("This database has a centre already.")
