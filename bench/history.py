"""The history page's questions at 2 000 and at 1 000 000 customers, five calls each.

The store alone, one question at a time, as the page asks it: the newest page, a page of any day, a
whole number, and until the first screenful is there: the end of a number, a word that is common and
one agent's own. Last, what nobody said: each stretch of it, and all of it to the oldest call.
Beside it: the same newest page by bare SQLite out of the same encrypted file, and the small centre.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from agent_app.domain.records import Record, RecordFilter, Sought
from agent_app.runtime.profile import Profile
from agent_app.store.opening import CACHE_NAME
from agent_app.store.records import PAGE
from agent_app.store.store import Store
from bench.centre import prepared
from bench.key import KEY, open_bare
from bench.sheet import Findings, Options, run
from bench.sizes import compared

NEWEST = "the newest page"
BARE = "bare SQLite: the same rows"
NOBODY = "what nobody said: a stretch"
WHOLE = "what nobody said: to the oldest call"
NEVER = RecordFilter(Sought(words=("鼯鼠滑翔",)))
BARE_SQL = f"SELECT * FROM interactions ORDER BY started_at DESC LIMIT {PAGE}"


def measure(options: Options) -> Findings:
    small, large = (40, 200) if options.quick else (2_000, 1_000_000)
    rounds = 5 if options.quick else 60
    return compared({size: asyncio.run(_at(size, rounds)) for size in (small, large)})


async def _at(customers: int, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each question."""
    with Profile(prepared(customers).root) as profile:
        store = await Store.open(profile.store, KEY)
        try:
            times = await _asked(store, rounds)
        finally:
            await store.close()
        times[BARE] = _bare(profile.store / CACHE_NAME, rounds)
    return times


async def _asked(store: Store, rounds: int) -> dict[str, list[float]]:
    luck = random.Random(7)
    newest = (await store.records.page(RecordFilter())).records
    seen, day = list(newest), newest[0].started_at
    for _ in range(rounds):
        until = day - timedelta(days=luck.randrange(1, 300))
        seen += (await store.records.page(RecordFilter(until=until))).records
    numbers = [one.number for one in luck.sample(seen, rounds)]
    questions: dict[str, Sequence[RecordFilter]] = {
        NEWEST: [RecordFilter()] * rounds,
        "a page of any day": [
            RecordFilter(until=datetime.fromtimestamp(day.timestamp() - 86_400 * at, UTC))
            for at in luck.sample(range(1, 900), rounds)
        ],
        "a whole number": [RecordFilter(Sought(number=number)) for number in numbers],
        "the end of a number, a screenful": [_words(number[-4:]) for number in numbers[:5]],
        "a common word, a screenful": [_words(one.question[:2]) for one in _asking(seen, rounds)],
        "hers, a screenful": [RecordFilter(agent_id=newest[0].agent_id)] * rounds,
    }
    times = {name: [await _screenful(store, one) for one in all_of]
             for name, all_of in questions.items()}  # fmt: skip
    began = time.perf_counter()
    place, stretches = None, list[float]()
    while True:
        asked = time.perf_counter()
        page = await store.records.page(NEVER, place)
        stretches.append(1000 * (time.perf_counter() - asked))
        if (place := page.next) is None:
            break
    return times | {NOBODY: stretches, WHOLE: [1000 * (time.perf_counter() - began)]}


async def _screenful(store: Store, wanted: RecordFilter) -> float:
    """Until a page is full, or there is no more."""
    began, place, found = time.perf_counter(), None, 0
    while found < PAGE:
        page = await store.records.page(replace(wanted), place)
        found, place = found + len(page.records), page.next
        if place is None:
            break
    return 1000 * (time.perf_counter() - began)


def _bare(path: Path, rounds: int) -> list[float]:
    connection = open_bare(path)
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        connection.execute(BARE_SQL).fetchall()
        times.append(1000 * (time.perf_counter() - began))
    connection.close()
    return times


def _words(text: str) -> RecordFilter:
    return RecordFilter(Sought(words=(text,)))


def _asking(seen: Sequence[Record], rounds: int) -> list[Record]:
    return [one for one in seen if len(one.question) > 1][:rounds]


if __name__ == "__main__":
    run("history", __doc__, measure)
