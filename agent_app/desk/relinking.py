"""Whose call it is can be put right at any time, and nobody is moved without a word (④ to ⑦).

Whatever makes a card another person's is heard here: she chose, a colleague did, the exchange
named another number, the centre merged two records. The summary follows the card as long as it is
open; once it is saved, its record moves along. Each such move is said, with a way back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.desk.cards import Cards
from agent_app.desk.summaries import Summaries
from agent_app.domain.customers import CallerCard, CardState, Customer, ReasonKind
from agent_app.domain.ids import AgentId, CustomerId, InteractionId
from agent_app.domain.summary import DraftState
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from agent_app.store.moves import Move

_UNSETTLED = (CardState.LOOKING_UP, CardState.UNREADABLE)


class Records(Protocol):
    """Where saved calls are kept."""

    async def move(self, move: Move) -> bool:
        """False when the call was not saved here."""


class MoveCause(StrEnum):
    YOU = "you"
    COLLEAGUE = "colleague"
    OTHER_NUMBER = "other-number"
    MERGED = "merged"  # two records of one person became one
    GONE = "gone"  # the centre does not have this customer any more


@dataclass(frozen=True, slots=True)
class PersonMoved:
    """A call belongs to somebody else now, None: to nobody who is known.

    ``saved``: its record moved along. With a ``fault`` nothing moved.
    """

    interaction_id: InteractionId
    before: Customer | None
    after: Customer | None
    cause: MoveCause
    saved: bool = False
    fault: str = ""

    @property
    def can_undo(self) -> bool:
        """Whether the one before is still somebody it can be given back to."""
        return not self.fault and self.cause not in (MoveCause.MERGED, MoveCause.GONE)


class Relinking(QObject):
    """Lives in the GUI thread.

    Signals:
        moved: PersonMoved.
    """

    moved = Signal(object)

    def __init__(
        self,
        *,
        cards: Cards,
        summaries: Summaries,
        records: Records,
        agent_id: AgentId,
        wake: Callable[[], None],
        tasks: Tasks,
    ) -> None:
        """``wake`` makes replication look at the outbox now."""
        super().__init__()
        self._cards = cards
        self._summaries = summaries
        self._records = records
        self._agent_id = agent_id
        self._wake = wake
        self._tasks = tasks
        self._settled: dict[InteractionId, CallerCard] = {}
        self._moves: dict[InteractionId, PersonMoved] = {}
        self._one_by_one = asyncio.Lock()
        cards.changed.connect(self._on_card)

    def last(self, interaction_id: InteractionId) -> PersonMoved | None:
        """The last move of a call, until it was dismissed."""
        return self._moves.get(interaction_id)

    def link(self, interaction_id: InteractionId, customer_id: CustomerId | None) -> None:
        """It is this person; None: nobody who is known, and a save that asked who it is goes on."""
        if customer_id is not None:
            self._cards.choose(interaction_id, customer_id)
            return
        self._cards.choose_nobody(interaction_id)
        self._summaries.bind(interaction_id, None)  # a saved one is moved, not bound

    def undo(self, interaction_id: InteractionId) -> None:
        """Give the call back to the one before."""
        last = self._moves.get(interaction_id)
        if last is not None and last.can_undo:
            self.link(interaction_id, _id_of(last.before))

    def dismiss(self, interaction_id: InteractionId) -> None:
        """She has read it."""
        self._moves.pop(interaction_id, None)

    def _on_card(self, card: CallerCard) -> None:
        if card.state in _UNSETTLED:
            return
        interaction_id = card.interaction_id
        self._forget_old()
        before = self._settled.get(interaction_id)
        self._settled[interaction_id] = card
        if before is None or _id_of(before.customer) == _id_of(card.customer):
            return
        move = PersonMoved(interaction_id, before.customer, card.customer, _cause(before, card))
        if self._saved(interaction_id):
            if card.chosen is not None:
                self._tasks.spawn(self._move(move, before))
            return  # else the centre does to its records what it did to the person
        if move.cause is MoveCause.GONE:  # another number's is asked about, hers is bound by link()
            self._summaries.bind(interaction_id, None)
        if before.customer is not None:
            self._say(move)

    def _forget_old(self) -> None:
        for gone in [one for one in self._settled if self._cards.card(one) is None]:
            del self._settled[gone]
            self._moves.pop(gone, None)

    def _saved(self, interaction_id: InteractionId) -> bool:
        draft = self._summaries.draft(interaction_id)
        return draft is not None and draft.state is DraftState.SAVED

    async def _move(self, move: PersonMoved, before: CallerCard) -> None:
        name = "" if move.after is None else move.after.name
        wish = Move(move.interaction_id, _id_of(move.after), name, self._agent_id)
        try:
            async with self._one_by_one:
                moved = await self._records.move(wish)
        except StoreError as error:
            self._settled[move.interaction_id] = before
            self.link(move.interaction_id, _id_of(before.customer))
            self._say(replace(move, fault=str(error)))
            return
        if moved:
            self._wake()
        else:  # the disk did not take the summary: it is hers to edit again
            self._summaries.bind(move.interaction_id, wish.customer_id, name)
        self._say(replace(move, saved=moved))

    def _say(self, move: PersonMoved) -> None:
        self._moves[move.interaction_id] = move
        self.moved.emit(move)


def _cause(before: CallerCard, card: CallerCard) -> MoveCause:
    merged = card.customer is not None and _id_of(before.customer) in card.customer.was
    if merged:
        return MoveCause.MERGED
    if card.chosen is ReasonKind.CHOSEN:
        return MoveCause.YOU
    if card.chosen is ReasonKind.CHOSEN_BY_COLLEAGUE:
        return MoveCause.COLLEAGUE
    return MoveCause.OTHER_NUMBER if before.number != card.number else MoveCause.GONE


def _id_of(customer: Customer | None) -> CustomerId | None:
    return None if customer is None else customer.customer_id
