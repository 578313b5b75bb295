"""Centres of any size in a seat's own store, filled as a first sync fills it (step ⑧).

The people and their calls are those of the sample centre's generator, as many calls each in a small
centre as in a large one, so that only the size differs. Of a large one the generator makes some
thousands, SQL the rest under other ids and numbers: round by round, so that the calls of one person
lie apart in the file as time spreads them. Indexes are built at the end. Kept between runs.
"""

from __future__ import annotations

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
from functools import partial
from itertools import islice
from pathlib import Path

import orjson
from sqlalchemy import Connection

from agent_app.runtime.profile import Profile
from agent_app.store.cache_migrations import CACHE_MIGRATIONS
from agent_app.store.copying.fresh_file import FreshFile
from agent_app.store.opening import CACHE_NAME
from agent_app.store.tables import CACHE
from bench.key import KEY
from bench.sheet import note
from server import tables
from server.pinyin import spell
from server.sample.history import History
from server.sample.people import People, Person
from server.sample.source import Source, load_source
from sync.wire import TABLES, ChangePage, Json

GENERATION = 2
"""Raise it when the same size shall mean another content."""

SEED = 12366
TODAY = date(2026, 3, 2)
BATCH = 2_000
ORIGINALS = 20_000
ROUNDS = 5
"""So many calls has everybody."""
CALLERS = 2_000
_AGAIN = "printf('1%06x', {again}) || substr({column}, 4, 1) || substr({column}, 9)"
"""Another id for each repetition, later than all before, as new ids of the product are."""
_NUMBER = "'+86' || (13000000000 + :again * 100000 + {place})"

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
        _fill(root, customers)
    found = json.loads(content.read_text("utf-8"))
    callers = tuple(Caller(**one) for one in found.pop("callers"))
    return Centre(root=root, callers=callers, **found)


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "zuoxi-bench"


def _stamp() -> str:
    """Changes with the file's schema, the wire and our own generation."""
    what = repr((CACHE_MIGRATIONS, dict(TABLES), GENERATION, SEED, BATCH, ORIGINALS, ROUNDS))
    return hashlib.sha256(what.encode()).hexdigest()[:12]


