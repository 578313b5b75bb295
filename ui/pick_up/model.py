"""Which calls ring at colleagues' desks, and taking one of them (M04, step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from agent_app.desk.phone import DialOutcome
from agent_app.desk.seat import Seat
from agent_app.domain.directory import RingingElsewhere
from ui import words
from ui.formatting import clock_time, joined, phone_number
from ui.rows.row import Row


@dataclass(frozen=True, slots=True)
class PickUpView:
    """``refusal`` is why the last one could not be taken."""

    rows: tuple[Row, ...] = ()
    refusal: str = ""


class PickUpModel(QObject):
    """View-model of the pick-up list; colleagues' calls are watched while it is open.

    Signals:
        changed: PickUpView.
    """

    changed = Signal(object)

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._refusal = ""
        self._view = PickUpView()
        seat.directory.ringing_changed.connect(self._on_ringing)

    @property
    def view(self) -> PickUpView:
        return self._view

    def open(self) -> None:
        self._refusal = ""
        self._seat.directory.watch_ringing(True)
        self._refresh()

    def close(self) -> None:
        self._seat.directory.watch_ringing(False)

    def take(self, key: str) -> bool:
        """Ask the exchange for that call; False when it could not be asked."""
        found = [one for one in self._seat.directory.ringing if one.call_id == key]
        if not found:
            return False
        outcome = self._seat.phone.pick_up(found[0])
        self._refusal = words.dial_outcome(outcome)
        self._refresh()
        return outcome is DialOutcome.DIALLED

    def _on_ringing(self, _ringing: object) -> None:
        self._refresh()

    def _refresh(self) -> None:
        rows = tuple(self._row(one) for one in self._seat.directory.ringing)
        view = PickUpView(rows, self._refusal)
        if view != self._view:
            self._view = view
            self.changed.emit(view)

    def _row(self, ringing: RingingElsewhere) -> Row:
        number = phone_number(ringing.number) or self.tr("Number withheld")
        since = clock_time(ringing.since, self._seat.clock.now())
        at = self.tr("rings at {extension} {name} since {time}").format(
            extension=ringing.extension, name=ringing.agent_name, time=since
        )
        return Row(
            ringing.call_id,
            ringing.name or number,
            lines=(at,),
            trail=joined(ringing.queue, ringing.name and number),
            shape="state-ringing",
            tone="attention",
        )
