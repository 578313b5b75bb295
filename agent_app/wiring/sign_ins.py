"""Says on the desk that the same agent is signed in elsewhere as well (M42)."""

from __future__ import annotations

from datetime import datetime

from agent_app.desk.faults import FaultKind, Faults
from sync.news import SessionKind, SessionNews

DEVICE_SHOWN = 60


class SignInNotices:
    """``device`` is what this seat calls itself; a sign-in with that name is told without one."""

    def __init__(self, *, faults: Faults, device: str) -> None:
        self._faults = faults
        self._device = device

    def hear(self, news: SessionNews) -> None:
        """In the GUI thread. An ended session is told by the state of replication."""
        if news.kind is not SessionKind.SECOND_SIGN_IN:
            return
        readable = "".join(mark for mark in news.device if mark.isprintable())[:DEVICE_SHOWN]
        name = "" if news.device == self._device else readable
        self._faults.report(FaultKind.SECOND_SIGN_IN, name, _moment(news.at))


def _moment(text: str) -> datetime | None:
    """When it was, None where the server's text is no time in a zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
