"""The words and shapes for the domain's values, the same wherever they are shown (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from agent_app.domain.agent_state import AgentState
from agent_app.domain.calls import Call, CallState, EndReason
from agent_app.domain.link import OutboxState, ServerState


def agent_state(state: AgentState) -> str:
    words = {
        AgentState.SIGNED_OUT: QCoreApplication.translate("Words", "Signed out"),
        AgentState.READY: QCoreApplication.translate("Words", "Ready"),
        AgentState.RINGING: QCoreApplication.translate("Words", "Ringing"),
        AgentState.TALKING: QCoreApplication.translate("Words", "Talking"),
        AgentState.ON_HOLD: QCoreApplication.translate("Words", "On hold"),
        AgentState.WRAP_UP: QCoreApplication.translate("Words", "Wrap-up"),
        AgentState.NOT_READY: QCoreApplication.translate("Words", "Not ready"),
        AgentState.BREAK: QCoreApplication.translate("Words", "Break"),
        AgentState.STUDY: QCoreApplication.translate("Words", "Study"),
        AgentState.PRACTICE: QCoreApplication.translate("Words", "Practice"),
    }
    return words[state]


def agent_state_icon(state: AgentState) -> str:
    return f"state-{state.value}"


def call_state(call: Call) -> str:
    words = {
        CallState.RINGING: QCoreApplication.translate("Words", "Ringing"),
        CallState.DIALLING: QCoreApplication.translate("Words", "Dialling"),
        CallState.TALKING: QCoreApplication.translate("Words", "Talking"),
        CallState.HELD: QCoreApplication.translate("Words", "On hold"),
        CallState.ENDED: QCoreApplication.translate("Words", "Summary"),
    }
    return words[call.state]


def call_look(call: Call) -> AgentState:
    """The state whose colour and shape a call wears."""
    looks = {
        CallState.RINGING: AgentState.RINGING,
        CallState.DIALLING: AgentState.TALKING,
        CallState.TALKING: AgentState.TALKING,
        CallState.HELD: AgentState.ON_HOLD,
        CallState.ENDED: AgentState.WRAP_UP,
    }
    return looks[call.state]


def end_reason(reason: EndReason) -> str:
    words = {
        EndReason.AGENT_HUNG_UP: QCoreApplication.translate("Words", "You hung up"),
        EndReason.CALLER_HUNG_UP: QCoreApplication.translate("Words", "The caller hung up"),
        EndReason.CALLER_GAVE_UP: QCoreApplication.translate("Words", "The caller gave up"),
        EndReason.TRANSFERRED: QCoreApplication.translate("Words", "Transferred"),
        EndReason.REJECTED: QCoreApplication.translate("Words", "You rejected the call"),
        EndReason.BUSY: QCoreApplication.translate("Words", "Busy"),
        EndReason.NO_ANSWER: QCoreApplication.translate("Words", "No answer"),
        EndReason.REFUSED: QCoreApplication.translate("Words", "Refused by the other side"),
        EndReason.LOST: QCoreApplication.translate("Words", "The connection was lost"),
    }
    return words[reason]


def server_state(state: ServerState) -> str:
    words = {
        ServerState.SIGNED_OUT: QCoreApplication.translate("Words", "Server: not signed in"),
        ServerState.CONNECTING: QCoreApplication.translate("Words", "Server: connecting"),
        ServerState.FIRST_SYNC: QCoreApplication.translate("Words", "Server: first sync"),
        ServerState.ONLINE: QCoreApplication.translate("Words", "Server: online"),
        ServerState.OFFLINE: QCoreApplication.translate("Words", "Server: offline"),
    }
    return words[state]


def outbox_state(state: OutboxState) -> str:
    words = {
        OutboxState.WAITING: QCoreApplication.translate("Words", "Waiting"),
        OutboxState.CONFLICT: QCoreApplication.translate("Words", "Conflict"),
        OutboxState.REJECTED: QCoreApplication.translate("Words", "Sent back"),
        OutboxState.DELIVERED: QCoreApplication.translate("Words", "Delivered"),
    }
    return words[state]


def outbox_kind(kind: str) -> str:
    """What kind of thing waits; an unknown kind is shown as it is."""
    words = {"interaction.save": QCoreApplication.translate("Words", "Summary")}
    return words.get(kind, kind)
