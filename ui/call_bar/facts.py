"""One call in words, the same in call bar, tab and toast (step ⑤)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from agent_app.domain.agent_state import AgentState
from agent_app.domain.calls import Call
from agent_app.domain.customers import CallerCard
from agent_app.domain.ids import InteractionId
from ui import words
from ui.formatting import duration, phone_number, waited


@dataclass(frozen=True, slots=True)
class CallTab:
    """``together``: in the conference with the other tabs that say so."""

    interaction_id: InteractionId
    title: str
    look: AgentState
    together: bool = False


@dataclass(frozen=True, slots=True)
class CallFacts:
    """``name`` is never empty; ``details`` are queue, menu, waiting time and dialled line.

    ``remark`` is what the state's word does not say: held by the caller, why the call ended.
    """

    interaction_id: InteractionId
    name: str
    number: str
    details: str
    state: str
    remark: str
    look: AgentState
    timer: str


def compose_tab(interaction_id: InteractionId, call: Call | None,
                card: CallerCard | None) -> CallTab:  # fmt: skip
    if call is None:
        title = QCoreApplication.translate("CallFacts", "Summary")
        return CallTab(interaction_id, title, AgentState.WRAP_UP)
    title = QCoreApplication.translate("CallFacts", "{state} · {who}").format(
        who=_name(call, card) or phone_number(call.number) or _withheld(),
        state=words.three_way() if call.in_conference else words.call_state(call),
    )
    return CallTab(interaction_id, title, words.call_look(call), call.in_conference)


def compose_facts(
    call: Call, card: CallerCard | None, now_monotonic_s: float, *, passed_on_by: str = ""
) -> CallFacts:
    """``passed_on_by`` is the colleague by name; her extension where that is not known."""
    number = phone_number(call.number)
    name = _name(call, card)
    return CallFacts(
        interaction_id=call.interaction_id,
        name=name or number or _withheld(),
        number=number if name and name != number else "",
        details=_details(call, passed_on_by or call.transferred_by),
        state=words.call_state(call),
        remark=_remark(call),
        look=words.call_look(call),
        timer=shown_time(call, now_monotonic_s),
    )


def _name(call: Call, card: CallerCard | None) -> str:
    """The person the card is about, else what card and exchange say."""
    if card is not None and card.customer is not None:
        return card.customer.name
    return (card.shown_name if card else "") or call.name


def _withheld() -> str:
    return QCoreApplication.translate("CallFacts", "Number withheld")


def _remark(call: Call) -> str:
    if call.end_reason is not None:
        return words.end_reason(call.end_reason)
    if call.returned:
        back = QCoreApplication.translate("CallFacts", "Back with you: {why}")
        return back.format(why=words.returned(call.returned))
    if call.in_conference:
        return words.three_way()
    if call.consults_for is not None:
        return QCoreApplication.translate("CallFacts", "Consultation")
    if call.held_by_caller:
        return QCoreApplication.translate("CallFacts", "Held by the caller")
    return ""


def counted_from(call: Call) -> float:
    """The monotonic second from which its time is counted while it lives."""
    since = call.answered_monotonic_s
    return call.started_monotonic_s if since is None else since


def shown_time(call: Call, now_monotonic_s: float) -> str:
    """Talking time; before the answer, the time since it rang; after the end, what was talked."""
    if not call.live:
        return duration(call.talked_s)
    return duration(now_monotonic_s - counted_from(call))


def _details(call: Call, passed_on_by: str) -> str:
    """What must stay readable first: a narrow window cuts the end."""
    parts = []
    if passed_on_by:
        text = QCoreApplication.translate("CallFacts", "transferred by {extension}")
        parts.append(text.format(extension=passed_on_by))
    if call.queue:
        text = QCoreApplication.translate("CallFacts", "queue {queue}")
        parts.append(text.format(queue=call.queue))
    if call.dialled:
        text = QCoreApplication.translate("CallFacts", "dialled {number}")
        parts.append(text.format(number=phone_number(call.dialled)))
    if call.menu_path:
        text = QCoreApplication.translate("CallFacts", "menu {path}")
        parts.append(text.format(path=call.menu_path))
    if call.waited_s is not None:
        parts.append(waited(call.waited_s))
    return " · ".join(parts)
