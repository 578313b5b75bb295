"""Looking for the person a call belongs to, while she types (step ⑥)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.domain.customer_search import NOBODY_FOUND, CustomersFound
from agent_app.domain.numbers import Number
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError

SHOWN = 8
"""More than these are not read on a card: another letter finds faster."""


class People(Protocol):
    """The store's search over names, pinyin, numbers, companies."""

    def find(
        self, text: str, limit: int = ..., *, normal: str = ...
    ) -> Awaitable[CustomersFound]: ...


@dataclass(frozen=True, slots=True)
class PersonsFound:
    """``text`` is what was typed; ``fault`` says why nothing could be looked for."""

    text: str = ""
    people: CustomersFound = NOBODY_FOUND
    fault: str = ""


class PersonSearch(QObject):
    """Only the answer to what was typed last is told.

    Signals:
        found: PersonsFound.
    """

    found = Signal(object)

    def __init__(self, *, people: People, number: Callable[[str], Number], tasks: Tasks) -> None:
        super().__init__()
        self._people = people
        self._number = number
        self._tasks = tasks
        self._asked = 0

    def look_for(self, text: str) -> None:
        self._asked += 1
        if text.strip():
            self._tasks.spawn(self._find(text, self._asked))
        else:
            self.found.emit(PersonsFound())

    async def _find(self, text: str, mine: int) -> None:
        try:
            normal = self._number(text).normal
            answer = PersonsFound(text, await self._people.find(text, SHOWN, normal=normal))
        except StoreError as error:
            answer = PersonsFound(text, fault=str(error))
        if mine == self._asked:
            self.found.emit(answer)