def _fill(root: Path, customers: int) -> None:
    """Pages as they cross the wire, then their repetitions, then the indexes."""
    maker = _Maker(min(customers, ORIGINALS))
    with Profile(root) as profile:
        began = time.monotonic()
        path = profile.store / CACHE_NAME
        fresh = FreshFile(path, key=KEY)
        fresh.open()
        for number, page in enumerate(maker.pages(), 1):
            fresh.write(ChangePage(page, {}, number, number, more=True))
        callers = maker.callers()
        for part in _parts(customers // min(customers, ORIGINALS)):
            fresh.look(part)
            note(f"{part.args} after {time.monotonic() - began:.0f} s")
        callers += fresh.look(lambda c: _their_copies(c, callers))
        for statement in fresh.missing_indexes():
            fresh.build(statement)
        rows = fresh.look(_counts)
        fresh.complete()
        random.Random(SEED).shuffle(callers)
        content = {
            "rows": rows,
            "filled_s": round(time.monotonic() - began, 2),
            "file_bytes": path.stat().st_size,
            "callers": [asdict(one) for one in callers[:CALLERS]],
        }
    (root / "centre.new").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    (root / "centre.new").replace(root / "centre.json")


def _parts(times: int) -> Iterator[partial[None]]:
    """What is to be done to repeat the originals, each a transaction of some seconds."""
    yield partial(_prepare, times)
    for again in range(1, times):
        yield partial(_repeat_people, again)
    for part in range(ROUNDS) if times > 1 else ():
        yield partial(_repeat_calls, part, times)


def _prepare(_times: int, connection: Connection) -> None:
    """Which number each original call came from, as a place among the numbers."""
    connection.exec_driver_sql(
        "CREATE TEMP TABLE places AS SELECT number, rowid AS place FROM phones"
    )
    connection.exec_driver_sql("CREATE INDEX temp.by_number ON places (number)")


def _repeat_people(again: int, connection: Connection) -> None:
    ours = {"id": _AGAIN.format(again=":again", column="id")}
    _copy(connection, "customers", ours, "id < '1'", {"again": again})
    theirs = {
        **ours,
        "customer_id": _AGAIN.format(again=":again", column="customer_id"),
        "number": _NUMBER.format(place="rowid"),
    }
    _copy(connection, "phones", theirs, "id < '1'", {"again": again})


def _repeat_calls(part: int, times: int, connection: Connection) -> None:
    """One call more of everybody; the original's own is there."""
    count = connection.exec_driver_sql("SELECT count(*) FROM interactions WHERE id < '1'").scalar()
    step = int(count or 0) // ROUNDS
    place = "(SELECT place FROM places WHERE places.number = interactions.number)"
    changed = {
        "id": _AGAIN.format(again=f"{part * times} + :again", column="id"),
        "customer_id": _AGAIN.format(again=":again", column="customer_id"),
        "number": f"coalesce({_NUMBER.format(place=place)}, number)",
    }
    among = f"id < '1' AND rowid > {part * step} AND rowid <= {(part + 1) * step}"
    for again in range(1, times):
        _copy(connection, "interactions", changed, among, {"again": again})


def _copy(
    connection: Connection, table: str, changed: dict[str, str], among: str, given: dict[str, int]
) -> None:
    columns = [column.name for column in CACHE.tables[table].columns]
    values = ", ".join(changed.get(column, column) for column in columns)
    connection.exec_driver_sql(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE {among}",
        given,
    )


def _their_copies(connection: Connection, callers: list[Caller]) -> list[Caller]:
    """Some who were made by repetition, all over the table."""
    found = connection.exec_driver_sql(
        "SELECT c.id, c.name, p.number FROM customers c JOIN phones p ON p.customer_id = c.id"
        " WHERE c.id > '1' AND c.rowid % 400 = 7"
    )
    known = {one.customer_id[-12:] for one in callers}
    return [Caller(*row) for row in found if row.id[-12:] in known]


def _counts(connection: Connection) -> dict[str, int]:
    return {
        table: int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0)
        for table in ("customers", "phones", "interactions")
    }


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
        for first in range(0, self._customers, BATCH):
            made = list(people.make(min(BATCH, self._customers - first)))
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
        """Those whose number is nobody else's."""
        return [
            Caller(person.id, person.name, person.numbers[0])
            for batch in self._spoke
            for person in batch
            if self._known[person.numbers[0]] == 1
        ]

    def _people(self, people: list[Person]) -> Rows:
        customers: list[list[Json]] = []
        phones: list[list[Json]] = []
        for one in people:
            kind = "company" if one.company else "person"
            values: dict[str, Json] = {
                "id": one.id, "version": 1, "kind": kind, "name": one.name,
                "segment_id": one.segment_id, "region": one.region,
                "arrears_cents": one.arrears_cents, "warning": one.warning, "notes": one.notes,
                "merged_into": None, "custom": {},
            }  # fmt: skip
            customers.append([values.get(name, "") for name in TABLES["customers"]])
            for number, label in zip(one.numbers, one.labels, strict=True):
                self._phones += 1
                phone_id = f"01920000-0000-7000-8000-{self._phones:012x}"
                phones.append([phone_id, one.id, number, label])
                self._known[number] += 1
        return {"customers": customers, "phones": phones}


def _interaction(row: tuple[object, ...], places: list[int]) -> list[Json]:
    """The server's row as it crosses the wire: quotes as a list, without its own columns."""
    wire: list[Json] = [row[place] for place in places]  # type: ignore[misc]  # plain values
    quotes = TABLES["interactions"].index("quotes")
    wire[quotes] = orjson.loads(str(wire[quotes]))
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
