"""How far the copy is, and how far the clock is off, in words (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from agent_app.desk.local_copy import CopyStatus
from sync.copying import CopyStage
from sync.errors import Need
from sync.status import Phase, SyncStatus
from ui.formatting import count

_MINUTE_S = 60
_HOUR_S = 3600


def length(seconds: int) -> str:
    """A length of time as one says it: 40 s, 3 min, 2 h 5 min."""
    if seconds < _MINUTE_S:
        return QCoreApplication.translate("LocalCopy", "{number} s").format(number=seconds)
    minutes = round(seconds / _MINUTE_S)
    if minutes < _HOUR_S // _MINUTE_S:
        return QCoreApplication.translate("LocalCopy", "{number} min").format(number=minutes)
    hours, rest = divmod(minutes, 60)
    pattern = QCoreApplication.translate("LocalCopy", "{hours} h {minutes} min")
    return pattern.format(hours=hours, minutes=rest)


def time_left(status: SyncStatus) -> str:
    """Empty while nothing can be said; never more exact than it is."""
    if status.seconds_left is None:
        return ""
    step = 5 if status.seconds_left < _MINUTE_S else 1
    rounded = max(step, step * round(status.seconds_left / step))
    text = QCoreApplication.translate("LocalCopy", "about {time} left")
    return text.format(time=length(rounded))


def clock(ahead_s: int) -> str:
    """Empty while the clocks agree."""
    if not ahead_s:
        return ""
    if ahead_s > 0:
        text = QCoreApplication.translate(
            "LocalCopy", "This computer's clock is {time} ahead of the server's."
        )
    else:
        text = QCoreApplication.translate(
            "LocalCopy", "This computer's clock is {time} behind the server's."
        )
    return text.format(time=length(abs(ahead_s)))


def progress(status: CopyStatus) -> str:
    """What is happening to the copy, in one line."""
    sync = status.sync
    if status.stopped:
        return QCoreApplication.translate("LocalCopy", "Fetching was stopped.")
    if sync.phase is Phase.FIRST_SYNC:
        return _fetching(sync)
    if sync.phase is Phase.ONLINE:
        return QCoreApplication.translate("LocalCopy", "Complete and up to date.")
    return QCoreApplication.translate("LocalCopy", "As it was when the server was last reached.")


def _fetching(sync: SyncStatus) -> str:
    match sync.stage:
        case CopyStage.INDEXING:
            return QCoreApplication.translate(
                "LocalCopy", "Everything is here; it is being sorted."
            )
        case CopyStage.FETCHING:
            text = QCoreApplication.translate("LocalCopy", "{done} of {all} changes are here")
            said = [text.format(done=count(sync.rows_done), all=count(sync.rows_expected))]
            if sync.rows_per_s:
                pace = QCoreApplication.translate("LocalCopy", "{number} a second")
                said.append(pace.format(number=count(sync.rows_per_s)))
            if left := time_left(sync):
                said.append(left)
            return " · ".join(said)


def reason(need: Need | None) -> str:
    """Why everything is fetched; empty where it is not."""
    words = {
        None: "",
        Need.EMPTY: QCoreApplication.translate("LocalCopy", "This computer has no copy yet."),
        Need.FAR_BEHIND: QCoreApplication.translate(
            "LocalCopy", "The copy is so old that fetching everything is quicker."),
        Need.BEGUN: QCoreApplication.translate("LocalCopy", "Going on where it ended last time."),
        Need.SCOPE_CHANGED: QCoreApplication.translate(
            "LocalCopy", "What your role may see has changed."),
        Need.TOO_OLD: QCoreApplication.translate(
            "LocalCopy", "The copy is older than what the server still remembers."),
        Need.RESTORED: QCoreApplication.translate(
            "LocalCopy", "The server was restored from a backup. What you saved and it has not"
            " got goes out as always."),
        Need.DIFFERS: QCoreApplication.translate(
            "LocalCopy", "The copy was not the same as the server's data."),
        Need.DAMAGED: QCoreApplication.translate(
            "LocalCopy", "The copy on this computer was damaged."),
        Need.ASKED: QCoreApplication.translate("LocalCopy", "You asked for it."),
    }  # fmt: skip
    return words[need]


def others(number: int) -> str:
    """Empty when nobody else's work is here."""
    if not number:
        return ""
    return QCoreApplication.translate(
        "LocalCopy", "{number} entries of another agent wait here until she signs in."
    ).format(number=count(number))


def forget_question(waiting: int) -> str:
    """What forgetting does, before it is done."""
    text = QCoreApplication.translate(
        "LocalCopy",
        "You are signed out, and customers, calls and articles are deleted from this computer."
        " The server keeps everything.",
    )
    if not waiting:
        return text
    return f"{text}\n\n" + QCoreApplication.translate(
        "LocalCopy",
        "{number} entries that the server does not have yet stay here, encrypted, until you sign"
        " in on this computer again.",
    ).format(number=count(waiting))
