"""Search as you type: the newest answer as rows, stale ones dropped (step ⑥)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from agent_app.desk.knowledge import Knowledge
from agent_app.desk.shelf import Shelf
from agent_app.domain.knowledge import (
    EVERYWHERE,
    Category,
    SearchHit,
    SearchResults,
    SearchScope,
)
from agent_app.domain.shelf import ShelfReason
from ui.formatting import count, joined
from ui.record_words import shown_names
from ui.rows.row import Row


class SearchViewModel(QObject):
    """Signals:
    changed: rows or words changed.
    entered: key of the article that Enter opens.
    """

    changed = Signal()
    entered = Signal(str)

    def __init__(
        self, knowledge: Knowledge, shelf: Shelf, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._knowledge = knowledge
        self._shelf = shelf
        self._scope = EVERYWHERE
        self._query = ""
        self._generation = 0
        self._enter_waits = False
        self._results: SearchResults | None = None
        self._rows = self._at_hand()
        shelf.changed.connect(self._on_shelf)
        knowledge.results_changed.connect(self._on_results)
        knowledge.ready_changed.connect(self._on_ready)

    @property
    def query(self) -> str:
        return self._query

    @property
    def scope(self) -> SearchScope:
        return self._scope

    @property
    def categories(self) -> tuple[Category, ...]:
        return self._knowledge.categories

    @property
    def regions(self) -> tuple[str, ...]:
        return self._knowledge.regions

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    @property
    def status(self) -> str:
        """How many were found; empty while nothing was searched."""
        if not self._rows:
            return ""
        if self._results is None:
            return self.tr("At hand: favourites, read lately, used most")
        if self._results.total > len(self._rows):
            return self.tr("best {shown} of {total}").format(
                shown=count(len(self._rows)), total=count(self._results.total)
            )
        return self.tr("{total} found").format(total=count(len(self._rows)))

    @property
    def advice(self) -> str:
        """What stands in the empty list."""
        if not self._knowledge.ready:
            return self.tr("The knowledge base is still being prepared on this seat.")
        if not self._asks:
            return self.tr(
                "Type what the caller asks, in Chinese, pinyin or initials. "
                "↑ ↓ choose, Enter opens, Esc goes back."
            )
        if self._results is None:
            return ""
        if self._results.fault:
            return self.tr("The search did not answer: {reason}").format(reason=self._results.fault)
        return self.tr("Nothing found. Try fewer or other words.")

    def search(self, text: str) -> None:
        """The text of the search field changed."""
        query = text.strip()
        if query == self._query:
            return
        self._query = query
        self._ask()

    def look_in(self, scope: SearchScope) -> None:
        """Search, or list, only there."""
        if scope != self._scope:
            self._scope = scope
            self._ask()
            if self._asks:  # the place is shown before what is there has been found
                self.changed.emit()

    @property
    def _asks(self) -> bool:
        """There is a question, or a place to list; else the shelf is shown."""
        return bool(self._query or self._scope.category_id or self._scope.region)

    def _ask(self) -> None:
        self._enter_waits = False
        if self._asks:
            self._generation = self._knowledge.search(self._query, self._scope)
            return
        self._results, self._rows = None, self._at_hand()
        self.changed.emit()

    def enter(self, key: str) -> None:
        """Enter on the row ``key``; typed faster than found, it opens the first row to come."""
        if self._is_behind:
            self._enter_waits = True
        elif key:
            self.entered.emit(key)

    @property
    def _is_behind(self) -> bool:
        """The rows answer an older question than the one in the field."""
        answered = -1 if self._results is None else self._results.generation
        return self._asks and answered < self._generation

    def _on_results(self, results: SearchResults) -> None:
        if not self._asks or results.generation < self._generation:
            return
        self._results = results
        named = shown_names(self._knowledge.categories)
        self._rows = tuple(self._row(hit, named) for hit in results.hits)
        self.changed.emit()
        if self._enter_waits:
            self._enter_waits = False
            self.enter(self._rows[0].key if self._rows else "")

    def _on_ready(self, ready: bool) -> None:
        """What was typed before there was anything to search is asked again."""
        if ready and self._asks:
            self._generation = self._knowledge.search(self._query, self._scope)
        self.changed.emit()

    def _on_shelf(self) -> None:
        if not self._asks:
            self._rows = self._at_hand()
            self.changed.emit()

    def _at_hand(self) -> tuple[Row, ...]:
        words = {
            ShelfReason.FAVOURITE: self.tr("favourite"),
            ShelfReason.RECENT: self.tr("read lately"),
            ShelfReason.MOST_USED: self.tr("used often"),
        }
        named = shown_names(self._knowledge.categories)
        return tuple(
            replace(self._row(one.hit, named), trail=words[one.reason])
            for one in self._shelf.rows
            if one.hit.valid or not self._scope.in_force
        )

    def _row(self, hit: SearchHit, named: Mapping[str, str]) -> Row:
        return Row(
            key=hit.article_id,
            title=hit.title,
            lines=(joined(named.get(hit.category, hit.category), hit.snippet),),
            trail=hit.region,
            badge="" if hit.valid else self.tr("not in force"),
            marks=hit.marks,
            muted=not hit.valid,
        )
