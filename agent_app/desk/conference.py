"""Several callers and the agent in one talk: joined here, left with the others still talking.

The engine mixes. Held calls are resumed before they are joined, one that is held again leaves, and
what the engine says is in it is in it.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from agent_app.desk.endings import is_success, words_of
from agent_app.desk.phone import Phone, Refusal, TransferProgress
from agent_app.domain.calls import Call, CallState
from agent_app.domain.ids import InteractionId
from agent_app.runtime.tasks import Tasks
from sip import messages as m

TURNED_TO = (CallState.TALKING, CallState.DIALLING)


class ConferenceState(StrEnum):
    NONE = "none"
    JOINING = "joining"
    JOINED = "joined"
    LEAVING = "leaving"


class ConferenceFailure(StrEnum):
    TOO_FEW = "too-few"  # one of them ended before all were together
    NOT_JOINED = "not-joined"  # the engine refused; ``detail`` has its words
    NOT_LEFT = "not-left"  # the exchange did not take the others
    NO_ROOM = "no-room"  # more than two others, and no room is set for them


@dataclass(frozen=True, slots=True)
class ConferenceStatus:
    """``members`` are in it now; ``failure`` is about the last act."""

    state: ConferenceState = ConferenceState.NONE
    members: tuple[InteractionId, ...] = ()
    failure: ConferenceFailure | None = None
    detail: str = ""


class Conference(QObject):
    """The one conference a seat may have. GUI thread.

    Signals:
        changed: ConferenceStatus.
    """

    changed = Signal(object)

    def __init__(
        self,
        *,
        phone: Phone,
        flush: Callable[[InteractionId], Awaitable[bool]],
        tasks: Tasks,
        rooms: Callable[[], range],
        parent: QObject | None = None,
    ) -> None:
        """``rooms`` are the exchange's conference rooms; ``flush`` as for ``Transfers``."""
        super().__init__(parent)
        self._phone = phone
        self._flush = flush
        self._tasks = tasks
        self._rooms = rooms
        self._wanted: tuple[InteractionId, ...] = ()
        self._asked = False  # the engine was asked to join them
        self._status = ConferenceStatus()
        phone.call_changed.connect(self._on_call)
        phone.refused.connect(self._on_refused)
        phone.transfer_progressed.connect(self._on_progress)

    @property
    def status(self) -> ConferenceStatus:
        return self._status

    @property
    def members(self) -> tuple[InteractionId, ...]:
        return self._status.members

    def joinable(self) -> tuple[InteractionId, ...]:
        """The answered calls, oldest first: what one key puts together."""
        able = (CallState.TALKING, CallState.HELD)
        return tuple(call.interaction_id for call in self._phone.calls if call.state in able)

    # --- what she does ---------------------------------------------------------------------------

    def join(self, interactions: tuple[InteractionId, ...] | None = None) -> None:
        """Put these together with whom is in it already; all answered calls unless told."""
        able = self.joinable()
        named = able if interactions is None else (*self.members, *interactions)
        wanted = tuple(one for one in able if one in named)
        if len(wanted) < 2 or set(wanted) == set(self.members):
            return
        self._wanted, self._asked = wanted, False
        self._put(ConferenceState.JOINING)
        self._phone.bring_together(wanted)
        self._join_if_all_talk()

    def leave(self) -> None:
        """Go, and let the others go on: two are connected, more meet in a room."""
        members = self.members
        if len(members) < 2 or self._status.state is not ConferenceState.JOINED:
            return
        rooms = self._rooms()
        if len(members) > 2 and not rooms:
            self._put(ConferenceState.JOINED, ConferenceFailure.NO_ROOM)
            return
        self._put(ConferenceState.LEAVING)
        room = "" if len(members) == 2 else str(random.choice(rooms))
        self._tasks.spawn(self._leave(members, room))

    def split(self, keep: InteractionId | None = None) -> None:
        """End it: talk to ``keep`` (else to the first), hold the others."""
        members = self.members
        if len(members) < 2:
            return
        self._phone.confer(())
        kept = keep if keep in members else members[0]
        for interaction_id in members:
            if interaction_id != kept:
                self._phone.hold(interaction_id)

    # --- what happens ----------------------------------------------------------------------------

    def _on_call(self, call: Call) -> None:
        if self._status.state is ConferenceState.JOINING:
            if not call.live and call.interaction_id in self._wanted:
                self._wanted = tuple(one for one in self._wanted if one != call.interaction_id)
                if len(self._wanted) < 2:
                    self._give_up(ConferenceFailure.TOO_FEW, "")
            elif call.interaction_id not in self._wanted and call.state in TURNED_TO:
                self._give_up(None, "")  # she turned to somebody else meanwhile
            self._join_if_all_talk()
        self._look()

    def _on_refused(self, refusal: Refusal) -> None:
        state = self._status.state
        joining = state is ConferenceState.JOINING
        if joining and refusal.command in (m.Conference.__name__, m.Resume.__name__):
            self._give_up(ConferenceFailure.NOT_JOINED, refusal.reason)
        leaving = state is ConferenceState.LEAVING and refusal.interaction_id in self.members
        if leaving and refusal.command in (m.Transfer.__name__, m.CompleteTransfer.__name__):
            self._put(ConferenceState.JOINED, ConferenceFailure.NOT_LEFT, refusal.reason)

    def _on_progress(self, progress: TransferProgress) -> None:
        leaving = self._status.state is ConferenceState.LEAVING
        failed = progress.final and not is_success(progress.status)
        if leaving and failed and progress.interaction_id in self.members:
            detail = words_of(progress.status, progress.reason)
            self._put(ConferenceState.JOINED, ConferenceFailure.NOT_LEFT, detail)

    # --- inside ----------------------------------------------------------------------------------

    async def _leave(self, members: tuple[InteractionId, ...], room: str) -> None:
        for interaction_id in members:
            await self._flush(interaction_id)
        if self._status.state is not ConferenceState.LEAVING or self.members != members:
            return
        if room:
            for interaction_id in members:
                self._phone.transfer(interaction_id, room)
        else:
            self._phone.complete_transfer(members[0], members[1])

    def _join_if_all_talk(self) -> None:
        if self._status.state is not ConferenceState.JOINING or self._asked:
            return
        found = [self._phone.call(one) for one in self._wanted]
        if all(call is not None and call.state is CallState.TALKING for call in found):
            self._asked = True
            self._phone.confer(self._wanted)

    def _look(self) -> None:
        """What the engine says is in it."""
        members = tuple(call.interaction_id for call in self._phone.calls if call.in_conference)
        if members == self.members:
            return
        state = self._status.state
        if len(members) < 2:
            waiting = state is ConferenceState.JOINING
            state = ConferenceState.JOINING if waiting else ConferenceState.NONE
        elif state is not ConferenceState.LEAVING or len(members) > len(self.members):
            state = ConferenceState.JOINED
            self._wanted = ()
            self._phone.bring_together(())
        self._set(ConferenceStatus(state, members))

    def _give_up(self, failure: ConferenceFailure | None, detail: str) -> None:
        """From now on one talks again, or those who are together."""
        self._wanted = ()
        joined = len(self.members) > 1
        self._put(ConferenceState.JOINED if joined else ConferenceState.NONE, failure, detail)
        self._phone.bring_together(())

    def _put(
        self, state: ConferenceState, failure: ConferenceFailure | None = None, detail: str = ""
    ) -> None:
        self._set(ConferenceStatus(state, self.members, failure, detail))

    def _set(self, status: ConferenceStatus) -> None:
        if status != self._status:
            self._status = status
            self.changed.emit(status)
