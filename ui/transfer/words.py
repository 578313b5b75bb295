"""What became of a transfer, in words; the same in call bar and trouble line (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from agent_app.desk.conference import ConferenceFailure, ConferenceStatus
from agent_app.desk.transfers import (
    TransferFailure,
    TransferState,
    TransferStatus,
)
from agent_app.domain.directory import Target
from ui.formatting import phone_number


def target_name(target: Target) -> str:
    """1002 陈静, or the number alone where it has no name."""
    number = phone_number(target.number)
    if not target.name:
        return number
    return QCoreApplication.translate("Transfer", "{number} {name}").format(
        number=number, name=target.name
    )


def progress(status: TransferStatus) -> str:
    """One line for the call bar while a transfer is on its way; empty when there is none."""
    target = status.target
    who = "" if target is None else target.name or phone_number(target.number)
    texts = {
        TransferState.NONE: "",
        TransferState.CONSULTING: QCoreApplication.translate("Transfer", "Asking {who} …"),
        TransferState.CONSULTED: QCoreApplication.translate("Transfer", "{who} is on the line"),
        TransferState.TRANSFERRING: QCoreApplication.translate("Transfer", "Passing on to {who} …"),
        TransferState.FAILED: QCoreApplication.translate("Transfer", "Not passed on: {why}"),
        TransferState.DONE: QCoreApplication.translate("Transfer", "Passed on to {who}"),
    }
    return texts[status.state].format(who=who, why=failure(status))


def failure(status: TransferStatus) -> str:
    """Why, in two or three words; empty when nothing failed."""
    texts = {
        None: "",
        TransferFailure.BUSY: QCoreApplication.translate("Transfer", "busy"),
        TransferFailure.NO_ANSWER: QCoreApplication.translate("Transfer", "no answer"),
        TransferFailure.REFUSED: QCoreApplication.translate("Transfer", "refused"),
        TransferFailure.UNREACHABLE: QCoreApplication.translate("Transfer", "not reachable"),
        TransferFailure.TARGET_GONE: QCoreApplication.translate("Transfer", "they hung up"),
        TransferFailure.CALLER_GONE: QCoreApplication.translate("Transfer", "the caller hung up"),
        TransferFailure.LOST: QCoreApplication.translate("Transfer", "the connection was lost"),
        TransferFailure.NOT_A_NUMBER: QCoreApplication.translate("Transfer", "not a number"),
        TransferFailure.NO_PHONE: QCoreApplication.translate("Transfer", "the phone is not ready"),
        TransferFailure.NO_EXCHANGE: QCoreApplication.translate("Transfer", "no exchange here"),
        TransferFailure.NO_LINE: QCoreApplication.translate("Transfer", "all lines in use"),
    }
    return texts[status.failure]


def failure_sentence(status: TransferStatus, caller: str) -> str:
    """The whole of it: whom, why, and where the caller is now."""
    who = "" if status.target is None else target_name(status.target)
    gone = (TransferFailure.CALLER_GONE, TransferFailure.LOST)
    if status.failure in gone:
        pattern = QCoreApplication.translate(
            "Transfer", "{caller} was not passed on to {who}: {why}."
        )
    else:
        pattern = QCoreApplication.translate(
            "Transfer", "{caller} was not passed on to {who}: {why}. The call is still yours."
        )
    return pattern.format(caller=caller, who=who, why=failure(status))


def conference_failure(status: ConferenceStatus) -> str:
    """Why the calls were not put together or not left, in one line."""
    texts = {
        None: "",
        ConferenceFailure.TOO_FEW: QCoreApplication.translate(
            "Transfer", "Not joined: one call ended"),
        ConferenceFailure.NOT_JOINED: QCoreApplication.translate(
            "Transfer", "Not joined: the phone refused"),
        ConferenceFailure.NOT_LEFT: QCoreApplication.translate(
            "Transfer", "You are still in it: the exchange did not take the others"),
        ConferenceFailure.NO_ROOM: QCoreApplication.translate(
            "Transfer", "You are still in it: the exchange has no room for the others"),
    }  # fmt: skip
    return texts[status.failure]
