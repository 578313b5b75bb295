"""Fills an empty database with the sample centre, in batches that stream (step ⑨).

Everything is also entered in the change feed, so that a seat's first sync is simply the feed from
its beginning.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from random import Random

import orjson
from sqlalchemy import Table, select, update

from server import tables
from server.bulk import insert_rows
from server.centre_settings import DEFAULTS
from server.database import Database, Transaction
from server.errors import StartError
from server.masking import mask_id
from server.passwords import Passwords
from server.pinyin import spell
from server.quoted import highest
from server.sample.attached import file_rows
from server.sample.grades import grade_rows
from server.sample.history import History
from server.sample.people import People, Person, fixed_people
from server.sample.source import Source, load_source
from server.sample.tickets import numbered_days, ticket_rows
from server.scope import PRACTICE

_log = logging.getLogger(__name__)

PASSWORD = "practice"
"""The sample centre's only default password, for all of its agents."""

BATCH = 2_000
COMMIT_ROWS = 100_000
CUSTOMERS_MAX = 1_000_000

FIRST_LOGIN = 1001
ROLES = (
    "agent", "agent", "agent", "agent", "trainee", "quality", "specialist", "supervisor",
    "knowledge-editor", "administrator",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SampleSize:
    """How much, from which seed, up to which day (the calls end the day before)."""

    today: date
    customers: int = 2_000
    interactions_per_customer: int = 10
    seed: int = 12366


def fill_if_empty(database: Database, size: SampleSize) -> int:
    """Fill an empty centre; returns the rows written, 0 when there was a centre already.

    Raises StartError when an earlier filling did not come to its end.
    """
    with database.read() as connection:
        hashes = connection.execute(select(tables.agents.c.password_hash)).scalars().all()
    if not hashes:
        return fill(database, size)
    if not any(hashes):
        raise StartError("This sample centre was not finished: remove its directory, start again.")
    return 0


def fill(database: Database, size: SampleSize) -> int:
    """Write the whole sample centre and return the number of rows.

    Up to 100 000 rows are one transaction: a small centre is there in full or not at all. Nobody
    can sign in before the last row is kept. Raises StartError.
    """
    if not 0 <= size.customers <= CUSTOMERS_MAX:
        raise StartError(f"A sample centre has at most {CUSTOMERS_MAX} customers.")
    source = load_source()
    password_hash = Passwords().hash(PASSWORD)
    parts = chain(_reference(source), _people(source, size))
    rows = 0
    done = False
    while not done:
        with database.write() as transaction:
            done, written = _write_some(transaction, parts)
            if done:
                transaction.connection.execute(
                    update(tables.agents).values(password_hash=password_hash)
                )
        rows += written
        _log.info("sample centre: %d rows", rows)
    return rows


_ID, _STARTED_AT, _QUOTES = (
    [column.name for column in tables.interactions.columns].index(name)
    for name in ("id", "started_at", "quotes")
)

Part = tuple[Table, Sequence[tuple[object, ...]]]
"""Rows of one table, in the order of its columns."""


def _write_some(transaction: Transaction, parts: Iterator[Part]) -> tuple[bool, int]:
    """Write parts until it is time to commit; True when there are no more."""
    rows = 0
    for table, part in parts:
        _write(transaction, table, part)
        rows += len(part)
        if rows >= COMMIT_ROWS:
            return False, rows
    return True, rows


def _write(transaction: Transaction, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert rows and note them for the change feed."""
    if not rows:
        return
    insert_rows(transaction.connection, table, rows)
    name = str(table.name)
    if name in tables.REPLICATED:
        for row in rows:
            transaction.changed(name, str(row[0]))


def _agents(source: Source) -> list[tuple[str, str, str]]:
    """Id, name and role of each of the sample centre's agents."""
    return [
        (f"agent-{FIRST_LOGIN + n}", source.agents[n % len(source.agents)], role)
        for n, role in enumerate(ROLES)
    ]


def _reference(source: Source) -> Iterator[Part]:
    yield (
        tables.agents,
        [
            (agent_id, agent_id[6:], name, agent_id[6:], role, None, False, "[]", 0)
            for agent_id, name, role in _agents(source)
        ],
    )
    lines = [(number, name, place) for place, (number, name) in enumerate(source.queues)]
    yield tables.queues, lines
    yield tables.centre_settings, _settings(source)
    yield tables.notices, [
        (f"notice-{place}", 1, notice["title"], notice["body"], notice["must_read"],
         notice["author"], f"{notice['day']}T00:00:00.000Z", None)
        for place, notice in enumerate(source.notices, start=1)
    ]  # fmt: skip
    yield tables.segments, [(s.id, s.name, s.rule) for s in source.segments.items]
    yield (
        tables.categories,
        [
            (entry["id"], entry["parent"], entry["name"], entry["name_en"], position)
            for position, entry in enumerate(source.categories)
        ],
    )
    editor = next((i, name) for i, name, role in _agents(source) if role == "knowledge-editor")
    articles: list[tuple[object, ...]] = []
    for entry in source.articles:
        keywords = " ".join((*entry["keywords"], *entry["synonyms"]))
        articles.append(
            (entry["id"], entry["version"], entry["category"], entry["title"], entry["question"],
             entry["answer"], entry["basis"], keywords, entry["region"], entry["valid_from"],
             entry["valid_until"], True, *spell(entry["title"]), *editor,
             entry.get("variant_of", ""))
        )  # fmt: skip
    yield tables.articles, articles
    attached = list(file_rows(source.files, source.files_notice))
    yield tables.attachments, [row for row, _ in attached]
    yield tables.attachment_files, [content for _, content in attached]


def _settings(source: Source) -> list[tuple[object, ...]]:
    # Its people are invented, so that every role may have them on its seat.
    queues = [{"queue": name, "category_id": key} for name, key in source.queue_categories]
    values = {
        **DEFAULTS, PRACTICE: {"value": True}, "queue-categories": {"items": queues},
        "ticket-units": {"items": list(source.units)},
    }  # fmt: skip
    return [(name, 1, orjson.dumps(value).decode()) for name, value in sorted(values.items())]


def _people(source: Source, size: SampleSize) -> Iterator[Part]:
    # Sources of their own, so that the people are the same whatever day it is.
    people = People(source, Random(f"{size.seed} people"))
    pressed = Random(f"{size.seed} grades")
    callable_agents = [(i, name) for i, name, role in _agents(source) if role == "agent"]
    history = History(
        source, Random(f"{size.seed} calls"), today=size.today, agents=callable_agents
    )
    known = list(fixed_people(source))[: size.customers]
    calls = size.customers * size.interactions_per_customer
    if len(known) == len(source.fixed):
        yield from _customers(known, first_phone=0)
        rows = list(history.fixed({person.id: person for person in known}))[:calls]
        yield from _interactions(rows, pressed)
        calls -= len(rows)
        tickets = ticket_rows(source, known, agents=callable_agents, today=size.today)
        yield tables.tickets, tickets
        yield tables.ticket_days, numbered_days(tickets)
    else:
        known = []
    left = size.customers - len(known)
    phones = sum(len(person.numbers) for person in known)
    while left:
        made = list(people.make(min(BATCH, left)))
        yield from _customers(made, first_phone=phones)
        phones += sum(len(person.numbers) for person in made)
        share = calls * len(made) // left
        yield from _interactions(list(history.make(made, share)), pressed)
        calls -= share
        left -= len(made)


def _interactions(rows: Sequence[tuple[object, ...]], pressed: Random) -> Iterator[Part]:
    yield tables.interactions, rows
    yield tables.grades, list(grade_rows(rows, pressed))
    yield (
        tables.quoted_articles,
        [
            (article_id, row[_ID], version, row[_STARTED_AT])
            for row in rows
            for article_id, version in highest(orjson.loads(str(row[_QUOTES]))).items()
        ],
    )


def _customers(people: Sequence[Person], *, first_phone: int) -> Iterator[Part]:
    yield tables.customers, [
        (p.id, 1, "company" if p.company else "person", p.name, p.segment_id, p.region,
         p.arrears_cents, p.warning, p.notes, "", mask_id(p.id_number), "", *spell(p.name), None,
         "{}", p.id_number, "{}", "{}")
        for p in people
    ]  # fmt: skip
    numbered = (
        (p.id, number, label)
        for p in people
        for number, label in zip(p.numbers, p.labels, strict=True)
    )
    yield (
        tables.phones,
        [
            (f"01920000-0000-7000-8000-{first_phone + n:012x}", *phone)
            for n, phone in enumerate(numbered)
        ],
    )
