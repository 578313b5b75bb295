"""What the call bar shows and allows; allowed is what the table of legal moves has (step ⑥)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from agent_app.desk.conference import ConferenceStatus
from agent_app.desk.phone import DialOutcome, DtmfOutcome, Levels
from agent_app.desk.rounds import OncePerRound
from agent_app.desk.seat import Seat
from agent_app.desk.transfers import TransferStatus
from agent_app.domain.calls import CallMove, allowed
from agent_app.domain.dialling import dtmf_digits
from agent_app.domain.ids import InteractionId
from sip.messages import SILENCE_DB
from ui import words
from ui.call_bar.facts import counted_from, shown_time
from ui.call_bar.view import CallBarView, HoldAct, call_to_answer, compose_view, shown_call
from ui.second_hand import SecondHand

FAILURE_SHOWN_S = 15.0
"""Beside the call; the line at the foot keeps it until she has read it."""


class CallBarModel(QObject):
    """View-model of the call bar.

    Signals:
        changed: the new CallBarView.
        timer_changed: the timer of the view's facts, when nothing else did.
        levels_changed: (received, sent) of the call shown, each 0.0 (silence) to 1.0.
    """

    changed = Signal(object)
    timer_changed = Signal(str)
    levels_changed = Signal(float, float)

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._refused = ""
        self._failed_at_s = -FAILURE_SHOWN_S
        self._view = self._compose()
        self._second_hand = SecondHand(seat.clock.monotonic_s, self)
        self._second_hand.moved.connect(self._on_second)
        self._count()
        once = OncePerRound(seat.phone.rounds, self.refresh, self)
        seat.phone.call_changed.connect(once.ask)
        seat.phone.status_changed.connect(once.ask)
        seat.phone.levels_changed.connect(self._on_levels)
        seat.focus.changed.connect(once.ask)
        seat.focus.tabs_changed.connect(once.ask)
        seat.cards.changed.connect(once.ask)
        seat.transfers.changed.connect(self._on_passing)
        seat.conference.changed.connect(self._on_passing)
        seat.quality.changed.connect(once.ask)

    @property
    def view(self) -> CallBarView:
        return self._view

    def select(self, position: int) -> None:
        if 0 <= position < len(self._view.tabs):
            self._seat.focus.select(self._view.tabs[position].interaction_id)

    @property
    def last_dialled(self) -> str:
        """For redial, "" when she never dialled."""
        return self._seat.history.last_dialled()

    def dial(self, text: str) -> bool:
        """Dial what was typed; False when nothing was dialled, and ``view.refusal`` says why."""
        outcome = self._seat.phone.dial(text)
        self._refused = words.dial_outcome(outcome)
        self.refresh()
        return outcome is DialOutcome.DIALLED

    def refuse(self, why: str) -> None:
        self._refused = why
        self.refresh()

    def clear_refusal(self) -> None:
        if self._refused:
            self._refused = ""
            self.refresh()

    def answer(self) -> None:
        call = call_to_answer(self._seat)
        if call is not None:
            self._seat.phone.answer(call.interaction_id)

    def hang_up(self) -> None:
        call = shown_call(self._seat)
        if call is not None and call.live:
            self._seat.phone.hang_up(call.interaction_id)

    def toggle_hold(self) -> None:
        """Hold, resume, or change over to the one other call and show that one."""
        call = shown_call(self._seat)
        if call is None or not self._view.can_hold:
            return
        phone = self._seat.phone
        if allowed(call.state, CallMove.RESUME):
            phone.resume(call.interaction_id)
        elif self._view.hold_act is HoldAct.SWAP:
            self._show_talking(phone.swap())
        else:
            phone.hold(call.interaction_id)

    def _show_talking(self, interaction_id: InteractionId | None) -> None:
        """Whom she took up; a colleague whom she asks is asked about the page that is there."""
        call = None if interaction_id is None else self._seat.phone.call(interaction_id)
        if call is not None and call.consults_for is None:
            self._seat.focus.select(interaction_id)

    def toggle_mute(self) -> None:
        call = shown_call(self._seat)
        if call is not None and self._view.can_mute:
            self._seat.phone.set_mute(call.interaction_id, not call.muted)

    def complete_transfer(self) -> None:
        """Connect the caller with whom she asked."""
        call = shown_call(self._seat)
        if call is not None and self._view.can_complete:
            self._seat.transfers.complete(call.interaction_id)

    def go_back(self) -> None:
        """End the consultation; the caller is hers again."""
        call = shown_call(self._seat)
        if call is not None and self._view.can_go_back:
            self._seat.transfers.cancel(call.interaction_id)

    def toggle_conference(self) -> None:
        """Put all answered calls together; once they are, leave them to each other."""
        if self._view.can_join:
            self._seat.conference.join()
        elif self._view.can_leave:
            self._seat.conference.leave()

    def split(self) -> None:
        """End the conference: talk to the one on the page, hold the others."""
        call = shown_call(self._seat)
        if call is not None and call.in_conference:
            self._seat.conference.split(call.interaction_id)

    def transfer_from(self) -> InteractionId | None:
        """The call that the transfer list is about, None when none can be passed on now."""
        call = shown_call(self._seat)
        able = call is not None and self._view.can_transfer and not self._view.can_complete
        return call.interaction_id if call is not None and able else None

    def send_digits(self, text: str) -> tuple[str, str]:
        """Send what was typed or pasted; returns what went out, and why nothing did."""
        call = shown_call(self._seat)
        if call is None:
            return "", self.tr("Nobody is on the line.")
        outcome = self._seat.phone.send_dtmf(call.interaction_id, text)
        whys = {
            DtmfOutcome.SENT: "",
            DtmfOutcome.EMPTY: self.tr("There is nothing to send."),
            DtmfOutcome.NOT_DIGITS: self.tr("Only digits, * and # can be sent."),
            DtmfOutcome.NO_CALL: self.tr("Nobody is on the line."),
        }
        sent = dtmf_digits(text) if outcome is DtmfOutcome.SENT else ""
        return sent, whys[outcome]

    def refresh(self) -> None:
        self._count()
        view = self._compose()
        if view != self._view:
            self._view = view
            self.changed.emit(view)

    def _on_second(self) -> None:
        """What has no signal of its own (a colleague's name) is looked at now and then."""
        call, facts = shown_call(self._seat), self._view.facts
        if call is None or facts is None or call.interaction_id != facts.interaction_id:
            self.refresh()
            return
        timer = shown_time(call, self._seat.clock.monotonic_s())
        if self._view.progress or timer.endswith("0"):
            self.refresh()
        elif timer != facts.timer:
            self._view = replace(self._view, facts=replace(facts, timer=timer))
            self.timer_changed.emit(timer)

    def _count(self) -> None:
        call = shown_call(self._seat)
        self._second_hand.follow(None if call is None else counted_from(call))

    def _on_passing(self, status: TransferStatus | ConferenceStatus) -> None:
        if status.failure is not None:
            self._failed_at_s = self._seat.clock.monotonic_s()
        self.refresh()

    def _compose(self) -> CallBarView:
        since_failure_s = self._seat.clock.monotonic_s() - self._failed_at_s
        return compose_view(self._seat, self._refused, fresh=since_failure_s < FAILURE_SHOWN_S)

    def _on_levels(self, levels: Levels) -> None:
        if self._view.facts and levels.interaction_id == self._view.facts.interaction_id:
            self.levels_changed.emit(_share(levels.received_db), _share(levels.sent_db))


def _share(level_db: float) -> float:
    """The part of a meter from silence (-60 dB and below is empty) to full scale."""
    floor = max(SILENCE_DB, -60.0)
    return min(1.0, max(0.0, (level_db - floor) / -floor))
