"""Brings a practice centre of an earlier version up to what the sample centre has now (step ⑨).

What is missing is added, and a setting or an article that nobody has changed is as it is now. What
somebody typed stays as it is. It is done once for each generation, so that what was taken out since
does not come back at every start.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from server.customer_rows import kept_id
from server.database import Database, Transaction
from server.passwords import Passwords
from server.sample.fill import PASSWORD, write_part
from server.sample.grades import grade_rows
from server.sample.history import CALL_ID, History
from server.sample.parts import (
    GENERATION,
    PHONE_ID,
    SampleSize,
    call_parts,
    customer_parts,
    on_the_phone,
    reference,
)
from server.sample.people import fixed_people
from server.sample.source import Source, load_source
from server.sample.tickets import ticket_rows
from server.scope import PRACTICE
from server.setting_values import read_value
from server.tables import (
    agents,
    applied_operations,
    article_versions,
    articles,
    attachment_files,
    attachments,
    centre_settings,
    customers,
    grades,
    interactions,
    phones,
    tickets,
)
from server.ticket_numbers import next_number

_log = logging.getLogger(__name__)

SampleRow = tuple[object, ...]


def top_up(database: Database, size: SampleSize) -> None:
    """Give an older practice centre what is new, all of it or nothing. Raises StartError.

    Any other centre, and one that has it, stays as it is.
    """
    with database.read() as connection:
        practice = read_value(connection, PRACTICE) or {}
    if practice.get("value") is not True or practice.get("generation", 1) >= GENERATION:
        return
    source = load_source()
    with database.write() as transaction:
        _renew_reference(transaction, source)
        pressed = Random(f"{size.seed} grades")
        if transaction.connection.execute(select(grades.c.id).limit(1)).first() is None:
            _grade(transaction, pressed)
        if size.customers >= len(source.fixed):
            _add_people(transaction, source, size, pressed)
            _add_tickets(transaction, source, size)
    _log.info("sample centre: topped up to generation %d", GENERATION)


def _renew_reference(transaction: Transaction, source: Source) -> None:
    connection = transaction.connection
    parts = dict(reference(source))
    settings = _next_versions(connection, parts.pop(centre_settings))
    _renew(transaction, centre_settings, settings, besides=_saved(connection))
    published = set(connection.execute(select(article_versions.c.article_id)).scalars())
    theirs = {row[0] for row in parts[attachments] if row[1] in published}
    for table, rows in parts.items():
        if table is articles:
            _renew(transaction, table, rows, besides=published)
        elif table in (attachments, attachment_files):
            _add(transaction, table, [row for row in rows if row[0] not in theirs])
        else:
            added = _add(transaction, table, rows)
            if table is agents and added:
                _give_password(connection, added)


def _next_versions(connection: Connection, settings: Sequence[SampleRow]) -> list[SampleRow]:
    known = {row.id: row for row in connection.execute(select(centre_settings))}
    return [
        (name, known[name].version + (value != known[name].value) if name in known else 1, value)
        for name, _version, value in settings
    ]


def _saved(connection: Connection) -> set[str]:
    """The settings that somebody saved."""
    made = select(applied_operations.c.record).where(applied_operations.c.kind == "setting.save")
    return set(connection.execute(made).scalars())


def _give_password(connection: Connection, agent_ids: Collection[str]) -> None:
    connection.execute(
        update(agents)
        .where(agents.c.id.in_(agent_ids))
        .values(password_hash=Passwords().hash(PASSWORD))
    )


def _add(transaction: Transaction, table: Table, rows: Sequence[SampleRow]) -> list[str]:
    """Insert those that are missing and return their keys, which are the first column."""
    known = set(transaction.connection.execute(select(table.columns[0])).scalars())
    missing = [row for row in rows if row[0] not in known]
    write_part(transaction, (table, missing))
    return [str(row[0]) for row in missing]


def _renew(
    transaction: Transaction, table: Table, rows: Sequence[SampleRow], *, besides: Collection[str]
) -> None:
    """Insert those that are missing, and bring the others up to date but for ``besides``."""
    connection, names = transaction.connection, [column.name for column in table.columns]
    before = {row.id: tuple(row) for row in connection.execute(select(table))}
    write_part(transaction, (table, [row for row in rows if row[0] not in before]))
    for row in rows:
        key = str(row[0])
        if before.get(key, row) != row and key not in besides:
            values = dict(zip(names, row, strict=True))
            connection.execute(update(table).where(table.c.id == key).values(values))
            transaction.changed(str(table.name), key)


def _grade(transaction: Transaction, pressed: Random) -> None:
    """The sample's calls, of before its callers said anything of them."""
    calls = transaction.connection.execute(
        select(interactions)
        .where(interactions.c.exchange_call_id.startswith("sample-"))
        .order_by(interactions.c.id)
    )
    write_part(transaction, (grades, list(grade_rows([tuple(row) for row in calls], pressed))))


def _add_people(
    transaction: Transaction, source: Source, size: SampleSize, pressed: Random
) -> None:
    """Those of the customers known by name who are new, with their numbers and calls."""
    connection = transaction.connection
    known = set(connection.execute(select(customers.c.id)).scalars())
    new = {one.id: one for one in fixed_people(source) if one.id not in known}
    history = History(
        replace(source, fixed=[one for one in source.fixed if one["id"] in new]),
        Random(f"{size.seed} calls"),
        today=size.today,
        agents=on_the_phone(source),
        made=_free(connection, interactions, CALL_ID),
    )
    for part in (
        *customer_parts(list(new.values()), first_phone=_free(connection, phones, PHONE_ID)),
        *call_parts(list(history.fixed(new)), pressed),
    ):
        write_part(transaction, part)


def _free(connection: Connection, table: Table, pattern: str) -> int:
    """The first number behind all that the sample has given its rows."""
    prefix = pattern.format(0)[:-12]
    last = select(func.max(table.c.id)).where(table.c.id.startswith(prefix))
    found: str | None = connection.execute(last).scalar_one()
    return 0 if found is None else int(found[-12:], 16) + 1


def _add_tickets(transaction: Transaction, source: Source, size: SampleSize) -> None:
    connection, names = transaction.connection, [column.name for column in tickets.columns]
    known = set(connection.execute(select(tickets.c.id)).scalars())
    people = list(fixed_people(source))
    for row in ticket_rows(source, people, agents=on_the_phone(source), today=size.today):
        if row[0] in known:
            continue
        values: dict[str, Any] = dict(zip(names, row, strict=True))
        day = values["number"].partition("-")[0]
        values["number"] = next_number(connection, day)  # a trainee may have made some that day
        values["customer_id"] = kept_id(connection, values["customer_id"])
        connection.execute(insert(tickets).values(values))
        transaction.changed("tickets", values["id"])
