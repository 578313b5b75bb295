"""The words and shapes for the domain's values, the same wherever they are shown (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from agent_app.desk.phone import DialOutcome
from agent_app.domain.agent_state import AgentState
from agent_app.domain.calls import Call, CallState, EndReason
from agent_app.domain.link import (
    MERGE_CUSTOMERS,
    PUBLISH_DRAFT,
    READ_NOTICE,
    SAVE_CUSTOMER,
    SAVE_DRAFT,
    SAVE_GAP,
    SAVE_INTERACTION,
    SAVE_NOTICE,
    SAVE_TICKET,
    OutboxState,
    ServerState,
)
from agent_app.domain.links import LinkFault
from sip.messages import RegistrationCause


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


def three_way() -> str:
    """What a call is called while it is in the conference."""
    return QCoreApplication.translate("Words", "Three-way")


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


def returned(why: str) -> str:
    """Why a transferred call is back; the exchange's own words where it has others."""
    words = {
        "busy": QCoreApplication.translate("Words", "busy"),
        "no-answer": QCoreApplication.translate("Words", "no answer"),
        "refused": QCoreApplication.translate("Words", "refused"),
        "unreachable": QCoreApplication.translate("Words", "not reachable"),
    }
    return words.get(why, why)


def dial_outcome(outcome: DialOutcome) -> str:
    """Why nothing was dialled; empty when it was."""
    words = {
        DialOutcome.DIALLED: "",
        DialOutcome.EMPTY: QCoreApplication.translate("Words", "Type a number first."),
        DialOutcome.NOT_A_NUMBER: QCoreApplication.translate(
            "Words", "This is not a number that can be dialled."),
        DialOutcome.NO_PHONE: QCoreApplication.translate(
            "Words", "The phone is not ready yet; try again in a moment."),
        DialOutcome.NO_EXCHANGE: QCoreApplication.translate(
            "Words", "There is no exchange here to dial through."),
        DialOutcome.NO_LINE: QCoreApplication.translate(
            "Words", "All four lines are in use; end one first."),
    }  # fmt: skip
    return words[outcome]


def registration_cause(cause: RegistrationCause) -> str:
    """Why the extension is not registered, as a sentence; empty when it is."""
    words = {
        RegistrationCause.NONE: "",
        RegistrationCause.TRYING: QCoreApplication.translate("Words", "It is being tried."),
        RegistrationCause.WRONG_PASSWORD: QCoreApplication.translate(
            "Words", "The password is not the one that the exchange has."),
        RegistrationCause.UNKNOWN_EXTENSION: QCoreApplication.translate(
            "Words", "The exchange does not know this extension."),
        RegistrationCause.REFUSED: QCoreApplication.translate("Words", "The exchange refused it."),
        RegistrationCause.NO_ANSWER: QCoreApplication.translate(
            "Words", "The exchange does not answer; it is tried again by itself."),
        RegistrationCause.NO_NETWORK: QCoreApplication.translate(
            "Words", "This machine has no network to the exchange. Is the cable in?"),
        RegistrationCause.CERTIFICATE: QCoreApplication.translate(
            "Words", "What answers cannot prove that it is the exchange (certificate)."),
        RegistrationCause.EXCHANGE_FAULT: QCoreApplication.translate(
            "Words", "The exchange has a fault; it is tried again by itself."),
    }  # fmt: skip
    return words[cause]


def link_fault(fault: LinkFault) -> str:
    """Why a link from another program is no number."""
    words = {
        LinkFault.EMPTY: QCoreApplication.translate("Words", "The link was empty."),
        LinkFault.TOO_LONG: QCoreApplication.translate("Words", "The link is too long."),
        LinkFault.NO_NUMBER: QCoreApplication.translate("Words", "There is no number in the link."),
        LinkFault.BROKEN: QCoreApplication.translate("Words", "The link is broken."),
    }
    return words[fault]


def server_state(state: ServerState) -> str:
    words = {
        ServerState.SIGNED_OUT: QCoreApplication.translate("Words", "Server: not signed in"),
        ServerState.CONNECTING: QCoreApplication.translate("Words", "Server: connecting"),
        ServerState.FIRST_SYNC: QCoreApplication.translate("Words", "Server: first sync"),
        ServerState.NOT_SYNCHRONISED: QCoreApplication.translate(
            "Words", "Server: not synchronised"),
        ServerState.ONLINE: QCoreApplication.translate("Words", "Server: online"),
        ServerState.OFFLINE: QCoreApplication.translate("Words", "Server: offline"),
    }  # fmt: skip
    return words[state]


def outbox_state(state: OutboxState) -> str:
    words = {
        OutboxState.WAITING: QCoreApplication.translate("Words", "Waiting"),
        OutboxState.SENDING: QCoreApplication.translate("Words", "Being sent"),
        OutboxState.CONFLICT: QCoreApplication.translate("Words", "Conflict"),
        OutboxState.REJECTED: QCoreApplication.translate("Words", "Sent back"),
        OutboxState.DELIVERED: QCoreApplication.translate("Words", "Delivered"),
    }
    return words[state]


def outbox_kind(kind: str) -> str:
    """What kind of thing waits; an unknown kind is shown as it is."""
    words = {
        SAVE_INTERACTION: QCoreApplication.translate("Words", "Summary"),
        SAVE_CUSTOMER: QCoreApplication.translate("Words", "Customer"),
        MERGE_CUSTOMERS: QCoreApplication.translate("Words", "Merging of customers"),
        SAVE_GAP: QCoreApplication.translate("Words", "Gap report"),
        SAVE_TICKET: QCoreApplication.translate("Words", "Ticket"),
        SAVE_NOTICE: QCoreApplication.translate("Words", "Notice"),
        READ_NOTICE: QCoreApplication.translate("Words", "Notice read"),
        SAVE_DRAFT: QCoreApplication.translate("Words", "Article draft"),
        PUBLISH_DRAFT: QCoreApplication.translate("Words", "Article to publish"),
    }
    return words.get(kind, kind)
