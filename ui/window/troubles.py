"""What is wrong, in words, each with the one thing to do about it (step ⑤).

Troubles stand in a line of fixed height, so that nothing on the page moves when one comes or goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from agent_app.desk.faults import FaultKind
from agent_app.desk.phone import EngineState, PhoneStatus
from agent_app.desk.seat import Seat
from agent_app.domain.calls import Call, EndReason
from agent_app.domain.link import LinkStatus, ServerState
from sip.messages import SoundState
from ui.formatting import clock_time, count, phone_number


class TroubleKind(StrEnum):
    """In the order of urgency."""

    CALL_LOST = "call-lost"
    ENGINE = "engine"
    REGISTRATION = "registration"
    SOUND = "sound"
    SET_ASIDE = "set-aside"
    SERVER = "server"
    DATA = "data"
    PROGRAM = "program"


class Severity(StrEnum):
    NEUTRAL = "neutral"
    WARNING = "warning"
    FAULT = "fault"


class Remedy(StrEnum):
    """The one thing to do; NONE where it mends itself or needs hands."""

    NONE = "none"
    RETRY_SERVER = "retry-server"
    SHOW_OUTBOX = "show-outbox"
    FILL_NUMBER = "fill-number"
    DISMISS = "dismiss"


@dataclass(frozen=True, slots=True)
class Trouble:
    kind: TroubleKind
    severity: Severity
    text: str
    remedy: Remedy = Remedy.NONE
    remedy_text: str = ""
    explanation: str = ""


class TroublesModel(QObject):
    """All troubles, the most urgent first.

    Signals:
        changed: tuple of Trouble.
        number_wanted: a number for the dial field.
        outbox_wanted: the outbox list should open.
    """

    changed = Signal(object)
    number_wanted = Signal(str)
    outbox_wanted = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._lost_call: Call | None = None
        self._troubles = self._compose()
        seat.phone.status_changed.connect(self._on_change)
        seat.phone.call_changed.connect(self._on_call)
        seat.link.changed.connect(self._on_change)
        seat.faults.changed.connect(self._on_change)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        return self._troubles

    def act(self, trouble: Trouble) -> None:
        """Do the one thing the trouble offers."""
        match trouble.remedy:
            case Remedy.RETRY_SERVER:
                self._seat.link.retry()
            case Remedy.SHOW_OUTBOX:
                self.outbox_wanted.emit()
            case Remedy.FILL_NUMBER:
                number = self._lost_call.number if self._lost_call else ""
                self._forget_lost_call()
                self.number_wanted.emit(number)
            case Remedy.DISMISS if trouble.kind is TroubleKind.CALL_LOST:
                self._forget_lost_call()
            case Remedy.DISMISS:
                for fault in self._seat.faults.faults[-1:]:
                    self._seat.faults.dismiss(fault)
            case Remedy.NONE:
                pass

    def _forget_lost_call(self) -> None:
        self._lost_call = None
        self._refresh()

    def _on_call(self, call: Call) -> None:
        """When several are lost at once, the one she talked in is the one to call back."""
        if call.end_reason is EndReason.LOST and (call.was_answered or self._lost_call is None):
            self._lost_call = call
            self._refresh()

    def _on_change(self, _status: object) -> None:
        self._refresh()

    def _refresh(self) -> None:
        troubles = self._compose()
        if troubles != self._troubles:
            self._troubles = troubles
            self.changed.emit(troubles)

    def _compose(self) -> tuple[Trouble, ...]:
        phone, link = self._seat.phone.status, self._seat.link.status
        found = (
            self._call_lost(),
            self._engine(phone),
            self._registration(phone),
            self._sound(phone),
            self._set_aside(link),
            self._server(link),
            self._fault(),
        )
        return tuple(trouble for trouble in found if trouble is not None)

    def _engine(self, status: PhoneStatus) -> Trouble | None:
        match status.engine:
            case EngineState.READY:
                return None
            case EngineState.STARTING:
                text = self.tr("The phone is starting. Calls can come in a moment.")
                return Trouble(TroubleKind.ENGINE, Severity.NEUTRAL, text)
            case EngineState.LOST:
                since = self._time(status.lost_at)
                text = self.tr(
                    "The phone stopped at {time} and is being started again. "
                    "Please wait; what you typed is kept."
                ).format(time=since)
                return Trouble(TroubleKind.ENGINE, Severity.FAULT, text, explanation=status.detail)

    def _call_lost(self) -> Trouble | None:
        call = self._lost_call
        if call is None:
            return None
        who = call.name or phone_number(call.number) or self.tr("a withheld number")
        text = self.tr("The call with {who} was lost at {time}. Its summary is kept.").format(
            who=who, time=self._time(call.ended_at)
        )
        remedy, words = Remedy.DISMISS, self.tr("Understood")
        if call.number:
            remedy, words = Remedy.FILL_NUMBER, self.tr("Put the number in the dial field")
        return Trouble(TroubleKind.CALL_LOST, Severity.FAULT, text, remedy, words)

    def _registration(self, status: PhoneStatus) -> Trouble | None:
        if status.engine is not EngineState.READY or status.registered in (True, None):
            return None
        text = self.tr(
            "Extension {number} is not registered: no call can reach you. "
            "It tries again by itself; if this stays, tell your shift supervisor."
        ).format(number=status.extension)
        return Trouble(TroubleKind.REGISTRATION, Severity.FAULT, text,
                      explanation=status.registration_detail)  # fmt: skip

    def _sound(self, status: PhoneStatus) -> Trouble | None:
        match status.sound:
            case SoundState.CLOSED | SoundState.OPEN:
                return None
            case SoundState.NO_MICROPHONE:
                text = self.tr("No microphone: silence is sent. Plug in a headset.")
                severity = Severity.WARNING
            case SoundState.NO_DEVICE:
                text = self.tr(
                    "No sound device: you hear nothing and silence is sent. Plug in a headset."
                )
                severity = Severity.WARNING
            case SoundState.FAILED:
                text = self.tr(
                    "The sound device could not be opened: you hear nothing and silence is sent. "
                    "Unplug the headset and plug it in again."
                )
                severity = Severity.FAULT
        return Trouble(TroubleKind.SOUND, severity, text, explanation=status.detail)

    def _set_aside(self, status: LinkStatus) -> Trouble | None:
        if not status.set_aside:
            return None
        text = self.tr("The server did not take {number} of your entries. Look at them.").format(
            number=count(status.set_aside)
        )
        return Trouble(TroubleKind.SET_ASIDE, Severity.FAULT, text, Remedy.SHOW_OUTBOX,
                      self.tr("Open the outbox"))  # fmt: skip

    def _server(self, status: LinkStatus) -> Trouble | None:
        match status.server:
            case ServerState.ONLINE | ServerState.CONNECTING:
                return None
            case ServerState.FIRST_SYNC:
                text = self.tr("Fetching the centre's data: {done} of {all} rows.").format(
                    done=count(status.synced_rows), all=count(status.rows_to_sync)
                )
                return Trouble(TroubleKind.SERVER, Severity.NEUTRAL, text)
            case ServerState.SIGNED_OUT:
                text = self.tr("Not signed in at the server. What you save is kept here.")
            case ServerState.OFFLINE:
                text = self.tr(
                    "The server is away. Go on working: {number} entries wait here and go out "
                    "by themselves."
                ).format(number=count(status.waiting))
        return Trouble(TroubleKind.SERVER, Severity.WARNING, text, Remedy.RETRY_SERVER,
                      self.tr("Try now"), status.detail)  # fmt: skip

    def _fault(self) -> Trouble | None:
        """The newest; reading it away shows the one before."""
        for fault in self._seat.faults.faults[-1:]:
            if fault.kind is FaultKind.DATA:
                text, kind = fault.detail, TroubleKind.DATA
            else:
                kind = TroubleKind.PROGRAM
                text = self.tr(
                    "Something in Zuoxi went wrong at {time}; it was written down. Go on working."
                ).format(time=self._time(fault.at))
            understood = self.tr("Understood")
            return Trouble(kind, Severity.FAULT, text, Remedy.DISMISS, understood, fault.detail)
        return None

    def _time(self, when: datetime | None) -> str:
        now = self._seat.clock.now()
        return clock_time(when or now, now)
