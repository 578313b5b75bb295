"""A page of changed articles while somebody types: when are the new titles found? (step ⑥)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from agent_app.desk.seat import Seat
from agent_app.domain.knowledge import SearchResults
from agent_app.store.store import Store
from bench.articles import Article
from bench.desk import until
from bench.sheet import BenchError
from sync.wire import TABLES, ChangePage

PAGE = 500
_TITLE = TABLES["articles"].index("title")
_SPELT = TABLES["articles"].index("pinyin")


async def change(
    seat: Seat, store: Store, rows: list[Article], press: Callable[[], Awaitable[dict[str, Any]]]
) -> dict[str, Any]:
    """The last articles get other titles; keys are pressed until the search knows them.

    Raises BenchError when it does not.
    """
    changed = [_renamed(row, number) for number, row in enumerate(rows[-PAGE:])]
    told = asyncio.Event()
    seat.knowledge.reloaded.connect(told.set)
    cursor = await store.replica.cursor() + 1
    began = time.monotonic()
    await store.replica.apply(ChangePage({"articles": changed}, {}, cursor, cursor, more=False))
    keys = [await press()]
    while not told.is_set():
        keys.append(await press())
    taken_in_s = time.monotonic() - began
    seat.knowledge.reloaded.disconnect(told.set)
    await _found(seat, str(changed[0][_TITLE]))
    return {"articles": len(changed), "taken_in_s": taken_in_s, "keys": keys}


def _renamed(row: Article, number: int) -> Article:
    found = list(row)
    found[_TITLE], found[_SPELT] = f"龘靐第{number}号口径", ""
    return found


async def _found(seat: Seat, title: str) -> None:
    titles: list[str] = []

    def note(results: SearchResults) -> None:
        titles.extend(hit.title for hit in results.hits)

    seat.knowledge.results_changed.connect(note)
    seat.knowledge.search(title)
    await until("the new title is found", lambda: bool(titles))
    seat.knowledge.results_changed.disconnect(note)
    if title not in titles:
        raise BenchError(f"{title} is not found")
