"""What this seat's calls are and what is attached to them, told to the centre (M03, M04).

A state is told at once, typing twice a second: the next agent must have the words before she
answers.
"""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import timedelta
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from agent_app.desk.cards import Cards
from agent_app.desk.handover_legs import attachment_of, leg_of
from agent_app.desk.phone import Phone
from agent_app.desk.summaries import Summaries
from agent_app.domain.calls import Call
from agent_app.domain.ids import InteractionId
from agent_app.domain.summary import SummaryDraft
from agent_app.runtime.clock import Clock
from sync.legs import Leg

TYPING_PAUSE_MS = 500
KEPT = 64
TOLD_FOR = timedelta(days=1)
"""The server forgets a leg after a day; telling it of an older one would be of no use."""


class Told(Protocol):
    """What this needs of ``sync.live.LiveCalls``."""

    def publish(self, leg: Leg) -> None: ...

    def flush(self, interaction_id: str | None = None) -> Awaitable[bool]: ...

    def wake(self) -> None: ...


class Telling(QObject):
    """Lives in the GUI thread. A call that the exchange gave no name cannot be told of."""

    def __init__(
        self, *, told: Told, phone: Phone, summaries: Summaries, cards: Cards, clock: Clock
    ) -> None:
        super().__init__()
        self._told = told
        self._summaries = summaries
        self._cards = cards
        self._clock = clock
        self._calls: dict[InteractionId, Call] = {}
        self._last: dict[InteractionId, Leg] = {}
        self._unsaid: set[InteractionId] = set()
        self._pause = QTimer(self, interval=TYPING_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._tell_unsaid)
        phone.call_changed.connect(self._on_call)
        summaries.changed.connect(self._on_draft)
        summaries.typed.connect(self._on_draft)

    async def flush(self, interaction_id: InteractionId) -> bool:
        """Everything of this call is at the server; false when that did not happen within 1 s."""
        self._tell(interaction_id)
        return interaction_id in self._last and await self._told.flush(interaction_id)

    async def close(self) -> None:
        """Say what was typed last and that the calls have ended, if the server listens."""
        self._pause.stop()
        self._tell_unsaid()
        await self._told.flush()

    def again(self) -> None:
        """There is a server again: what waits goes out now instead of at the next try."""
        self._told.wake()

    def _on_call(self, call: Call) -> None:
        self._calls[call.interaction_id] = call
        self._tell(call.interaction_id)
        ended = [i for i, known in self._calls.items() if not known.live]
        for interaction_id in ended[:-KEPT]:
            del self._calls[interaction_id]
            self._last.pop(interaction_id, None)

    def _on_draft(self, draft: SummaryDraft) -> None:
        self._calls.setdefault(draft.interaction_id, draft.call)
        self._unsaid.add(draft.interaction_id)
        if not self._pause.isActive():
            self._pause.start()

    def _tell_unsaid(self) -> None:
        unsaid, self._unsaid = self._unsaid, set()
        for interaction_id in unsaid:
            self._tell(interaction_id)

    def _tell(self, interaction_id: InteractionId) -> None:
        call = self._calls.get(interaction_id)
        if call is None or not followed(call):
            return
        # A live call is told of however the wall clock was set meanwhile.
        if not call.live and self._clock.now() - call.started_at > TOLD_FOR:
            return
        draft = self._summaries.draft(interaction_id)
        leg = leg_of(call, attachment_of(call, draft, self._cards.card(interaction_id)))
        if leg != self._last.get(interaction_id):
            self._last[interaction_id] = leg
            self._told.publish(leg)


def followed(call: Call) -> bool:
    """The exchange named it. A consultation is about the caller's call, which is told anyway."""
    return bool(call.exchange_call_id) and call.consults_for is None
