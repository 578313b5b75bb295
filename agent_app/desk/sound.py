"""Choosing and trying the sound devices, for the settings page and the self-test (step ③)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from agent_app.desk.phone import Phone
from agent_app.desk.phone_status import EngineState, PhoneStatus
from agent_app.desk.phone_values import Engine
from sip import messages as m


class SoundDesk(QObject):
    """What is plugged in, what is wanted, and trying it out. GUI thread; returns at once.

    What is plugged in and what the next call will use are in ``phone.status`` (``speakers``,
    ``microphones``, ``next_…``), names as in the lists of SoundSettings. While nothing is tried
    no microphone is open.

    Signals:
        devices_changed: PhoneStatus, when something was plugged, unplugged or chosen.
        measured: sip.messages.MicrophoneMeasured, ten times a second while it listens.
    """

    devices_changed = Signal(object)
    measured = Signal(object)

    def __init__(
        self,
        *,
        phone: Phone,
        engine: Engine,
        settings: m.SoundSettings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._phone = phone
        self._engine = engine
        self._settings = settings
        self._listeners: set[str] = set()
        self._ringing = False
        self._status = phone.status
        phone.microphone_measured.connect(self._on_measured)
        phone.status_changed.connect(self._on_status)

    @property
    def settings(self) -> m.SoundSettings:
        return self._settings

    @property
    def status(self) -> PhoneStatus:
        return self._phone.status

    @property
    def ringing(self) -> bool:
        """Whether the ring is being tried."""
        return self._ringing

    def use(self, settings: m.SoundSettings) -> None:
        """Other devices from now on, in a call as well. Keeping the choice is the settings' work;
        a recording of the speaker stays as it is."""
        record = self._settings.speaker_record
        self._settings = replace(settings, speaker_record=record)
        self._engine.send(m.UseSound(self._settings))

    def listen(self, who: str, on: bool) -> None:
        """Measure the microphone for ``who`` (the settings page, the self-test)."""
        before = bool(self._listeners)
        if on:
            self._listeners.add(who)
        else:
            self._listeners.discard(who)
        if bool(self._listeners) != before:
            self._engine.send(m.Listen(bool(self._listeners)))

    def test_ring(self, on: bool) -> None:
        if on != self._ringing:
            self._ringing = on
            self._engine.send(m.TestRing(on))

    def _on_measured(self, measured: m.MicrophoneMeasured) -> None:
        self.measured.emit(measured)

    def _on_status(self, status: PhoneStatus) -> None:
        before, self._status = self._status, status
        if before.engine is not EngineState.READY and status.engine is EngineState.READY:
            self._tell_a_new_engine()
        if _devices(status) != _devices(before):
            self.devices_changed.emit(status)

    def _tell_a_new_engine(self) -> None:
        """One that was restarted knows only what it was configured with in the beginning."""
        self._ringing = False
        if self._listeners:
            self._engine.send(m.Listen(True))


def _devices(status: PhoneStatus) -> tuple[object, ...]:
    return (
        status.speakers,
        status.microphones,
        status.next_speaker,
        status.next_microphone,
        status.next_rings,
    )
