"""The state of a call on screen is never wrong, whatever order things happen in.

A model of an engine takes the desk's commands and answers them when it likes: late, refused, or
not at all because it was killed. After each step the desk is compared with it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from agent_app.desk.conference import Conference, ConferenceState
from agent_app.desk.phone import EngineState, Phone
from agent_app.desk.transfers import Transfers, TransferState
from agent_app.domain.calls import Call, CallState
from agent_app.domain.directory import Target, TargetKind
from agent_app.domain.ids import InteractionId
from sip import messages as m
from tests.desk.fakes import HandClock, incoming
from tests.desk.fakes_phone import flushed
from tests.ui.fakes import InstantTasks

CHEN = Target(TargetKind.COLLEAGUE, "陈静", "1002")
MAX_LINES = 4
PICK = st.integers(0, 3)
FINAL = st.sampled_from([200, 202, 404, 408, 486, 487, 503, 603])
BY = st.sampled_from(list(m.EndedBy))


@dataclass
class Line:
    """A call as the engine has it."""

    incoming: bool
    answered: bool = False
    held: bool = False


class ModelEngine:
    """What the real engine guarantees: it answers in order, and only what makes sense."""

    def __init__(self) -> None:
        self.lines: dict[m.LineId, Line] = {}
        self.conference: set[m.LineId] = set()
        self.commands: deque[m.Command] = deque()
        self.referring: set[m.LineId] = set()
        self.incarnation = 1
        self._counter = 0

    def send(self, command: m.Command) -> None:
        self.commands.append(command)

    def new_line(self) -> m.LineId:
        self._counter += 1
        return m.LineId(f"{self.incarnation}-o{self._counter}")

    def rings(self) -> m.LineId:
        self._counter += 1
        line = m.LineId(f"{self.incarnation}-i{self._counter}")
        self.lines[line] = Line(incoming=True)
        return line

    def drop(self, line: m.LineId) -> list[m.Event]:
        del self.lines[line]
        self.referring.discard(line)
        return self._leave(line)

    def _leave(self, line: m.LineId) -> list[m.Event]:
        if line not in self.conference:
            return []
        self.conference.discard(line)
        if len(self.conference) < 2:
            self.conference.clear()
        return [m.ConferenceChanged(tuple(sorted(self.conference)))]

    def obey(self, command: m.Command, *, refuse: bool) -> list[m.Event]:
        line_id = getattr(command, "line", None)
        name = type(command).__name__
        line = self.lines.get(line_id) if line_id is not None else None
        no = [m.CommandRefused(name, line_id, "not now")]
        if isinstance(command, m.MakeCall):
            if refuse or len(self.lines) >= MAX_LINES:
                return [*no]
            self.lines[command.line] = Line(incoming=False)
            return [m.CallProgressed(command.line, 180, "Ringing")]
        if isinstance(command, m.Conference):
            return self._confer(command, [*no], refuse=refuse)
        if refuse or line is None or line_id is None:
            return [*no]
        return self._about(command, line_id, line) or [*no]

    def _confer(self, command: m.Conference, no: list[m.Event], *, refuse: bool) -> list[m.Event]:
        lines = [self.lines.get(one) for one in command.lines]
        if refuse or any(one is None or not one.answered or one.held for one in lines):
            return no
        self.conference = set(command.lines) if len(lines) > 1 else set()
        return [m.ConferenceChanged(tuple(sorted(self.conference)))]

    def _about(  # noqa: PLR0911 - an arm for each command
        self, command: m.Command, line_id: m.LineId, line: Line
    ) -> list[m.Event]:
        match command:
            case m.Answer() if line.incoming and not line.answered:
                line.answered = True
                return [m.CallAnswered(line_id, "PCMA", encrypted=True)]
            case m.Reject() | m.HangUp():
                return [*self.drop(line_id), m.CallEnded(line_id, 200, "", m.EndedBy.AGENT)]
            case m.Hold() if line.answered and not line.held:
                line.held = True
                held = m.CallHeld(line_id, by_agent=True, by_caller=False)
                return [held, *self._leave(line_id)]
            case m.Resume() if line.held:
                line.held = False
                return [m.CallHeld(line_id, by_agent=False, by_caller=False)]
            case m.SetMute(muted=muted):
                return [m.CallMuted(line_id, muted)]
            case m.Transfer() if line.answered:
                self.referring.add(line_id)
                return [m.TransferProgressed(line_id, 100, "Trying", final=False)]
            case m.CompleteTransfer(consulted=other) if line.answered and other in self.lines:
                self.referring.add(line_id)
                return [m.TransferProgressed(line_id, 100, "Trying", final=False)]
        return []


class Calls(RuleBasedStateMachine):
    """The desk over the model, everything in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = ModelEngine()
        self._refused = False
        self.phone = Phone(extension="1001", dial_domain="pbx", normalise=str, clock=HandClock())
        self.phone.attach(self.engine)
        tasks = InstantTasks()
        self.transfers = Transfers(phone=self.phone, flush=flushed, tasks=tasks)
        self.conference = Conference(phone=self.phone, flush=flushed, tasks=tasks,
                                     rooms=lambda: range(800, 810))  # fmt: skip
        self.ended: dict[InteractionId, Call] = {}
        self.shown: dict[InteractionId, Call] = {}
        self.phone.call_changed.connect(self._see)
        self._hear(m.EngineReady(1, 1, "127.0.0.1", (("udp", 5060),), "model"))

    def _see(self, call: Call) -> None:
        assert call.interaction_id not in self.ended, "ended stays ended, and is told once"
        self.shown[call.interaction_id] = call
        if not call.live:
            self.ended[call.interaction_id] = call

    def _hear(self, *events: m.Event) -> None:
        for event in events:
            self.phone.handle(event)

    def _pick(self, number: int) -> InteractionId | None:
        calls = self.phone.calls
        return calls[number % len(calls)].interaction_id if calls else None

    def _line(self, number: int) -> m.LineId:
        lines = sorted(self.engine.lines)
        return lines[number % len(lines)]

    # --- what she does ---------------------------------------------------------------------------

    @rule(act=st.sampled_from(["answer", "reject", "hang_up", "hold", "resume"]), number=PICK)
    def act(self, act: str, number: int) -> None:
        if (call := self._pick(number)) is not None:
            getattr(self.phone, act)(call)

    @rule(number=PICK, muted=st.booleans())
    def mute(self, number: int, muted: bool) -> None:
        if (call := self._pick(number)) is not None:
            self.phone.set_mute(call, muted)

    @rule()
    def swap(self) -> None:
        self.phone.swap()

    @rule()
    def dial(self) -> None:
        self.phone.dial("1002")

    @rule(number=PICK, act=st.sampled_from(["blind", "consult"]))
    def pass_on(self, number: int, act: str) -> None:
        if (call := self._pick(number)) is not None:
            getattr(self.transfers, act)(call, CHEN)

    @rule(number=PICK, act=st.sampled_from(["complete", "cancel"]))
    def finish(self, number: int, act: str) -> None:
        if (call := self._pick(number)) is not None:
            getattr(self.transfers, act)(call)

    @rule(act=st.sampled_from(["join", "leave", "split"]))
    def confer(self, act: str) -> None:
        getattr(self.conference, act)()

    # --- what the engine and the others do -------------------------------------------------------

    @precondition(lambda self: self.engine.commands)
    @rule(refuse=st.integers(0, 9).map(lambda chance: chance == 0))
    def obey(self, refuse: bool) -> None:
        command = self.engine.commands.popleft()
        if refuse and isinstance(command, m.Hold | m.Conference):
            self._refused = True
        self._hear(*self.engine.obey(command, refuse=refuse))

    @rule()
    def obey_all(self) -> None:
        while self.engine.commands:
            self._hear(*self.engine.obey(self.engine.commands.popleft(), refuse=False))

    @precondition(lambda self: len(self.engine.lines) < MAX_LINES)
    @rule()
    def talk_to_another(self) -> None:
        self.obey_all()
        if len(self.engine.lines) < MAX_LINES:
            self.ring()
            self.phone.answer(self.phone.calls[-1].interaction_id)
            self.obey_all()

    @precondition(lambda self: len(self.engine.lines) < MAX_LINES)
    @rule()
    def ring(self) -> None:
        self._hear(incoming(str(self.engine.rings())))

    @precondition(lambda self: self.engine.lines)
    @rule(number=PICK)
    def they_answer(self, number: int) -> None:
        line_id = self._line(number)
        line = self.engine.lines[line_id]
        if not line.incoming and not line.answered:
            line.answered = True
            self._hear(m.CallAnswered(line_id, "PCMA"))

    @precondition(lambda self: self.engine.lines)
    @rule(number=PICK, status=FINAL, by=BY)
    def they_end(self, number: int, status: int, by: m.EndedBy) -> None:
        line = self._line(number)
        self._hear(*self.engine.drop(line), m.CallEnded(line, status, "", by))

    @precondition(lambda self: self.engine.lines)
    @rule(number=PICK, by_caller=st.booleans())
    def they_hold(self, number: int, by_caller: bool) -> None:
        line_id = self._line(number)
        line = self.engine.lines[line_id]
        if line.answered:
            self._hear(m.CallHeld(line_id, by_agent=line.held, by_caller=by_caller))

    @precondition(lambda self: self.engine.lines)
    @rule(number=PICK, who=st.sampled_from(["", "1003", "13800138000"]))
    def they_are_somebody_else(self, number: int, who: str) -> None:
        self._hear(m.CallIdentified(self._line(number), "", who))

    @precondition(lambda self: self.engine.referring)
    @rule(status=FINAL)
    def the_target_says(self, status: int) -> None:
        line = min(self.engine.referring)
        self.engine.referring.discard(line)
        self._hear(m.TransferProgressed(line, status, "", final=True))
        if status < 300:
            self._hear(*self.engine.drop(line), m.CallEnded(line, 200, "", m.EndedBy.AGENT))

    @rule(seldom=st.integers(0, 9))
    def the_engine_dies(self, seldom: int) -> None:
        if seldom != 9:
            return
        self.engine.lines.clear()
        self.engine.commands.clear()
        self.engine.referring.clear()
        self.engine.conference.clear()
        self._hear(m.EngineLost(self.engine.incarnation, "killed", 0.2))
        assert self.phone.status.engine is EngineState.LOST
        self.engine.incarnation += 1
        ready = m.EngineReady(self.engine.incarnation, 1, "127.0.0.1", (("udp", 5060),), "model")
        self._hear(ready)

    # --- what must always hold -------------------------------------------------------------------

    @invariant()
    def what_is_shown_is_what_the_engine_has(self) -> None:
        calls = {call.interaction_id: call for call in self.phone.calls}
        assert {i: call for i, call in self.shown.items() if call.live} == calls
        pending = {one.line for one in self.engine.commands if isinstance(one, m.MakeCall)}
        assert len(calls) == len(self.engine.lines) + len(pending)
        wanted = sorted(_state(line) for line in self.engine.lines.values())
        wanted += [CallState.DIALLING] * len(pending)
        assert sorted(call.state for call in calls.values()) == sorted(wanted)
        together = [call for call in calls.values() if call.in_conference]
        assert len(together) == len(self.engine.conference)

    @invariant()
    def once_everything_is_done_one_talks_at_most(self) -> None:
        """Unless in a conference, or while one is being made."""
        if self.engine.commands or self.conference.status.state is ConferenceState.JOINING:
            return
        if self._refused:
            return  # the engine did not let her: then what is shown is what is
        talking = [call for call in self.phone.calls if call.state is CallState.TALKING]
        assert len([call for call in talking if not call.in_conference]) <= 1
        assert not any(call.in_conference for call in talking) or all(
            call.in_conference for call in talking
        )

    @invariant()
    def a_transfer_speaks_of_calls_that_are(self) -> None:
        for interaction_id in self.shown:
            status = self.transfers.status(interaction_id)
            if status.consult is not None:
                consult = self.phone.call(status.consult)
                assert consult is not None
                assert consult.live
            if status.state in (TransferState.CONSULTING, TransferState.CONSULTED):
                assert status.consult is not None
                assert status.interaction_id not in self.ended
            if status.state is TransferState.TRANSFERRING:
                assert status.interaction_id not in self.ended

    @invariant()
    def the_conference_is_who_is_in_it(self) -> None:
        members = tuple(one.interaction_id for one in self.phone.calls if one.in_conference)
        assert self.conference.members == members
        if self.conference.status.state in (ConferenceState.JOINED, ConferenceState.LEAVING):
            assert len(members) >= 2


def _state(line: Line) -> CallState:
    if not line.answered:
        return CallState.RINGING if line.incoming else CallState.DIALLING
    return CallState.HELD if line.held else CallState.TALKING


Calls.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestCalls = Calls.TestCase
