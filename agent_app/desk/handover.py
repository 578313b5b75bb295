"""The card travels with the call: it is there before the next agent answers (M03, M04).

A call that a colleague had before brings what he knew and wrote into her summary and her card
(steps ④ to ⑥); what she does with hers is told to the centre in the same way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from agent_app.desk.cards import Cards
from agent_app.desk.handover_legs import before_hers, card_of, may_grow
from agent_app.desk.handover_telling import Telling, followed
from agent_app.desk.phone import Phone
from agent_app.desk.summaries import Summaries
from agent_app.domain.calls import Call, CallState
from agent_app.domain.customers import CallerCard, CardState, ReasonKind
from agent_app.domain.handover import NOTHING, Attachment, HandoverCard, beside
from agent_app.domain.ids import AgentId, CustomerId, InteractionId
from agent_app.domain.link import LinkStatus, ServerState
from agent_app.domain.summary import SummaryDraft
from agent_app.runtime.tasks import Tasks
from sync.backoff import BackOff
from sync.errors import SyncError
from sync.legs import AgentLeg
from sync.status import Phase, SyncStatus

LOOK_AGAIN_S = 2.0
"""While a colleague may still add to what came; longer and longer where the server is away."""
LOOK_AGAIN_AT_MOST_S = 30.0
KEPT = 64


class Legs(Protocol):
    """What this needs of ``sync.live.LiveCalls``."""

    def legs_of_call(self, call_id: str) -> Awaitable[tuple[AgentLeg, ...]]:
        """Newest first. Raises SyncError."""


@dataclass(frozen=True, slots=True)
class Travel:
    """Whether cards can travel now; ``detail`` says why not, in English words for a tooltip."""

    possible: bool = True
    detail: str = ""


@dataclass(slots=True)
class _Watched:
    """A live call that a colleague may have had before; ``moved`` is set when its state changes."""

    call_id: str
    state: CallState
    moved: asyncio.Event


class Handover(QObject):
    """Lives in the GUI thread.

    Signals:
        arrived: HandoverCard, new or with more words in it.
        travel_changed: Travel.
    """

    arrived = Signal(object)
    travel_changed = Signal(object)

    def __init__(
        self,
        *,
        agent_id: AgentId,
        legs: Legs,
        telling: Telling,
        phone: Phone,
        summaries: Summaries,
        cards: Cards,
        tasks: Tasks,
        look_again_s: float = LOOK_AGAIN_S,
    ) -> None:
        super().__init__()
        self._agent_id = agent_id
        self._legs = legs
        self._telling = telling
        self._phone = phone
        self._summaries = summaries
        self._cards = cards
        self._tasks = tasks
        self._look_again_s = look_again_s
        self._watched: dict[InteractionId, _Watched] = {}
        self._came: dict[InteractionId, HandoverCard] = {}
        self._wanted: dict[InteractionId, CustomerId] = {}
        self._travel = Travel()
        self._online = False
        phone.call_changed.connect(self._on_call)
        cards.changed.connect(self._on_card)

    @property
    def travel(self) -> Travel:
        return self._travel

    def card(self, interaction_id: InteractionId) -> HandoverCard | None:
        """What came with this call, if anything did."""
        return self._came.get(interaction_id)

    async def flush(self, interaction_id: InteractionId) -> bool:
        """Everything of this call is at the server; false when that did not happen within 1 s."""
        return await self._telling.flush(interaction_id)

    async def close(self) -> None:
        """The last words go out, if the server listens; at most 1 s."""
        await self._telling.close()

    def on_server(self, status: SyncStatus) -> None:
        """The server could be reached for live calls, or could not."""
        travel = Travel(status.phase is not Phase.OFFLINE, status.reason)
        if travel != self._travel:
            self._travel = travel
            self.travel_changed.emit(travel)

    def on_link(self, status: LinkStatus) -> None:
        """Replication knows first when there is a server again."""
        online = status.server is ServerState.ONLINE
        if online and not self._online:
            self._telling.again()
            for watched in self._watched.values():
                watched.moved.set()
        self._online = online

    # --- a call of hers --------------------------------------------------------------------------

    def _on_call(self, call: Call) -> None:
        watched = self._watched.get(call.interaction_id)
        if watched is not None:
            if watched.state is not call.state:
                watched.state = call.state
                watched.moved.set()
        elif call.live and followed(call):
            watched = _Watched(call.exchange_call_id, call.state, asyncio.Event())
            self._watched[call.interaction_id] = watched
            self._tasks.spawn(self._watch(call.interaction_id, watched))

    async def _watch(self, interaction_id: InteractionId, watched: _Watched) -> None:
        """Look what came with it: at once, at every move, and while it may still grow."""
        retry = BackOff(first_s=self._look_again_s, max_s=LOOK_AGAIN_AT_MOST_S)
        while watched.state is not CallState.ENDED:
            watched.moved.clear()
            try:
                grows = self._take(interaction_id, await self._legs.legs_of_call(watched.call_id))
                retry.reset()
                again_s = self._look_again_s if grows else None
            except SyncError:  # told by on_server; asked again as long as it matters
                again_s = retry.next_s()
            with suppress(TimeoutError):
                async with asyncio.timeout(again_s):
                    await watched.moved.wait()
        del self._watched[interaction_id]

    # --- what came with it -----------------------------------------------------------------------

    def _take(self, interaction_id: InteractionId, legs: tuple[AgentLeg, ...]) -> bool:
        """Put what came where it belongs; true while a colleague may still add to it."""
        earlier = before_hers(interaction_id, self._agent_id, self._phone.status.extension, legs)
        if (card := card_of(interaction_id, earlier)) is not None:
            self._arrive(card)
        return any(map(may_grow, earlier))

    def _arrive(self, card: HandoverCard) -> None:
        interaction_id = card.interaction_id
        old = self._came.get(interaction_id)
        before = NOTHING if old is None else old.attachment
        draft = self._summaries.take_over(interaction_id, before, card.attachment)
        if draft is not None:
            card = replace(card, beside=beside(draft, card.attachment))
            self._want(draft, before, card.attachment)
        if card != old:
            self._came[interaction_id] = card
            while len(self._came) > KEPT:
                del self._came[next(iter(self._came))]
            self.arrived.emit(card)

    def _want(self, draft: SummaryDraft, before: Attachment, now: Attachment) -> None:
        """The person the colleague spoke with is the caller, unless she has chosen another."""
        if now.customer_id is None or now.customer_id == before.customer_id:
            return
        shown = self._cards.card(draft.interaction_id)
        if shown is None:
            return
        if shown.chosen is not ReasonKind.CHOSEN or draft.customer_id == before.customer_id:
            self._wanted[draft.interaction_id] = now.customer_id
            self._on_card(shown)

    def _on_card(self, card: CallerCard) -> None:
        """Choose once the card's own look-up is over, so that it cannot come after the choice."""
        if card.state is CardState.LOOKING_UP:
            return
        wanted = self._wanted.pop(card.interaction_id, None)
        if wanted is None or (card.customer is not None and card.customer.customer_id == wanted):
            return
        self._cards.choose(card.interaction_id, wanted, ReasonKind.CHOSEN_BY_COLLEAGUE)
