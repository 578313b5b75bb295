"""Tells the centre whose data this seat showed (M42, step ⑤).

What the server gives out it writes down itself; the card comes from the seat's own copy.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from agent_app.domain.customers import CallerCard
from agent_app.domain.ids import AgentId, CustomerId, InteractionId
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from agent_app.store.sightings import Place


class SightingBook(Protocol):
    def note(self, customer_id: CustomerId, place: Place, author: AgentId) -> Awaitable[None]: ...


class Sightings:
    """Notes each person once a call, and once a look at her page."""

    def __init__(
        self,
        *,
        book: SightingBook,
        author: AgentId,
        tasks: Tasks,
        on_fault: Callable[[str], None],
    ) -> None:
        """``on_fault`` is told, in words, when the disk refuses a note."""
        self._book = book
        self._on_fault = on_fault
        self._author = author
        self._tasks = tasks
        self._told: set[tuple[InteractionId, CustomerId]] = set()

    def on_card(self, card: CallerCard) -> None:
        """A card is shown, perhaps again."""
        if card.customer is None or card.customer.is_new:
            return
        shown = (card.interaction_id, card.customer.customer_id)
        if shown not in self._told:
            self._told.add(shown)
            self.note(card.customer.customer_id, Place.CARD)

    def note(self, customer_id: CustomerId, place: Place) -> None:
        """She looks at somebody's data without a call."""
        self._tasks.spawn(self._note(customer_id, place))

    async def _note(self, customer_id: CustomerId, place: Place) -> None:
        try:
            await self._book.note(customer_id, place, self._author)
        except StoreError as error:
            self._on_fault(str(error))
