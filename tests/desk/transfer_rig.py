"""A talking caller, an engine that records, and transfers over both."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from agent_app.desk.phone import Phone
from agent_app.desk.transfers import TransferFailure, Transfers, TransferState, TransferStatus
from agent_app.domain.calls import Call
from agent_app.domain.directory import Target, TargetKind
from agent_app.domain.ids import InteractionId
from sip import messages as m
from tests.desk.fakes import FakeEngine, HandClock, incoming
from tests.ui.fakes import InstantTasks

READY = m.EngineReady(1, 4711, "127.0.0.1", (("udp", 5062),), "pjsua2")
CALLER = m.LineId("1-9")
TARGET = m.LineId("1-1")
CHEN = Target(TargetKind.COLLEAGUE, "陈静", "1002")
FAILURES = [
    (486, TransferFailure.BUSY),
    (600, TransferFailure.BUSY),
    (480, TransferFailure.NO_ANSWER),
    (408, TransferFailure.NO_ANSWER),
    (404, TransferFailure.UNREACHABLE),
    (503, TransferFailure.UNREACHABLE),
    (603, TransferFailure.REFUSED),
    (403, TransferFailure.REFUSED),
]


class TransferRig:
    """A talking caller; ``before_refer`` runs while the attachment travels."""

    def __init__(self, dial_domain: str = "pbx") -> None:
        self.engine = FakeEngine()
        self.phone = Phone(extension="1001", dial_domain=dial_domain, normalise=_digits,
                           clock=HandClock())  # fmt: skip
        self.phone.attach(self.engine)
        self.phone.handle(READY)
        self.before_refer: list[Callable[[], None]] = []
        self.flushed: list[InteractionId] = []
        self.transfers = Transfers(phone=self.phone, flush=self._flush, tasks=InstantTasks())
        self.said: list[TransferStatus] = []
        self.transfers.changed.connect(self.said.append)
        self.phone.handle(incoming(str(CALLER)))
        self.phone.handle(m.CallAnswered(CALLER, "PCMA"))
        self.caller = self.phone.calls[0].interaction_id

    def _flush(self, interaction_id: InteractionId) -> Awaitable[bool]:
        async def work() -> bool:
            self.flushed.append(interaction_id)
            for act in self.before_refer:
                act()
            return True

        return work()

    @property
    def state(self) -> TransferState:
        return self.transfers.status(self.caller).state

    @property
    def failure(self) -> TransferFailure | None:
        return self.transfers.status(self.caller).failure

    @property
    def sent(self) -> list[m.Command]:
        """What was sent since the last look."""
        sent, self.engine.sent = self.engine.sent, []
        return sent

    def call(self) -> Call:
        call = self.phone.call(self.caller)
        assert call is not None
        return call

    def held(self, *, by_agent: bool = True) -> None:
        self.phone.handle(m.CallHeld(CALLER, by_agent=by_agent, by_caller=False))

    def consult(self) -> InteractionId:
        """The caller waits, the target rings."""
        self.transfers.consult(self.caller, CHEN)
        self.held()
        consult = self.transfers.status(self.caller).consult
        assert consult is not None
        return consult

    def talk_to_target(self) -> InteractionId:
        consult = self.consult()
        self.phone.handle(m.CallAnswered(TARGET, "PCMA"))
        assert self.state is TransferState.CONSULTED
        assert self.sent
        return consult

    def progress(self, status: int, *, final: bool = True) -> None:
        self.phone.handle(m.TransferProgressed(CALLER, status, "words", final))

    def end(self, line: m.LineId, status: int = 200, by: m.EndedBy = m.EndedBy.CALLER) -> None:
        self.phone.handle(m.CallEnded(line, status, "words", by))


def _digits(text: str) -> str:
    return text if text.isdigit() else ""
