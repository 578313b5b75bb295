"""Centres of any size in a seat's own store, filled as a sync would: in pages (step ⑧).

The people and their calls are those of the sample centre's generator. Calls are spread over the
whole table as time spreads them, and the history of those who will call is equally long in a small
centre and in a large one, so that only the size differs. Large ones are kept between runs.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from pathlib import Path

import orjson

from agent_app.runtime.profile import Profile
from agent_app.store.database import FileSettings
from agent_app.store.migrations import CACHE_MIGRATIONS
from agent_app.store.store import Store, StoreSettings
from bench.key import KEY
from bench.sheet import note
from server import tables
from server.pinyin import spell
from server.sample.history import History
from server.sample.people import People, Person
from server.sample.source import Source, load_source
from sync.wire import TABLES, ChangePage, Json

GENERATION = 1
"""Raise it when the same size shall mean another content."""

SEED = 12366
TODAY = date(2026, 3, 2)
BATCH = 2_000
WITH_HISTORY = 50
"""At most so many batches of customers have calls: as many each as in the sample centre."""
ROUNDS = 10
CALLERS = 2_000
_FILLING = StoreSettings(cache=FileSettings(durable=False, cache_kib=400_000))

Rows = dict[str, list[list[Json]]]


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody whose number is nobody else's."""

    customer_id: str
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Centre:
    """``root`` is a profile. ``filled_s`` is what filling took when it was done."""

    root: Path
    rows: dict[str, int]
    filled_s: float
    file_bytes: int
    callers: tuple[Caller, ...]


def prepared(customers: int) -> Centre:
    """The centre of this size, filled now if it was not yet."""
    root = _cache() / f"centre-{_stamp()}-{customers}"
    content = root / "centre.json"
    if not content.exists():
        shutil.rmtree(root, ignore_errors=True)
        note(f"filling a store with {customers} customers, once for all later runs: {root}")
        asyncio.run(_fill(root, customers))
    found = json.loads(content.read_text("utf-8"))
    callers = tuple(Caller(**one) for one in found.pop("callers"))
    return Centre(root=root, callers=callers, **found)


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "zuoxi-bench"


def _stamp() -> str:
    """Changes with the file's schema, the wire and our own generation."""
    what = repr((CACHE_MIGRATIONS, dict(TABLES), GENERATION, SEED, BATCH, WITH_HISTORY, ROUNDS))
    return hashlib.sha256(what.encode()).hexdigest()[:12]


async def _fill(root: Path, customers: int) -> None:
    maker = _Maker(customers)
    counts: Counter[str] = Counter()
    with Profile(root) as profile:
        began = time.monotonic()
        store = await Store.open(profile.store, KEY, settings=_FILLING)
        pages = maker.pages()
        page = next(pages, None)
        number = 0
        while page is not None:
            number += 1
            writing = asyncio.create_task(
                store.replica.apply(ChangePage(page, {}, number, number, more=True))
            )
            counts.update({table: len(rows) for table, rows in page.items()})
            page = await asyncio.to_thread(next, pages, None)
            await writing
            if number % 25 == 0:
                note(f"{sum(counts.values())} rows in {time.monotonic() - began:.0f} s")
        await store.close()
        content = {
            "rows": dict(counts),
            "filled_s": round(time.monotonic() - began, 2),
            "file_bytes": (profile.store / "cache.db").stat().st_size,
            "callers": [asdict(one) for one in maker.callers()],
        }
    fresh = root / "centre.new"
    fresh.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    fresh.replace(root / "centre.json")


class _Maker:
    """Makes one centre's pages; afterwards it knows who may call."""

    def __init__(self, customers: int) -> None:
        self._source = load_source()
        self._customers = customers
        self._spoke: list[list[Person]] = []
        self._known: Counter[str] = Counter()
        self._phones = 0
        agents = [(f"agent-{1001 + n}", name) for n, name in enumerate(self._source.agents)]
        self._history = History(
            self._source, random.Random(f"{SEED} calls"), today=TODAY, agents=agents
        )

    def pages(self) -> Iterator[Rows]:
        yield reference(self._source)
        people = People(self._source, random.Random(f"{SEED} people"))
        step = max(1, self._customers // BATCH // WITH_HISTORY)
        for number, first in enumerate(range(0, self._customers, BATCH)):
            made = list(people.make(min(BATCH, self._customers - first)))
            if number % step == 0:
                self._spoke.append(made)
            yield self._people(made)
        columns = [column.name for column in tables.interactions.columns]
        places = [columns.index(name) for name in TABLES["interactions"]]
        for _ in range(ROUNDS):
            for batch in self._spoke:
                calls = self._history.make(batch, len(batch))
                while part := list(islice(calls, BATCH)):
                    yield {"interactions": [_interaction(row, places) for row in part]}

    def callers(self) -> list[Caller]:
        """Some of those with a history, all over the table, in an order of chance."""
        known = [
            Caller(person.id, person.name, person.numbers[0])
            for batch in self._spoke
            for person in batch
            if self._known[person.numbers[0]] == 1
        ]
        random.Random(SEED).shuffle(known)
        return known[:CALLERS]

    def _people(self, people: list[Person]) -> Rows:
        customers: list[list[Json]] = []
        phones: list[list[Json]] = []
        for one in people:
            kind = "company" if one.company else "person"
            customers.append([one.id, 1, kind, one.name, one.segment_id, one.region,
                              one.arrears_cents, one.warning, one.notes])  # fmt: skip
            for number, label in zip(one.numbers, one.labels, strict=True):
                self._phones += 1
                phone_id = f"01920000-0000-7000-8000-{self._phones:012x}"
                phones.append([phone_id, one.id, number, label])
                self._known[number] += 1
        return {"customers": customers, "phones": phones}


def _interaction(row: tuple[object, ...], places: list[int]) -> list[Json]:
    """The server's row as it crosses the wire: quotes as a list, without its own columns."""
    wire: list[Json] = [row[place] for place in places]  # type: ignore[misc]  # plain values
    wire[-1] = orjson.loads(str(wire[-1]))
    return wire


def reference(source: Source) -> Rows:
    """Segments, categories and the sample's articles."""
    return {
        "segments": [[one.id, one.name, one.rule] for one in source.segments.items],
        "categories": [
            [one["id"], one["parent"], one["name"], one["name_en"], place]
            for place, one in enumerate(source.categories)
        ],
        "articles": [
            [one["id"], one["version"], one["category"], one["title"], one["question"],
             one["answer"], one["basis"], " ".join((*one["keywords"], *one["synonyms"])),
             one["region"], one["valid_from"], one["valid_until"], True, *spell(one["title"]),
             "", "", ""]
            for one in source.articles
        ],
    }  # fmt: skip
