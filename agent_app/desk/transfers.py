"""Passing a caller on: at once, or after asking the colleague; whatever goes wrong, she is told and
gets the caller back.

Before the exchange is asked, what she typed is given time to reach the server, so that the card is
there when the colleague's phone rings.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from agent_app.desk.endings import BUSY_STATUSES, NO_ANSWER_STATUSES, is_success, words_of
from agent_app.desk.phone import DialOutcome, Phone, Refusal, TransferProgress
from agent_app.domain.calls import Call, CallState, EndReason
from agent_app.domain.directory import Target
from agent_app.domain.ids import InteractionId
from agent_app.runtime.tasks import Tasks
from sip import messages as m

KEPT = 32
"""Outcomes that are remembered after their call."""

UNREACHABLE_STATUSES = frozenset({404, 410, 484, 502, 503, 504, 604})


class TransferState(StrEnum):
    NONE = "none"
    CONSULTING = "consulting"  # the target is being called, the caller waits
    CONSULTED = "consulted"  # she talks to the target, the caller waits
    TRANSFERRING = "transferring"  # the exchange was asked
    FAILED = "failed"  # the caller is still hers, unless ``failure`` says that he is gone
    DONE = "done"


class TransferFailure(StrEnum):
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TARGET_GONE = "target-gone"  # answered, and hung up before it was done
    CALLER_GONE = "caller-gone"
    LOST = "lost"  # the phone or the network, and every call with it
    NOT_A_NUMBER = "not-a-number"
    NO_PHONE = "no-phone"
    NO_EXCHANGE = "no-exchange"
    NO_LINE = "no-line"


@dataclass(frozen=True, slots=True)
class TransferStatus:
    """Of the caller's interaction. ``consult`` is the call to the target while there is one.

    ``detail`` has the exchange's own words for a failure.
    """

    interaction_id: InteractionId
    state: TransferState = TransferState.NONE
    target: Target | None = None
    failure: TransferFailure | None = None
    detail: str = ""
    consult: InteractionId | None = None


_REFUSED_DIALS = {
    DialOutcome.EMPTY: TransferFailure.NOT_A_NUMBER,
    DialOutcome.NOT_A_NUMBER: TransferFailure.NOT_A_NUMBER,
    DialOutcome.NO_PHONE: TransferFailure.NO_PHONE,
    DialOutcome.NO_EXCHANGE: TransferFailure.NO_EXCHANGE,
    DialOutcome.NO_LINE: TransferFailure.NO_LINE,
}
_REFER_COMMANDS = (m.Transfer.__name__, m.CompleteTransfer.__name__)


def failure_of(status: int) -> TransferFailure:
    """What a final SIP status says of the target."""
    if status in BUSY_STATUSES:
        return TransferFailure.BUSY
    if status in NO_ANSWER_STATUSES:
        return TransferFailure.NO_ANSWER
    if status in UNREACHABLE_STATUSES:
        return TransferFailure.UNREACHABLE
    return TransferFailure.REFUSED


class Transfers(QObject):
    """One transfer a call. GUI thread.

    Signals:
        changed: TransferStatus.
    """

    changed = Signal(object)

    def __init__(
        self,
        *,
        phone: Phone,
        flush: Callable[[InteractionId], Awaitable[bool]],
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """``flush`` waits, at most a second, until the server has what travels with the call."""
        super().__init__(parent)
        self._phone = phone
        self._flush = flush
        self._tasks = tasks
        self._statuses: dict[InteractionId, TransferStatus] = {}
        self._ending: dict[InteractionId, bool] = {}  # consultations she ended; True: blind instead
        self._holding: set[InteractionId] = set()
        self._resuming: set[InteractionId] = set()
        phone.call_changed.connect(self._on_call)
        phone.transfer_progressed.connect(self._on_progress)
        phone.refused.connect(self._on_refused)

    def status(self, interaction_id: InteractionId) -> TransferStatus:
        """Of a caller's call, or of the call to the target about it."""
        found = self._statuses.get(interaction_id) or self._of_consult(interaction_id)
        return found or TransferStatus(interaction_id)

    # --- what she does ---------------------------------------------------------------------------

    def blind(self, interaction_id: InteractionId, target: Target) -> None:
        """Pass the caller on at once."""
        if not self._may_begin(interaction_id):
            return
        dial_string = self._phone.dial_string(target.number)
        status = TransferStatus(interaction_id, TransferState.TRANSFERRING, target)
        if not dial_string:
            self._fail(status, TransferFailure.NOT_A_NUMBER, "")
        elif not self._phone.exchange.domain:
            self._fail(status, TransferFailure.NO_EXCHANGE, "")
        else:
            self._put(status)
            self._tasks.spawn(self._refer(interaction_id, dial_string))

    def consult(self, interaction_id: InteractionId, target: Target) -> None:
        """Hold the caller and call the target."""
        if not self._may_begin(interaction_id):
            return
        call = self._phone.call(interaction_id)
        talking = call is not None and call.state is CallState.TALKING
        outcome, consult = self._phone.consult(interaction_id, target.number, target.name)
        status = TransferStatus(interaction_id, TransferState.CONSULTING, target, consult=consult)
        if consult is None:
            self._fail(status, _REFUSED_DIALS[outcome], "")
            return
        if talking:
            self._holding.add(interaction_id)
        self._put(status)

    def complete(self, interaction_id: InteractionId) -> None:
        """Connect caller and target; before the target has answered: pass on blind instead."""
        status = self.status(interaction_id)
        if status.consult is None:
            return
        if status.state is TransferState.CONSULTING:
            self._end_consultation(status.consult, blind=True)
        elif status.state in (TransferState.CONSULTED, TransferState.FAILED):
            self._put(replace(status, state=TransferState.TRANSFERRING, failure=None, detail=""))
            self._tasks.spawn(self._connect(status.interaction_id, status.consult))

    def cancel(self, interaction_id: InteractionId) -> None:
        """End the consultation and take the caller back."""
        status = self.status(interaction_id)
        if status.consult is not None and status.state is not TransferState.TRANSFERRING:
            self._end_consultation(status.consult, blind=False)

    # --- what happens ----------------------------------------------------------------------------

    def _on_call(self, call: Call) -> None:
        self._on_holding(call)
        if (status := self._statuses.get(call.interaction_id)) is not None and not call.live:
            self._on_caller_ended(status, call)
        if (status := self._of_consult(call.interaction_id)) is not None:
            self._on_consult(status, call)

    def _on_holding(self, call: Call) -> None:
        """A hold that was asked for may be answered after the reason for it is gone."""
        interaction_id = call.interaction_id
        if call.state is CallState.TALKING:
            return
        self._holding.discard(interaction_id)
        if interaction_id in self._resuming:
            self._resuming.discard(interaction_id)
            self._take_back(interaction_id)

    def _on_caller_ended(self, status: TransferStatus, call: Call) -> None:
        if status.state in (TransferState.NONE, TransferState.DONE):
            return
        if call.end_reason is EndReason.TRANSFERRED:
            self._put(replace(status, state=TransferState.DONE, consult=None))
        elif status.state is not TransferState.FAILED or status.consult is not None:
            lost = call.end_reason is EndReason.LOST
            failure = TransferFailure.LOST if lost else TransferFailure.CALLER_GONE
            self._fail(replace(status, consult=None), failure, call.end_detail)

    def _on_consult(self, status: TransferStatus, call: Call) -> None:
        if call.live:
            if status.state is TransferState.CONSULTING and call.was_answered:
                self._put(replace(status, state=TransferState.CONSULTED))
            return
        blind = self._ending.pop(call.interaction_id, None)
        status = replace(status, consult=None)
        if status.state is TransferState.TRANSFERRING:
            self._put(status)  # the exchange took it, or says soon why not
        elif blind and status.target is not None:
            self._put(replace(status, state=TransferState.NONE))
            self.blind(status.interaction_id, status.target)
        elif blind is not None or call.end_reason is EndReason.AGENT_HUNG_UP:
            self._put(replace(status, state=TransferState.NONE))
            self._take_back(status.interaction_id)
        elif call.end_reason is EndReason.LOST:
            self._fail(status, TransferFailure.LOST, call.end_detail)
        elif call.was_answered:
            self._fail(status, TransferFailure.TARGET_GONE, call.end_detail)
        else:
            self._fail(status, failure_of(call.end_status), call.end_detail)

    def _on_progress(self, progress: TransferProgress) -> None:
        status = self._statuses.get(progress.interaction_id)
        if status is None or not progress.final:
            return
        if is_success(progress.status):
            self._put(replace(status, state=TransferState.DONE, consult=None))
        elif status.state is TransferState.TRANSFERRING:
            detail = words_of(progress.status, progress.reason)
            self._fail(status, failure_of(progress.status), detail)

    def _on_refused(self, refusal: Refusal) -> None:
        if refusal.interaction_id is None:
            return
        if refusal.command == m.Hold.__name__:
            self._holding.discard(refusal.interaction_id)
            self._resuming.discard(refusal.interaction_id)
        status = self._statuses.get(refusal.interaction_id)
        referring = status is not None and status.state is TransferState.TRANSFERRING
        if status is not None and referring and refusal.command in _REFER_COMMANDS:
            self._fail(status, TransferFailure.REFUSED, refusal.reason)

    # --- inside ----------------------------------------------------------------------------------

    def _may_begin(self, interaction_id: InteractionId) -> bool:
        call = self._phone.call(interaction_id)
        state = self.status(interaction_id).state
        able = call is not None and call.state in (CallState.TALKING, CallState.HELD)
        idle = state in (TransferState.NONE, TransferState.FAILED, TransferState.DONE)
        return able and idle and self.status(interaction_id).consult is None

    def _of_consult(self, consult: InteractionId) -> TransferStatus | None:
        found = (status for status in self._statuses.values() if status.consult == consult)
        return next(found, None)

    def _end_consultation(self, consult: InteractionId, *, blind: bool) -> None:
        self._ending[consult] = blind
        self._phone.hang_up(consult)

    async def _refer(self, interaction_id: InteractionId, dial_string: str) -> None:
        await self._flush(interaction_id)
        if self._is_transferring(interaction_id):
            self._phone.transfer(interaction_id, dial_string)

    async def _connect(self, interaction_id: InteractionId, consult: InteractionId) -> None:
        await self._flush(interaction_id)
        if not self._is_transferring(interaction_id):
            return
        status = self._statuses[interaction_id]
        if status.consult is None:
            self._fail(status, TransferFailure.TARGET_GONE, "")
        else:
            self._phone.complete_transfer(interaction_id, consult)

    def _is_transferring(self, interaction_id: InteractionId) -> bool:
        return self.status(interaction_id).state is TransferState.TRANSFERRING

    def _fail(self, status: TransferStatus, failure: TransferFailure, detail: str) -> None:
        self._put(replace(status, state=TransferState.FAILED, failure=failure, detail=detail))
        if status.consult is None:
            self._take_back(status.interaction_id)

    def _take_back(self, interaction_id: InteractionId) -> None:
        """Resume the caller, unless she talks to somebody else by now."""
        busy = (CallState.TALKING, CallState.DIALLING)
        others = (one for one in self._phone.calls if one.interaction_id != interaction_id)
        if any(other.state in busy for other in others):
            return
        if interaction_id in self._holding:
            self._resuming.add(interaction_id)
        else:
            self._phone.resume(interaction_id)

    def _put(self, status: TransferStatus) -> None:
        self._statuses.pop(status.interaction_id, None)
        self._statuses[status.interaction_id] = status
        for interaction_id in tuple(self._statuses)[:-KEPT]:
            del self._statuses[interaction_id]
        self.changed.emit(status)
