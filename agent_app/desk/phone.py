"""The agent's phone: the engine's events become calls (step ③), her acts become commands.

Nothing here believes a command: a call moves when the engine says that it moved.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from agent_app.desk.call_book import Outgoing
from agent_app.desk.phone_events import PhoneEvents
from agent_app.desk.phone_status import EngineState, PhoneStatus
from agent_app.desk.phone_values import (
    MAX_LINES,
    DialOutcome,
    DtmfOutcome,
    Engine,
    Exchange,
    Levels,
    Refusal,
    TransferProgress,
)
from agent_app.domain.calls import Call, CallMove, CallState, Direction
from agent_app.domain.dialling import dtmf_digits, feature_code, pieces
from agent_app.domain.directory import RingingElsewhere
from agent_app.domain.ids import InteractionId, uuid7
from agent_app.runtime.clock import Clock
from sip import messages as m

__all__ = [
    "MAX_LINES",
    "DialOutcome",
    "DtmfOutcome",
    "Engine",
    "EngineState",
    "Exchange",
    "Levels",
    "Phone",
    "PhoneStatus",
    "Refusal",
    "TransferProgress",
]


def _as_it_is(normal: str) -> str:
    return normal


class Phone(PhoneEvents):
    """Calls of one seat. Lives in the GUI thread; every method returns at once.

    Its signals are listed in ``PhoneEvents``.
    """

    def __init__(
        self,
        *,
        extension: str,
        dial_domain: str,
        normalise: Callable[[str], str],
        clock: Clock,
        dial_string: Callable[[str], str] = _as_it_is,
        unfinished: Callable[[str], Call | None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """``dial_string`` is what is dialled for a normalised number; "" refuses it."""
        super().__init__(
            extension=extension,
            normalise=normalise,
            clock=clock,
            unfinished=unfinished,
            parent=parent,
        )
        self._exchange = Exchange(dial_domain)
        self._normalise = normalise
        self._dial_string = dial_string

    @property
    def exchange(self) -> Exchange:
        return self._exchange

    def use(self, extension: str, exchange: Exchange) -> None:
        """Another account from now on, or other rules for it."""
        self._exchange = exchange
        if extension != self._status.extension:
            self._put_status(PhoneStatus(extension))

    # --- what the agent does: calling ------------------------------------------------------------

    def dial(self, text: str) -> DialOutcome:
        """Call a number as typed; nothing happens unless the answer is DIALLED."""
        outcome, _ = self._dial(text)
        return outcome

    def consult(
        self, interaction_id: InteractionId, number: str, name: str
    ) -> tuple[DialOutcome, InteractionId | None]:
        """Call ``number`` about a live call, which is held; returns the new call's id."""
        call = self.call(interaction_id)
        call_id = "" if call is None else call.exchange_call_id
        return self._dial(number, name=name, call_id=call_id, consults_for=interaction_id)

    def pick_up(self, ringing: RingingElsewhere) -> DialOutcome:
        """Take the call that rings at a colleague's; it is an incoming one of ours from now on."""
        code = f"{self._exchange.pick_up_prefix}{ringing.extension}"
        refusal = self._why_not()
        if refusal is not None:
            return refusal
        if not feature_code(code):
            return DialOutcome.NOT_A_NUMBER
        wish = Outgoing(
            number=ringing.number,
            normal=self._normalise(ringing.number),
            name=ringing.name,
            direction=Direction.INCOMING,
            queue=ringing.queue,
            menu_path=ringing.menu_path,
            dialled=ringing.dialled,
            anonymous=not ringing.number,
            exchange_call_id=ringing.call_id,
        )
        self._make(wish, code)
        return DialOutcome.DIALLED

    def dial_string(self, text: str) -> str:
        """What would be dialled for ``text``: a feature code exactly, a number by the rules."""
        if code := feature_code(text):
            return code
        normal = self._normalise(text)
        return self._dial_string(normal) if normal else ""

    # --- what the agent does: one call -----------------------------------------------------------

    def answer(self, interaction_id: InteractionId) -> None:
        """Answer a ringing call; a talking one is put on hold first, so that nobody listens in."""
        call = self.call(interaction_id)
        if call is not None and call.state is CallState.RINGING:
            self._intended = interaction_id
            self._hold_the_others(interaction_id)
            self._send(m.Answer, interaction_id)

    def reject(self, interaction_id: InteractionId) -> None:
        call = self.call(interaction_id)
        if call is not None and call.state is CallState.RINGING:
            self._send(m.Reject, interaction_id)

    def hang_up(self, interaction_id: InteractionId) -> None:
        """End a call in any state; a ringing one is refused."""
        call = self.call(interaction_id)
        if call is not None and call.state is CallState.RINGING:
            self.reject(interaction_id)
        else:
            self._send(m.HangUp, interaction_id)

    def hold(self, interaction_id: InteractionId) -> None:
        self._hold(interaction_id)

    def resume(self, interaction_id: InteractionId) -> None:
        """Take a held call up again; a talking one is put on hold first."""
        if self._may(interaction_id, CallMove.RESUME):
            self._intended = interaction_id
            self._hold_the_others(interaction_id)
            self._send(m.Resume, interaction_id)

    def bring_together(self, interactions: tuple[InteractionId, ...]) -> None:
        """These may talk beside each other until they are joined; none of them ends that."""
        self._together = frozenset(interactions)
        for interaction_id in interactions:
            self.resume(interaction_id)
        talking = [call for call in self.calls if call.state is CallState.TALKING]
        if talking:
            self._one_talks(talking[0].interaction_id)

    def swap(self) -> InteractionId | None:
        """Hold who talks and take up who has waited longest; returns whom, None for nobody."""
        held = [call for call in self.calls if call.state is CallState.HELD]
        if not held:
            return None
        self.resume(held[0].interaction_id)
        return held[0].interaction_id

    def set_mute(self, interaction_id: InteractionId, muted: bool) -> None:
        self._send(m.SetMute, interaction_id, muted)

    def send_dtmf(self, interaction_id: InteractionId, text: str) -> DtmfOutcome:
        """Send digits as typed or pasted; all of them or none."""
        digits = dtmf_digits(text)
        if not text.strip():
            return DtmfOutcome.EMPTY
        if not digits:
            return DtmfOutcome.NOT_DIGITS
        call = self.call(interaction_id)
        if call is None or call.state is not CallState.TALKING:
            return DtmfOutcome.NO_CALL
        for piece in pieces(digits):
            self._send(m.SendDtmf, interaction_id, piece)
        return DtmfOutcome.SENT

    def transfer(self, interaction_id: InteractionId, dial_string: str) -> None:
        """Pass the call on blind; ``transfer_progressed`` or ``refused`` says what became of it."""
        self._send(m.Transfer, interaction_id, self._exchange.uri(dial_string))

    def complete_transfer(self, interaction_id: InteractionId, consult: InteractionId) -> None:
        """Connect two calls with each other and leave."""
        line, consulted = self._book.line(interaction_id), self._book.line(consult)
        if line is not None and consulted is not None:
            self._book.connecting(line, consulted)
            self._send(m.CompleteTransfer, interaction_id, consulted)

    def confer(self, interactions: tuple[InteractionId, ...]) -> None:
        """Exactly these hear each other; fewer than two end the conference."""
        found = (self._book.line(interaction_id) for interaction_id in interactions)
        self.command(m.Conference(tuple(line for line in found if line is not None)))

    # --- what the agent does: the phone itself ---------------------------------------------------

    def register(self) -> None:
        """Try to register again now."""
        self.command(m.Register())

    def command(self, command: m.Command) -> None:
        """Hand a command about no call of the book to the engine, if there is one."""
        if self._engine is not None:
            self._engine.send(command)

    # --- inside ----------------------------------------------------------------------------------

    def _why_not(self) -> DialOutcome | None:
        """Why nobody can be called just now."""
        if self._engine is None or self._status.engine is not EngineState.READY:
            return DialOutcome.NO_PHONE
        if not self._exchange.domain:
            return DialOutcome.NO_EXCHANGE
        return DialOutcome.NO_LINE if len(self.calls) >= MAX_LINES else None

    def _dial(
        self,
        text: str,
        *,
        name: str = "",
        call_id: str = "",
        consults_for: InteractionId | None = None,
    ) -> tuple[DialOutcome, InteractionId | None]:
        if not text.strip():
            return DialOutcome.EMPTY, None
        if not (dial_string := self.dial_string(text)):
            return DialOutcome.NOT_A_NUMBER, None
        if (refusal := self._why_not()) is not None:
            return refusal, None
        wish = Outgoing(
            number=text.strip(),
            normal=self._normalise(text) or feature_code(text),
            name=name,
            exchange_call_id=call_id or uuid7(),  # so that it can be passed on with its card
            consults_for=consults_for,
        )
        return DialOutcome.DIALLED, self._make(wish, dial_string)

    def _make(self, wish: Outgoing, dial_string: str) -> InteractionId:
        assert self._engine is not None, "asked before"
        line = self._engine.new_line()
        call = self._book.dialled(line, wish)
        self._intended = call.interaction_id
        self._hold_the_others(call.interaction_id)
        self._changed(call)
        call_id = wish.exchange_call_id
        headers = ((self._exchange.call_id_header, call_id),) if call_id else ()
        self._engine.send(m.MakeCall(line, self._exchange.uri(dial_string), headers))
        return call.interaction_id
