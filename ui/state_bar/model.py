"""What the state bar says: only what exchange, server and sound device themselves say (step ⑤)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from agent_app.desk.phone import EngineState, PhoneStatus
from agent_app.desk.rounds import OncePerRound
from agent_app.desk.seat import Seat
from agent_app.domain.agent_state import AgentState
from agent_app.domain.link import LinkStatus
from sip.messages import RegistrationCause, SoundState
from ui import words
from ui.formatting import clock_time, count, duration
from ui.second_hand import SecondHand
from ui.state_bar.indicator import Health, Indicator
from ui.state_bar.server import server_indicator


@dataclass(frozen=True, slots=True)
class StateBarView:
    """``choices`` is empty when there is nothing to choose (signed out)."""

    state: AgentState
    word: str
    icon: str
    timer: str
    explanation: str
    choices: tuple[tuple[AgentState, str], ...]
    next_state: AgentState
    during_call: bool
    wrapping_up: bool
    agent: str
    phone: Indicator
    server: Indicator
    outbox: Indicator
    sound: Indicator


class StateBarModel(QObject):
    """View-model of the state bar.

    Signals:
        changed: the new StateBarView.
        timer_changed: the view's timer, when nothing else did.
    """

    changed = Signal(object)
    timer_changed = Signal(str)

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._view = self._compose()
        self._second_hand = SecondHand(seat.clock.monotonic_s, self)
        self._second_hand.moved.connect(self._on_second)
        self._second_hand.follow(seat.shift.status.since_monotonic_s)
        once = OncePerRound(seat.phone.rounds, self.refresh, self)
        seat.shift.changed.connect(once.ask)
        seat.phone.status_changed.connect(once.ask)
        seat.link.changed.connect(once.ask)
        seat.local_copy.changed.connect(once.ask)

    @property
    def view(self) -> StateBarView:
        return self._view

    def choose(self, state: AgentState) -> None:
        self._seat.shift.choose(state)

    def end_wrap_up(self) -> None:
        self._seat.shift.end_wrap_up()

    def continue_wrap_up(self) -> None:
        self._seat.shift.continue_wrap_up()

    def refresh(self) -> None:
        self._second_hand.follow(self._seat.shift.status.since_monotonic_s)
        view = self._compose()
        if view != self._view:
            self._view = view
            self.changed.emit(view)

    def _on_second(self) -> None:
        """What has no signal of its own (the day) is looked at now and then."""
        timer = self._timer_text()
        if timer.endswith("0"):
            self.refresh()
        elif timer != self._view.timer:
            self._view = replace(self._view, timer=timer)
            self.timer_changed.emit(timer)

    def _timer_text(self) -> str:
        status = self._seat.shift.status
        in_state_s = self._seat.clock.monotonic_s() - status.since_monotonic_s
        return duration(in_state_s if status.wrap_up_left_s is None else status.wrap_up_left_s)

    def _compose(self) -> StateBarView:
        seat, status = self._seat, self._seat.shift.status
        wrapping_up = status.wrap_up_left_s is not None
        return StateBarView(
            state=status.state,
            word=words.agent_state(status.state),
            icon=words.agent_state_icon(status.state),
            timer=self._timer_text(),
            explanation=self._explain(wrapping_up),
            choices=tuple((state, words.agent_state(state)) for state in seat.shift.choices),
            next_state=status.next_state,
            during_call=status.state
            in (AgentState.RINGING, AgentState.TALKING, AgentState.ON_HOLD, AgentState.WRAP_UP),
            wrapping_up=wrapping_up,
            agent=self.tr("{name} · {extension}").format(
                name=seat.agent.name, extension=seat.agent.extension
            ),
            phone=self._phone(seat.phone.status),
            server=server_indicator(seat.link.status, seat.local_copy.status.sync),
            outbox=self._outbox(seat.link.status),
            sound=self._sound(seat.phone.status),
        )

    def _explain(self, wrapping_up: bool) -> str:
        status = self._seat.shift.status
        since = clock_time(status.since, self._seat.clock.now())
        text = self.tr("Since {time}").format(time=since)
        if wrapping_up or status.state is not status.next_state:
            following = words.agent_state(status.next_state)
            text += "\n" + self.tr("Then: {state}").format(state=following)
        if status.overdue:
            text += "\n" + self.tr("Its time is over: it waits for the summary, saved or parked.")
        return text

    def _phone(self, status: PhoneStatus) -> Indicator:
        number, detail = status.extension, status.detail or status.registration_detail
        match status.engine:
            case EngineState.STARTING:
                return Indicator("extension", self.tr("Phone: starting"), Health.WARNING, detail)
            case EngineState.LOST:
                return Indicator("extension", self.tr("Phone: restarting"), Health.FAULT, detail)
            case EngineState.READY:
                pass
        if status.registered is None:
            text = self.tr("Ext. {number}: ready").format(number=number)
            return Indicator("extension", text, Health.GOOD, status.address)
        if status.registered:
            text = self.tr("Ext. {number}: registered").format(number=number)
            explanation = "\n".join(one for one in (status.address, self._strangers(status)) if one)
            return Indicator("extension", text, Health.GOOD, explanation)
        if status.cause is RegistrationCause.TRYING:
            text = self.tr("Ext. {number}: registering").format(number=number)
            return Indicator("extension", text, Health.WARNING, status.registration_detail)
        text = self.tr("Ext. {number}: not registered").format(number=number)
        why = (words.registration_cause(status.cause), status.registration_detail)
        return Indicator("extension", text, Health.FAULT, "\n".join(one for one in why if one))

    def _strangers(self, status: PhoneStatus) -> str:
        """Who knocked at the phone and is not the exchange."""
        if not status.strangers:
            return ""
        text = self.tr("{number} refused that did not come from the exchange; last from {source}")
        source = status.strangers_source or self.tr("an unknown address")
        return text.format(number=count(status.strangers), source=source)

    def _outbox(self, status: LinkStatus) -> Indicator:
        if status.set_aside:
            text = self.tr("Outbox {waiting} · {aside} to look at").format(
                waiting=count(status.waiting), aside=count(status.set_aside)
            )
            return Indicator("outbox", text, Health.FAULT)
        text = self.tr("Outbox {waiting}").format(waiting=count(status.waiting))
        return Indicator("outbox", text, Health.WARNING if status.waiting else Health.GOOD)

    def _sound(self, status: PhoneStatus) -> Indicator:
        names = "\n".join(name for name in (status.speaker, status.microphone) if name)
        match status.sound:
            case SoundState.CLOSED:
                return self._next_sound(status)
            case SoundState.OPEN:
                return Indicator("headset", self.tr("Headset: in use"), Health.GOOD, names)
            case SoundState.NO_MICROPHONE:
                text = self.tr("No microphone")
                return Indicator("microphone-off", text, Health.WARNING, names or status.detail)
            case SoundState.NO_DEVICE:
                text = self.tr("No sound device")
                return Indicator("headset-off", text, Health.WARNING, status.detail)
            case SoundState.FAILED:
                text = self.tr("Sound device failed")
                return Indicator("headset-off", text, Health.FAULT, status.detail)

    def _next_sound(self, status: PhoneStatus) -> Indicator:
        """Before the call: what it will be heard and spoken with."""
        if status.engine is not EngineState.READY:
            return Indicator("headset", self.tr("Headset: idle"), Health.NEUTRAL)
        lines = (
            self.tr("Next call, you hear: {name}").format(name=status.next_speaker or "–"),
            self.tr("you speak into: {name}").format(name=status.next_microphone or "–"),
            self.tr("it rings on: {names}").format(names=", ".join(status.next_rings) or "–"),
        )
        explanation = "\n".join(lines)
        if not status.next_speaker:
            text = self.tr("No sound device")
            return Indicator("headset-off", text, Health.WARNING, explanation)
        if not status.next_microphone:
            text = self.tr("No microphone")
            return Indicator("microphone-off", text, Health.WARNING, explanation)
        return Indicator("headset", self.tr("Headset: ready"), Health.GOOD, explanation)
