"""What the sample centre consists of, table by table, parents before children (step ⑨)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

import orjson
from sqlalchemy import Table

from server import tables
from server.centre_settings import DEFAULTS
from server.masking import mask_id
from server.pinyin import spell
from server.quoted import highest
from server.sample.attached import file_rows
from server.sample.grades import grade_rows
from server.sample.history import History
from server.sample.people import People, Person, fixed_people
from server.sample.source import Source
from server.sample.tickets import numbered_days, ticket_rows
from server.scope import PRACTICE

GENERATION = 2
"""One more whenever the sample centre has something new: older practice centres get it then."""

PHONE_ID = "01920000-0000-7000-8000-{:012x}"
BATCH = 2_000
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


Part = tuple[Table, Sequence[tuple[object, ...]]]
"""Rows of one table, in the order of its columns."""

_ID, _STARTED_AT, _QUOTES = (
    [column.name for column in tables.interactions.columns].index(name)
    for name in ("id", "started_at", "quotes")
)


def agents(source: Source) -> list[tuple[str, str, str]]:
    """Id, name and role of each of the sample centre's agents."""
    return [
        (f"agent-{FIRST_LOGIN + n}", source.agents[n % len(source.agents)], role)
        for n, role in enumerate(ROLES)
    ]


def on_the_phone(source: Source) -> list[tuple[str, str]]:
    """Id and name of those who took the sample's calls."""
    return [(i, name) for i, name, role in agents(source) if role == "agent"]


def reference(source: Source) -> Iterator[Part]:
    yield (
        tables.agents,
        [
            (agent_id, agent_id[6:], name, agent_id[6:], role, None, False, "[]", 0)
            for agent_id, name, role in agents(source)
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
    yield tables.articles, _articles(source)
    attached = list(file_rows(source.files, source.files_notice))
    yield tables.attachments, [row for row, _ in attached]
    yield tables.attachment_files, [content for _, content in attached]


def _articles(source: Source) -> list[tuple[object, ...]]:
    editor = next((i, name) for i, name, role in agents(source) if role == "knowledge-editor")
    rows: list[tuple[object, ...]] = []
    for entry in source.articles:
        keywords = " ".join((*entry["keywords"], *entry["synonyms"]))
        rows.append(
            (entry["id"], entry["version"], entry["category"], entry["title"], entry["question"],
             entry["answer"], entry["basis"], keywords, entry["region"], entry["valid_from"],
             entry["valid_until"], True, *spell(entry["title"]), *editor,
             entry.get("variant_of", ""))
        )  # fmt: skip
    return rows


def _settings(source: Source) -> list[tuple[object, ...]]:
    # Its people are invented, so that every role may have them on its seat.
    queues = [{"queue": name, "category_id": key} for name, key in source.queue_categories]
    values = {
        **DEFAULTS, PRACTICE: {"value": True, "generation": GENERATION},
        "queue-categories": {"items": queues}, "ticket-units": {"items": list(source.units)},
    }  # fmt: skip
    return [(name, 1, orjson.dumps(value).decode()) for name, value in sorted(values.items())]


def people(source: Source, size: SampleSize) -> Iterator[Part]:
    # Sources of their own, so that the people are the same whatever day it is.
    maker = People(source, Random(f"{size.seed} people"))
    pressed = Random(f"{size.seed} grades")
    on_calls = on_the_phone(source)
    history = History(source, Random(f"{size.seed} calls"), today=size.today, agents=on_calls)
    known = list(fixed_people(source))[: size.customers]
    calls = size.customers * size.interactions_per_customer
    if len(known) == len(source.fixed):
        yield from customer_parts(known, first_phone=0)
        rows = list(history.fixed({person.id: person for person in known}))[:calls]
        yield from call_parts(rows, pressed)
        calls -= len(rows)
        tickets = ticket_rows(source, known, agents=on_calls, today=size.today)
        yield tables.tickets, tickets
        yield tables.ticket_days, numbered_days(tickets)
    else:
        known = []
    left = size.customers - len(known)
    phones = sum(len(person.numbers) for person in known)
    while left:
        made = list(maker.make(min(BATCH, left)))
        yield from customer_parts(made, first_phone=phones)
        phones += sum(len(person.numbers) for person in made)
        share = calls * len(made) // left
        yield from call_parts(list(history.make(made, share)), pressed)
        calls -= share
        left -= len(made)


def call_parts(rows: Sequence[tuple[object, ...]], pressed: Random) -> Iterator[Part]:
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


def customer_parts(people: Sequence[Person], *, first_phone: int) -> Iterator[Part]:
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
        [(PHONE_ID.format(first_phone + n), *phone) for n, phone in enumerate(numbered)],
    )
