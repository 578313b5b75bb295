"""One desk with one knowledge base, typed into: how long until the results are painted (step ⑥).

Prints one JSON object: for each key its kind and milliseconds, here, in FTS5 and in a bare window.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from agent_app.demo.driver import Driver
from agent_app.desk.seat import Seat
from agent_app.domain.knowledge import SearchResults
from agent_app.runtime.loop import leave, run_desk
from agent_app.runtime.profile import Profile
from agent_app.store.store import Store
from bench.articles import Article, articles, pages, texts
from bench.bare_search import BareSearch
from bench.desk import Desk, desk_application, open_desk, until
from bench.fts import FullText
from bench.key import KEY
from bench.painting import PaintWatch
from bench.search_changes import change
from bench.sheet import BenchError
from bench.typed import Question, questions, type_key
from ui.application import DeskApplication
from ui.rows.list_view import RowList
from ui.rows.row import Row

WARM_UP = 12


@dataclass(slots=True)
class Moments:
    """Monotonic nanoseconds of one key; 0 is not yet."""

    text: str = ""
    found_ns: int = 0
    shown: bool = False
    changed: bool = True
    painted_ns: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)


class SearchWatch(QObject):
    """Writes down when the results of the key pressed last were there, and when painted."""

    def __init__(self) -> None:
        super().__init__()
        self.moments = Moments()
        self._results: RowList | None = None
        self._before: tuple[Row, ...] = ()
        self._paint: PaintWatch | None = None

    def before_window(self, seat: Seat) -> None:
        seat.knowledge.results_changed.connect(self._on_found)

    def after_window(self, seat: Seat, results: RowList) -> None:
        seat.knowledge.results_changed.connect(self._on_shown)
        self._results = results
        self._paint = PaintWatch([results.viewport()], self._on_paint)

    def begin(self, text: str) -> Moments:
        assert self._results is not None, "there is no window yet"
        self._before = self._results.row_model.rows
        self.moments = Moments(text)
        return self.moments

    def _on_found(self, results: SearchResults) -> None:
        if results.query == self.moments.text:
            self.moments.found_ns = time.monotonic_ns()

    def _on_shown(self, results: SearchResults) -> None:
        """The rows are in the list by now; the same rows as before are not painted again."""
        if self._results is not None and results.query == self.moments.text:
            self.moments.shown = True
            self.moments.changed = self._results.row_model.rows != self._before
            if not self.moments.changed:
                self.moments.done.set()

    def _on_paint(self, at_ns: int) -> None:
        if self.moments.shown and not self.moments.painted_ns:
            self.moments.painted_ns = at_ns
            self.moments.done.set()


async def press(watch: SearchWatch, line: QLineEdit, question: Question) -> dict[str, Any]:
    """One key. ``painted`` is None when the rows stayed as they were. Raises BenchError."""
    moments = watch.begin(question.text)
    began = time.monotonic_ns()
    type_key(line, question)
    try:
        await asyncio.wait_for(moments.done.wait(), 20)
    except TimeoutError:
        raise BenchError(f"no results were painted for {question}: {moments}") from None
    painted = (moments.painted_ns - began) / 1e6 if moments.changed else None
    found = (moments.found_ns - began) / 1e6
    return {"kind": question.kind, "found": found, "painted": painted}


async def measure(
    application: DeskApplication, profile: Profile, given: argparse.Namespace
) -> dict[str, Any]:
    rows = articles(given.articles)
    with tempfile.TemporaryDirectory(prefix="zuoxi-bench-fts-") as folder:
        fts = FullText(Path(folder) / "fts.db", (texts(row) for row in rows))
        store = await Store.open(profile.store, KEY)
        for page in pages(rows):
            await store.replica.apply(page)
        await store.close()
        watch = SearchWatch()
        began = time.monotonic()
        desk = await open_desk(application, profile, before_window=watch.before_window)
        ready_s = time.monotonic() - began
        keys = await _type(desk, watch, fts, given)
        changes = await _change(desk, watch, rows)
        await desk.close()
        bare = await _bare([texts(row)[0] for row in rows[:80]], given)
        fts.close()
        return {
            "keys": keys, "bare": bare, "ready_s": ready_s, "fts_built_s": fts.built_s,
            "changes": changes,
        }  # fmt: skip


async def _change(desk: Desk, watch: SearchWatch, rows: list[Article]) -> dict[str, Any]:
    """Somebody types all the while."""
    line = Driver(desk.window).find(QLineEdit, "search-field")
    asked = cycle(questions())

    async def one_key() -> dict[str, Any]:
        await asyncio.sleep(0.01)
        return await press(watch, line, next(asked))

    return await change(desk.seat, desk.running.ground.store, rows, one_key)


async def _type(
    desk: Desk, watch: SearchWatch, fts: FullText, given: argparse.Namespace
) -> list[dict[str, Any]]:
    driver = Driver(desk.window)
    watch.after_window(desk.seat, driver.find(RowList, "results-list"))
    driver.press("F7")
    line = driver.find(QLineEdit, "search-field")
    await until("the search field has the keyboard", line.hasFocus)
    chance = random.Random(given.articles)
    todo = list(questions(quick=given.quick)) * given.rounds
    keys = []
    for number, question in enumerate([*todo[:WARM_UP], *todo]):
        await asyncio.sleep(chance.uniform(0.01, 0.05))  # in step with no timer
        key = await press(watch, line, question)
        key["fts"], key["fts_rows"] = fts.search(question.text)
        if number >= WARM_UP:
            keys.append(key)
    return keys


async def _bare(titles: list[str], given: argparse.Namespace) -> list[float]:
    """After the desk's window is gone: each has the screen for itself."""
    window = BareSearch(titles)
    window.show()
    await until("the bare window is active", window.isActiveWindow)
    taken = []
    for question in list(questions(quick=given.quick)) * given.rounds:
        await asyncio.sleep(0.01)
        taken.append(await window.press(question))
    window.hide()
    return taken[1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    application = desk_application()

    async def work(_stop: asyncio.Event) -> int:
        with (
            tempfile.TemporaryDirectory(prefix="zuoxi-bench-") as root,
            Profile(Path(root)) as profile,
        ):
            found = await measure(application, profile, given)
        sys.stdout.write(json.dumps(found) + "\n")
        return 0

    leave(run_desk(application, work))


if __name__ == "__main__":
    main()
