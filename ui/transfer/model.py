"""Whom the call can be passed on to, and how it is done (step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from agent_app.desk.seat import Seat
from agent_app.domain.agent_state import AgentState
from agent_app.domain.directory import Target, TargetKind
from agent_app.domain.ids import InteractionId
from ui import words
from ui.call_bar.facts import compose_facts
from ui.formatting import clock_time, phone_number
from ui.rows.row import Row

_TONES = {
    AgentState.READY: "ready",
    AgentState.PRACTICE: "ready",
    AgentState.TALKING: "talking",
    AgentState.ON_HOLD: "talking",
    AgentState.RINGING: "attention",
    AgentState.WRAP_UP: "attention",
    AgentState.NOT_READY: "fault",
    AgentState.BREAK: "fault",
}


@dataclass(frozen=True, slots=True)
class TransferView:
    """``about`` is who will be passed on; ``note`` says what is wrong with the list, if anything.

    ``possible`` is whether there is an exchange to do it.
    """

    about: str = ""
    rows: tuple[Row, ...] = ()
    note: str = ""
    possible: bool = False


class TransferModel(QObject):
    """View-model of the transfer flyout. While it is open the directory is watched.

    Rows keep their places while the typed text stays: nobody is passed on to the row that slipped
    under the key.

    Signals:
        changed: TransferView.
    """

    changed = Signal(object)

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._call: InteractionId | None = None
        self._text = ""
        self._targets: dict[str, Target] = {}
        self._view = TransferView()
        seat.directory.changed.connect(self._on_directory)

    @property
    def view(self) -> TransferView:
        return self._view

    def open(self, interaction_id: InteractionId) -> None:
        """Begin for this call with the whole list."""
        self._call = interaction_id
        self._text = ""
        self._targets = {}
        self._seat.directory.watch(True)
        self._refresh()

    def close(self) -> None:
        self._call = None
        self._seat.directory.watch(False)

    def search(self, text: str) -> None:
        self._text = text
        self._targets = {}
        self._refresh()

    def pass_on(self, key: str) -> bool:
        """Blind: the target gets the call at once. False when there is nothing to pass on."""
        target = self._targets.get(key)
        if target is None or self._call is None or not self._view.possible:
            return False
        self._seat.transfers.blind(self._call, target)
        return True

    def consult(self, key: str) -> bool:
        """The caller waits while she asks. False as above."""
        target = self._targets.get(key)
        if target is None or self._call is None or not self._view.possible:
            return False
        self._seat.transfers.consult(self._call, target)
        return True

    def _on_directory(self, _status: object) -> None:
        if self._call is not None:
            self._refresh()

    def _refresh(self) -> None:
        found = {_key(target): target for target in self._seat.directory.search(self._text)}
        kept = [key for key in self._targets if key in found]
        order = [*kept, *(key for key in found if key not in self._targets)]
        self._targets = {key: found[key] for key in order}
        possible = bool(self._seat.phone.exchange.domain)
        view = TransferView(
            about=self._about(),
            rows=tuple(_row(key, target) for key, target in self._targets.items()),
            note=self._note(possible),
            possible=possible,
        )
        if view != self._view:
            self._view = view
            self.changed.emit(view)

    def _about(self) -> str:
        call = None if self._call is None else self._seat.phone.call(self._call)
        if call is None:
            return ""
        card = self._seat.cards.card(call.interaction_id)
        return compose_facts(call, card, self._seat.clock.monotonic_s()).name

    def _note(self, possible: bool) -> str:
        if not possible:
            return self.tr("There is no exchange in the practice centre to pass calls on.")
        status = self._seat.directory.status
        if not status.away:
            return ""
        if status.as_of is None:
            return self.tr("The server is away: colleagues are not known. Type a number.")
        time = clock_time(status.as_of, self._seat.clock.now())
        return self.tr("The server is away: who is free was known at {time}.").format(time=time)


def _key(target: Target) -> str:
    return f"{target.kind}:{target.number}"


def _row(key: str, target: Target) -> Row:
    number = phone_number(target.number)
    match target.kind:
        case TargetKind.NUMBER:
            return Row(key, number, shape="dial", tone="neutral")
        case TargetKind.QUEUE:
            word = QCoreApplication.translate("Transfer", "Queue")
            trail = f"{word} · {number}"
            return Row(key, target.name, shape="queue", tone="neutral", trail=trail)
        case TargetKind.COLLEAGUE:
            return _colleague(key, target)


def _colleague(key: str, target: Target) -> Row:
    number = phone_number(target.number)
    if target.state is None:
        return Row(key, target.name, shape="person", tone="neutral", trail=number)
    return Row(
        key,
        target.name,
        shape=words.agent_state_icon(target.state),
        tone=_TONES.get(target.state, "neutral"),
        trail=f"{words.agent_state(target.state)} · {number}",
        muted=target.state is AgentState.SIGNED_OUT,
    )
