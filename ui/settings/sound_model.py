"""Which devices are heard, spoken into and rung on, and trying them (step ⑥)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.settings import SoundSettings
from sip.messages import MicrophoneMeasured
from ui.rows.row import Row
from ui.settings.device_rows import device_rows, forgotten, preferred, put_back

WHO = "settings"
QUIETEST_DB = -60.0


class Wish(StrEnum):
    """Which ordered list a device is moved in."""

    MICROPHONES = "microphones"
    SPEAKERS = "speakers"


class Move(StrEnum):
    UP = "up"  # joins the list at its end, or goes one place to the front
    DOWN = "down"
    FORGET = "forget"


_MOVES: dict[Move, Callable[[tuple[str, ...], str], tuple[str, ...]]] = {
    Move.UP: preferred,
    Move.DOWN: put_back,
    Move.FORGET: forgotten,
}


@dataclass(frozen=True, slots=True)
class RingChoice:
    name: str
    chosen: bool
    there: bool


@dataclass(frozen=True, slots=True)
class SoundView:
    """``ringing``: the ring is being tried. ``note`` says what rings when nothing is chosen."""

    microphones: tuple[Row, ...]
    speakers: tuple[Row, ...]
    rings: tuple[RingChoice, ...]
    volume: int
    ringing: bool
    note: str


class SoundModel(QObject):
    """View-model of the sound page; the microphone is open only while the page is looked at.

    Signals:
        changed: SoundView.
        level_changed: 0.0 to 1.0, what the microphone hears.
    """

    changed = Signal(object)
    level_changed = Signal(float)

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._view = self._compose()
        seat.sound.devices_changed.connect(self._on_change)
        seat.sound.measured.connect(self._on_measured)
        seat.preferences.changed.connect(self._on_change)

    @property
    def view(self) -> SoundView:
        return self._view

    def look(self, on: bool) -> None:
        """The page is on the screen, or no more."""
        self._seat.sound.listen(WHO, on)
        if not on:
            self._seat.sound.test_ring(False)
            self._refresh()

    def move(self, wish: Wish, name: str, move: Move) -> None:
        if not name:
            return
        wished: tuple[str, ...] = getattr(self._settings, wish.value)
        self._put(**{wish.value: _MOVES[move](wished, name)})

    def choose_ring(self, name: str, chosen: bool) -> None:
        rings = forgotten(self._settings.rings, name)
        self._put(rings=(*rings, name) if chosen else rings)

    def set_volume(self, volume: int) -> None:
        self._put(ring_volume=volume)

    def toggle_ring(self) -> None:
        """Ring on the chosen devices until pressed again."""
        self._seat.sound.test_ring(not self._seat.sound.ringing)
        self._refresh()

    @property
    def _settings(self) -> SoundSettings:
        return self._seat.preferences.settings.sound

    def _put(self, **changes: object) -> None:
        """In force at once: the seat tells the engine."""
        sound = replace(self._settings, **changes)  # type: ignore[arg-type]
        self._seat.preferences.put(sound)

    def _on_measured(self, measured: MicrophoneMeasured) -> None:
        self.level_changed.emit(min(1.0, max(0.0, 1 - measured.level_db / QUIETEST_DB)))

    def _on_change(self, _value: object) -> None:
        self._refresh()

    def _refresh(self) -> None:
        view = self._compose()
        if view != self._view:
            self._view = view
            self.changed.emit(view)

    def _compose(self) -> SoundView:
        status, settings = self._seat.sound.status, self._settings
        speakers = (*settings.rings, *(one for one in status.speakers if one not in settings.rings))
        rings = tuple(
            RingChoice(name, name in settings.rings, name in status.speakers)
            for name in sorted(speakers)
        )
        note = ""
        if not settings.rings and status.next_rings:
            names = ", ".join(status.next_rings)
            note = self.tr("None chosen: it rings on {names}.").format(names=names)
        elif not settings.rings:
            note = self.tr("None chosen, and nothing is plugged in that could ring.")
        return SoundView(
            device_rows(settings.microphones, status.microphones, status.next_microphone),
            device_rows(settings.speakers, status.speakers, status.next_speaker),
            rings,
            settings.ring_volume,
            self._seat.sound.ringing,
            note,
        )
