"""Who is calling: the look-up behind the card (steps ④ and ⑤), from the seat's own cache."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.desk.rounds import Rounds
from agent_app.domain.calls import Call
from agent_app.domain.customers import CallerCard, Candidate, CardState, Customer, ReasonKind
from agent_app.domain.ids import CustomerId, InteractionId
from agent_app.domain.summary import SummaryDraft
from agent_app.runtime.tasks import Tasks
from agent_app.store.callers import NumberMatch
from agent_app.store.errors import StoreError

TOGETHER_MS = 40
"""So long the screen waits to show a call together with its card, and not one after the other."""


class Callers(Protocol):
    """The two questions the card asks of the store."""

    def find_by_number(self, normal: str, *, you: str = ...) -> Awaitable[NumberMatch]:
        """Work begins with the call, not with the await; ``you`` is the agent who is rung."""

    async def load(self, customer_id: CustomerId, history_limit: int = ...) -> Customer | None: ...


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a person said of a call; ``customer_id`` None: it is nobody who is known."""

    by: ReasonKind
    customer_id: CustomerId | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question of the store under way; ``told`` lets the window show what came of the call."""

    answer: Awaitable[NumberMatch]
    told: Callable[[], None] = lambda: None


class Cards(QObject):
    """One card per interaction, kept while it is a tab of the page.

    Signals:
        changed: CallerCard.
    """

    changed = Signal(object)

    def __init__(
        self,
        *,
        callers: Callers,
        region_of: Callable[[str], str],
        tasks: Tasks,
        you: str = "",
        rounds: Rounds | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._rounds = rounds or Rounds(self)
        self._callers = callers
        self._region_of = region_of
        self._tasks = tasks
        self._you = you
        self._cards: dict[InteractionId, CallerCard] = {}
        self._chosen: dict[InteractionId, _Choice] = {}
        self._asked: dict[InteractionId, _Asked] = {}

    def card(self, interaction_id: InteractionId) -> CallerCard | None:
        return self._cards.get(interaction_id)

    def ask(self, call: Call) -> None:
        """Put the question of a new call to the store; connect it before all who show the call.

        The store's thread looks while the others are told that it rings; ``on_call`` awaits it. If
        it answers soon, the call is shown together with its card.
        """
        if call.live and call.interaction_id not in self._cards and not _withheld(call):
            held = self._rounds.hold(TOGETHER_MS)
            self._asked[call.interaction_id] = _Asked(self._ask(call.normal), held)

    def on_call(self, call: Call) -> None:
        """A call moved; the first time it is seen, find out who it is.

        When another number is named later (transferred, picked up) that one is asked about, unless
        she has chosen who it is.
        """
        card = self._cards.get(call.interaction_id)
        if not call.live or (card is not None and card.number == _number(call)):
            return
        if card is None or call.interaction_id not in self._chosen:
            self._begin(call, None)  # the first time, or the exchange says it is somebody else
        else:
            blank = self._blank(call)
            self._put(replace(blank, state=card.state, customer=card.customer, chosen=card.chosen))

    def restore(self, draft: SummaryDraft) -> None:
        """Show the card of an unfinished summary again, with the person it was bound to."""
        self._begin(draft.call, draft.customer_id)

    def choose(
        self,
        interaction_id: InteractionId,
        customer_id: CustomerId,
        by: ReasonKind = ReasonKind.CHOSEN,
    ) -> None:
        """She, or the colleague who had the call before, says who it is."""
        if interaction_id in self._cards:
            self._chosen[interaction_id] = _Choice(by, customer_id)
            self._show(interaction_id, customer_id)

    def choose_nobody(self, interaction_id: InteractionId) -> None:
        """She says that it is none of those who are known."""
        card = self._cards.get(interaction_id)
        if card is not None:
            self._chosen[interaction_id] = _Choice(ReasonKind.CHOSEN, None)
            self._change(interaction_id, state=_unnamed(card))

    def refresh(self) -> None:
        """The cache changed: ask again for the cards of people, and for the numbers nobody had."""
        for card in tuple(self._cards.values()):
            choice = self._chosen.get(card.interaction_id)
            shown = None if card.customer is None else card.customer.customer_id
            who = shown if choice is None else choice.customer_id
            if who is not None:
                self._show(card.interaction_id, who)
            elif choice is None and card.state in (CardState.UNKNOWN, CardState.UNREADABLE):
                self._tasks.spawn(self._find(card, self._ask(card.number)))

    def keep_only(self, interactions: tuple[InteractionId, ...]) -> None:
        """Forget every other card: nobody looks at it, and a refresh need not ask for it again."""
        for interaction_id in self._cards.keys() - set(interactions):
            self.forget(interaction_id)

    def forget(self, interaction_id: InteractionId) -> None:
        self._cards.pop(interaction_id, None)
        self._chosen.pop(interaction_id, None)

    def _blank(self, call: Call) -> CallerCard:
        return CallerCard(
            interaction_id=call.interaction_id,
            state=CardState.WITHHELD if _withheld(call) else CardState.LOOKING_UP,
            shown_name=call.name,
            number=_number(call),
            number_region=self._region_of(call.normal),
        )

    def _begin(self, call: Call, customer_id: CustomerId | None) -> None:
        card = self._blank(call)
        asked = self._asked.pop(call.interaction_id, None)
        if customer_id is None:
            self._put(card)
        else:
            self._put(replace(card, state=CardState.LOOKING_UP))
            self._chosen[call.interaction_id] = _Choice(ReasonKind.CHOSEN, customer_id)
            self._show(call.interaction_id, customer_id)
        if card.state is CardState.LOOKING_UP:  # and who else it may be, where it is known who
            self._tasks.spawn(self._answer(card, asked or _Asked(self._ask(call.normal))))

    def _ask(self, normal: str) -> Awaitable[NumberMatch]:
        return self._callers.find_by_number(normal, you=self._you)

    async def _answer(self, about: CallerCard, asked: _Asked) -> None:
        try:
            await self._find(about, asked.answer)
        finally:
            asked.told()

    async def _find(self, about: CallerCard, asked: Awaitable[NumberMatch]) -> None:
        interaction_id = about.interaction_id
        match, fault = NumberMatch((), None), ""
        try:
            match = await asked
        except StoreError as error:
            fault = str(error)
        card = self._cards.get(interaction_id)
        if card is None or card.number != about.number:
            return  # it is somebody else by now, and he was asked about, too
        if interaction_id in self._chosen:  # who it is was said before or meanwhile
            if not fault:
                self._put(replace(card, candidates=match.candidates))
            return
        if fault:
            self._change(interaction_id, state=CardState.UNREADABLE, fault=fault)
            return
        state = CardState.UNKNOWN
        if match.customer is not None:
            state = CardState.KNOWN
        elif len(match.candidates) > 1 or any(not one.number for one in match.candidates):
            state = CardState.SEVERAL
        self._change(
            interaction_id, state=state, customer=match.customer, candidates=match.candidates
        )

    def _show(self, interaction_id: InteractionId, customer_id: CustomerId) -> None:
        about, choice = self._cards[interaction_id], self._chosen.get(interaction_id)
        self._tasks.spawn(self._load(about, choice, customer_id))

    async def _load(
        self, about: CallerCard, choice: _Choice | None, customer_id: CustomerId
    ) -> None:
        interaction_id = about.interaction_id
        customer, fault = None, ""
        try:
            customer = await self._callers.load(customer_id)
        except StoreError as error:
            fault = str(error)
        card = self._cards.get(interaction_id)
        said = self._chosen.get(interaction_id)
        if card is None or card.number != about.number or said != choice:
            return  # it is somebody else by now, and he was asked about, too
        if customer is not None:
            self._change(interaction_id, state=CardState.KNOWN, customer=customer)
        elif fault:
            self._change(interaction_id, state=CardState.UNREADABLE, fault=fault)
        else:
            self._chosen.pop(interaction_id, None)
            self._change(interaction_id, state=CardState.UNKNOWN)

    def _change(
        self,
        interaction_id: InteractionId,
        *,
        state: CardState,
        customer: Customer | None = None,
        candidates: tuple[Candidate, ...] | None = None,
        fault: str = "",
    ) -> None:
        card = self._cards.get(interaction_id)
        if card is None:
            return
        choice = self._chosen.get(interaction_id)
        changed = CallerCard(
            interaction_id=interaction_id,
            state=state,
            shown_name=card.shown_name,
            number=card.number,
            number_region=card.number_region,
            candidates=card.candidates if candidates is None else candidates,
            customer=customer,
            fault=fault,
            chosen=None if choice is None else choice.by,
        )
        if changed != card:
            self._put(changed)

    def _put(self, card: CallerCard) -> None:
        self._cards[card.interaction_id] = card
        with self._rounds.round():
            self.changed.emit(card)


def _number(call: Call) -> str:
    return call.normal or call.number


def _unnamed(card: CallerCard) -> CardState:
    """What a card is whose person is not known."""
    if card.candidates:
        return CardState.SEVERAL
    return CardState.UNKNOWN if card.number else CardState.WITHHELD


def _withheld(call: Call) -> bool:
    return call.anonymous or not call.normal
