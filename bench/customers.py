"""Looking for customers as they are typed, at 2 000 and at 1 000 000 of them.

The store alone, one question at a time, as the page asks it with every key: names, given names,
a company's own word, numbers from their front and their end, a name with a region, a surname with
last digits, and what nobody is called. The rows come with segment, numbers and the last
conversation.
Beside it: the same names by LIKE out of the same encrypted file, and the small centre.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from pathlib import Path

from agent_app.runtime.profile import Profile
from agent_app.store.opening import CACHE_NAME
from agent_app.store.store import Store
from bench.centre import Caller, prepared
from bench.key import KEY, open_bare
from bench.sheet import Findings, Options, run
from bench.sizes import compared

ALL = "every key press of these"
LIKE = "bare SQLite: the name by LIKE"
LIKE_SQL = "SELECT id FROM customers WHERE name LIKE ? LIMIT 50"
REGIONS = ("杭州", "宁波", "西湖区", "温州")
FRONT = 3


def measure(options: Options) -> Findings:
    small, large = (40, 200) if options.quick else (2_000, 1_000_000)
    people = 5 if options.quick else 120
    return compared({size: asyncio.run(_at(size, people)) for size in (small, large)})


async def _at(customers: int, people: int) -> dict[str, list[float]]:
    """Milliseconds of each question."""
    centre = prepared(customers)
    somebody = centre.callers[:people]
    times: dict[str, list[float]] = {}
    with Profile(centre.root) as profile:
        store = await Store.open(profile.store, KEY)
        try:
            await store.customer_search.find("预热")
            for name, questions in _questions(somebody).items():
                times[name] = [await _timed(store, one) for one in questions]
        finally:
            await store.close()
        times[ALL] = [one for values in times.values() for one in values]
        times[LIKE] = _like(profile.store / CACHE_NAME, somebody[: max(1, people // 10)])
    return times


def _questions(people: Sequence[Caller]) -> dict[str, list[str]]:
    luck = random.Random(7)
    found = {
        "a name, key by key": [one.name[:end] for one in people
                               for end in range(1, len(one.name) + 1)],
        "a given name": [one.name[1:] for one in people if len(one.name) < 5],
        "a company's own word": [one.name[2:5] for one in people if len(one.name) > 5],
        "a number, key by key": [_front(one)[:end] for one in people[::4]
                                 for end in range(FRONT, len(_front(one)) + 1)],
        "last digits": [one.number[-4:] for one in people],
        "a surname and a region": [f"{one.name[0]} {luck.choice(REGIONS)}" for one in people],
        "a surname and last digits": [f"{one.name[0]} {one.number[-4:]}" for one in people],
        "nobody": [f"魑{one.name}" for one in people],
    }  # fmt: skip
    return {name: questions for name, questions in found.items() if questions}


def _front(one: Caller) -> str:
    return one.number.removeprefix("+86")


async def _timed(store: Store, text: str) -> float:
    began = time.perf_counter()
    await store.customer_search.find(text)
    return 1000 * (time.perf_counter() - began)


def _like(path: Path, people: Sequence[Caller]) -> list[float]:
    connection = open_bare(path)
    times = []
    for one in people:
        began = time.perf_counter()
        connection.execute(LIKE_SQL, (f"%{one.name}%",)).fetchall()
        times.append(1000 * (time.perf_counter() - began))
    connection.close()
    return times


if __name__ == "__main__":
    run("customers", __doc__, measure)
