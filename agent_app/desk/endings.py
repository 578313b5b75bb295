"""What a SIP status says, and why a call ended: tables, no state."""

from __future__ import annotations

from agent_app.domain.calls import Call, CallState, EndReason
from sip.messages import CallEnded, EndedBy

BUSY_STATUSES = frozenset({486, 600})
NO_ANSWER_STATUSES = frozenset({408, 480, 487})


def is_success(status: int) -> bool:
    """A SIP status that says yes (RFC 3261 7.2)."""
    return 200 <= status < 300


def words_of(status: int, reason: str) -> str:
    """What the other side said, as it is shown."""
    return f"{status} {reason}".strip()


def end_reason(call: Call, ended: CallEnded) -> EndReason:
    """The reason as the agent is told it; ``call`` is the call just before its end."""
    if ended.ended_by is EndedBy.NETWORK and call.was_answered:
        return EndReason.LOST
    if ended.ended_by is EndedBy.AGENT:
        ringing = call.state is CallState.RINGING
        return EndReason.REJECTED if ringing else EndReason.AGENT_HUNG_UP
    if call.state is CallState.RINGING:
        return EndReason.CALLER_GAVE_UP
    if call.state is CallState.DIALLING:
        if ended.status in BUSY_STATUSES:
            return EndReason.BUSY
        return EndReason.NO_ANSWER if ended.status in NO_ANSWER_STATUSES else EndReason.REFUSED
    return EndReason.CALLER_HUNG_UP
