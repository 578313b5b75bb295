"""What is wrong with server, outbox and program (step ⑤)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from agent_app.desk.faults import Fault, FaultKind
from agent_app.desk.local_copy import CopyStatus, Forgetting
from agent_app.domain.link import LinkStatus, ServerState
from agent_app.domain.set_aside import SetAside
from ui.formatting import clock_time, count
from ui.local_copy import words
from ui.window.trouble import Remedy, Severity, Trouble, TroubleKind


def set_aside(status: LinkStatus) -> Trouble | None:
    if not status.set_aside:
        return None
    text = QCoreApplication.translate(
        "Troubles", "The server did not take {number} of your entries. Look at them."
    ).format(number=count(status.set_aside))
    word = QCoreApplication.translate("Troubles", "Open the inbox")
    return Trouble(TroubleKind.SET_ASIDE, Severity.FAULT, text, Remedy.SHOW_INBOX, word)


def server(status: LinkStatus, copy: CopyStatus) -> Trouble | None:
    match status.server:
        case ServerState.ONLINE | ServerState.CONNECTING:
            return None
        case ServerState.FIRST_SYNC:
            text = QCoreApplication.translate(
                "Troubles", "Fetching the centre's data: {done} of {all} rows."
            ).format(done=count(status.synced_rows), all=count(status.rows_to_sync))
            if copy.being_fetched:
                text = QCoreApplication.translate(
                    "Troubles", "Fetching the centre's data; go on working. {progress}"
                ).format(progress=words.progress(copy))
            return Trouble(TroubleKind.SERVER, Severity.NEUTRAL, text)
        case ServerState.NOT_SYNCHRONISED:
            text = QCoreApplication.translate(
                "Troubles", "Fetching the centre's data was stopped; this computer has not all."
            )
            word = QCoreApplication.translate("Troubles", "Go on fetching")
            return Trouble(TroubleKind.SERVER, Severity.WARNING, text, Remedy.FETCH_COPY, word)
        case ServerState.SIGNED_OUT if copy.by_centre:
            text = _forgotten(copy, status)
        case ServerState.SIGNED_OUT:
            text = QCoreApplication.translate(
                "Troubles", "Not signed in at the server. What you save is kept here."
            )
            text = f"{text} {_without_server(status)}".strip()
        case ServerState.OFFLINE:
            text = QCoreApplication.translate(
                "Troubles",
                "The server is away. Go on working: {number} entries wait here and go out "
                "by themselves.",
            ).format(number=count(status.waiting))
            text = f"{text} {_without_server(status)}".strip()
    word = QCoreApplication.translate("Troubles", "Try now")
    return Trouble(TroubleKind.SERVER, Severity.WARNING, text, Remedy.RETRY_SERVER, word,
                   status.detail)  # fmt: skip


def renewed(copy: CopyStatus) -> Trouble | None:
    """Everything was fetched anew, for a reason she should know."""
    if copy.renewed is None:
        return None
    text = QCoreApplication.translate(
        "Troubles", "The centre's data were fetched anew. {reason}"
    ).format(reason=words.reason(copy.renewed))
    word = QCoreApplication.translate("Troubles", "Understood")
    return Trouble(TroubleKind.COPY, Severity.WARNING, text, Remedy.DISMISS, word)


def _without_server(status: LinkStatus) -> str:
    """Until when a desk that was opened without the server may be; empty for any other."""
    if status.offline_until is None:
        return ""
    text = QCoreApplication.translate("Troubles", "Signed in without the server, until {date}.")
    return text.format(date=f"{status.offline_until.astimezone():%Y-%m-%d}")


def _forgotten(copy: CopyStatus, status: LinkStatus) -> str:
    """The centre ended the session and wanted its data gone from here."""
    if copy.forgetting is Forgetting.FAILED:
        return QCoreApplication.translate(
            "Troubles", "The centre's data could not all be deleted from this computer: {why}"
        ).format(why=copy.fault)
    return QCoreApplication.translate(
        "Troubles",
        "The centre has ended your session and its data were deleted from this computer."
        " {number} entries of yours are kept until you sign in here again.",
    ).format(number=count(status.waiting + status.set_aside))


def fault(faults: tuple[Fault, ...], now: datetime) -> Trouble | None:
    """The newest; reading it away shows the one before."""
    if not faults:
        return None
    newest, severity = faults[-1], Severity.FAULT
    match newest.kind:
        case FaultKind.DATA:
            text, kind = newest.detail, TroubleKind.DATA
        case FaultKind.SET_ASIDE:
            assert newest.set_aside is not None, "such a fault says what was set aside"
            text, kind = lost_file(newest.set_aside), TroubleKind.DATA
        case FaultKind.SECOND_SIGN_IN:
            kind, severity = TroubleKind.SECOND_SIGN_IN, Severity.WARNING
            text = _second_sign_in(newest.detail, clock_time(newest.at, now))
        case FaultKind.PROGRAM:
            kind = TroubleKind.PROGRAM
            text = QCoreApplication.translate(
                "Troubles",
                "Something in Zuoxi went wrong at {time}; it was written down. Go on working.",
            ).format(time=clock_time(newest.at, now))
    word = QCoreApplication.translate("Troubles", "Understood")
    return Trouble(kind, severity, text, Remedy.DISMISS, word, newest.detail)


def lost_file(found: SetAside) -> str:
    """What was unreadable, what was saved of it, and where the old file is."""
    if (saved := found.salvage) is None:
        return QCoreApplication.translate(
            "Troubles",
            "The local copy of the centre's data could not be read and is fetched again. "
            "The old file is kept as {name}.",
        ).format(name=found.kept_as)
    parts = [
        QCoreApplication.translate(
            "Troubles",
            "The file of your drafts and unsent work was damaged. Saved from it: {drafts} drafts "
            "and {outbox} unsent entries.",
        ).format(drafts=count(saved.drafts), outbox=count(saved.outbox))
    ]
    if saved.lost:
        text = QCoreApplication.translate("Troubles", "{lost} could not be read and are lost.")
        parts.append(text.format(lost=count(saved.lost)))
    if not saved.certain:
        parts.append(
            QCoreApplication.translate("Troubles", "More may be missing; nobody can tell.")
        )
    elif not saved.lost:
        parts.append(QCoreApplication.translate("Troubles", "Nothing is missing."))
    if saved.from_spare:
        parts.append(
            QCoreApplication.translate(
                "Troubles", "Some of it is as it was when the desk was last opened or closed."
            )
        )
    text = QCoreApplication.translate("Troubles", "The old file is kept as {name}.")
    return " ".join((*parts, text.format(name=found.kept_as)))


def _second_sign_in(seat: str, time: str) -> str:
    """An agent who does not know of it must tell somebody."""
    if not seat:
        return QCoreApplication.translate(
            "Troubles",
            "Your account is also signed in from this computer, since {time}. "
            "If that was not you, tell the supervisor.",
        ).format(time=time)
    return QCoreApplication.translate(
        "Troubles",
        "Your account is also signed in at {seat}, since {time}. "
        "If that was not you, tell the supervisor.",
    ).format(seat=seat, time=time)
