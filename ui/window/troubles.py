"""All that is wrong, the most urgent first, and the one thing to do about each (step ⑤).

Troubles stand in a line of fixed height, so that nothing on the page moves when one comes or goes.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from agent_app.desk.phone import PhoneStatus
from agent_app.desk.seat import Seat
from agent_app.desk.transfers import TransferState, TransferStatus
from agent_app.domain.calls import Call, EndReason
from agent_app.domain.quality import MediaSilence
from ui.keys import KeyAction, KeyMap
from ui.window import call_troubles, gap_outcomes, link_troubles, phone_troubles
from ui.window.trouble import Remedy, Trouble, TroubleKind

PAGES = {Remedy.PHONE_SETTINGS: "phone", Remedy.SOUND_SETTINGS: "sound"}


class TroublesModel(QObject):
    """What happened and is not read yet, and what is wrong as long as it is.

    Signals:
        changed: tuple of Trouble.
        number_wanted: a number for the dial field.
        inbox_wanted: what the server did not take should be shown.
        settings_wanted: the name of the settings page that mends it.
    """

    changed = Signal(object)
    number_wanted = Signal(str)
    inbox_wanted = Signal()
    settings_wanted = Signal(str)

    def __init__(self, seat: Seat, keys: KeyMap, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._keys = keys
        self._lost_call: Call | None = None
        self._not_passed_on: TransferStatus | None = None
        self._device_before = ""
        self._speaker = seat.phone.status.speaker
        self._troubles = self._compose()
        seat.phone.status_changed.connect(self._on_status)
        seat.phone.call_changed.connect(self._on_call)
        seat.transfers.changed.connect(self._on_transfer)
        for changed in (seat.link.changed, seat.local_copy.changed, seat.faults.changed,
                        seat.quality.changed, seat.sound_watch.changed,
                        seat.gaps.changed):  # fmt: skip
            changed.connect(self._on_change)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        return self._troubles

    def act(self, trouble: Trouble) -> None:
        """Do the one thing the trouble offers."""
        match trouble.remedy:
            case Remedy.SHOW_INBOX:
                self.inbox_wanted.emit()
            case Remedy.FILL_NUMBER:
                number = self._lost_call.number if self._lost_call else ""
                self._dismiss(trouble)
                self.number_wanted.emit(number)
            case Remedy.UNMUTE if trouble.about is not None:
                self._seat.phone.set_mute(trouble.about, False)
            case Remedy.HANG_UP if trouble.about is not None:
                self._seat.phone.hang_up(trouble.about)
            case Remedy.PHONE_SETTINGS | Remedy.SOUND_SETTINGS:
                self.settings_wanted.emit(PAGES[trouble.remedy])
            case Remedy.DISMISS:
                self._dismiss(trouble)
            case _:
                self._act_by_itself(trouble.remedy)

    def _act_by_itself(self, remedy: Remedy) -> None:
        """What needs nothing of the trouble."""
        seat = self._seat
        acts = {
            Remedy.RETRY_SERVER: seat.link.retry,
            Remedy.FETCH_COPY: seat.local_copy.fetch,
            Remedy.REGISTER: seat.phone.register,
            Remedy.SHOW_OUTCOME: seat.gaps.heed,
        }
        if remedy in acts:
            acts[remedy]()

    def _dismiss(self, trouble: Trouble) -> None:
        """She has read it."""
        match trouble.kind:
            case TroubleKind.CALL_LOST:
                self._lost_call = None
            case TroubleKind.TRANSFER:
                self._not_passed_on = None
            case TroubleKind.DEVICE:
                self._device_before = ""
            case TroubleKind.COPY:
                self._seat.local_copy.dismiss()
            case _:
                for fault in self._seat.faults.faults[-1:]:
                    self._seat.faults.dismiss(fault)
        self._refresh()

    # --- what happens ----------------------------------------------------------------------------

    def _on_call(self, call: Call) -> None:
        """When several are lost at once, the one she talked in is the one to call back."""
        if call.end_reason is EndReason.LOST and (call.was_answered or self._lost_call is None):
            self._lost_call = call
        if not self._seat.phone.calls:
            self._device_before = ""
        self._refresh()

    def _on_transfer(self, status: TransferStatus) -> None:
        """The newest failure; the next attempt for the same call takes it away."""
        if status.state is TransferState.FAILED:
            self._not_passed_on = status
        elif self._not_passed_on and self._not_passed_on.interaction_id == status.interaction_id:
            self._not_passed_on = None
        self._refresh()

    def _on_status(self, status: PhoneStatus) -> None:
        """Remember where the sound was when it moves during a call."""
        if self._speaker and status.speaker != self._speaker and self._seat.phone.calls:
            self._device_before = self._speaker
        self._speaker = status.speaker
        self._refresh()

    def _on_change(self, _value: object) -> None:
        self._refresh()

    def _refresh(self) -> None:
        troubles = self._compose()
        if troubles != self._troubles:
            self._troubles = troubles
            self.changed.emit(troubles)

    # --- composing -------------------------------------------------------------------------------

    def _compose(self) -> tuple[Trouble, ...]:
        seat, now = self._seat, self._seat.clock.now()
        phone, link, warnings = seat.phone.status, seat.link.status, seat.sound_watch.warnings
        found = (
            None if self._lost_call is None else call_troubles.lost(self._lost_call, now),
            call_troubles.muted_speech(warnings.muted_speech, self._keys.text(KeyAction.MUTE)),
            self._no_media(),
            call_troubles.dead_microphone(warnings.dead_microphone),
            self._transfer(),
            phone_troubles.engine(phone, now),
            phone_troubles.registration(phone),
            phone_troubles.sound(phone),
            phone_troubles.device_changed(self._device_before, phone),
            link_troubles.set_aside(link),
            link_troubles.server(link, seat.local_copy.status),
            link_troubles.renewed(seat.local_copy.status),
            link_troubles.fault(seat.faults.faults, now),
            gap_outcomes.outcome(seat.gaps.lists.news, self._keys.text(KeyAction.OUTCOME)),
        )
        return tuple(trouble for trouble in found if trouble is not None)

    def _no_media(self) -> Trouble | None:
        """Of several silent calls, the one that has been silent longest."""
        found = [(self._seat.quality.quality(call.interaction_id), call)
                 for call in self._seat.phone.calls]  # fmt: skip
        silent = [(quality.silent_s, quality.silence, call) for quality, call in found
                  if quality is not None and quality.silence is not MediaSilence.NONE]  # fmt: skip
        if not silent:
            return None
        _, silence, call = max(silent, key=lambda one: one[0])
        return call_troubles.no_media(call, silence, self._keys.text(KeyAction.HANG_UP))

    def _transfer(self) -> Trouble | None:
        status = self._not_passed_on
        call = None if status is None else self._seat.phone.call(status.interaction_id)
        return call_troubles.not_passed_on(status, call)
