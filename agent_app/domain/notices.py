"""Notices: what must be read, what is over, what may be written (M32, step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agent_app.domain.ids import AgentId, NoticeId

WRITING_ROLES = frozenset({"supervisor", "administrator", "knowledge-editor"})
"""Who writes notices and sees who has read them; the server has the last word."""

TITLE_LIMIT = 1_000
BODY_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Notice:
    """``read_at`` is when she read it, here or elsewhere; ``version`` 0: not at the server yet."""

    notice_id: NoticeId
    version: int
    title: str
    body: str
    must_read: bool
    author_name: str
    published_at: datetime
    expires_at: datetime | None = None
    read_at: datetime | None = None
    provisional: bool = False

    def current(self, now: datetime) -> bool:
        return self.published_at <= now and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True, slots=True)
class NoticeForm:
    """A notice while it is written; ``until`` is the last day it holds, None for good.

    ``version`` is the one that was seen, 0 for a new one.
    """

    notice_id: NoticeId
    version: int = 0
    title: str = ""
    body: str = ""
    must_read: bool = True
    until: date | None = None

    @property
    def about(self) -> str:
        """One new notice is written at a time; each changed one has its own words."""
        return self.notice_id if self.version else ""


@dataclass(frozen=True, slots=True)
class Reader:
    """``read_at`` None: not yet."""

    agent_id: AgentId
    name: str
    read_at: datetime | None = None


class NoticeProblem(StrEnum):
    NO_TITLE = "no-title"
    TOO_LONG = "too-long"
    OVER_ALREADY = "over-already"


def may_write(role: str) -> bool:
    return role in WRITING_ROLES


def unread(notices: tuple[Notice, ...], now: datetime) -> tuple[Notice, ...]:
    """What holds now and she has not read: what must be read first, the oldest first."""
    found = (one for one in notices if one.read_at is None and one.current(now))
    return tuple(sorted(found, key=lambda one: (not one.must_read, one.published_at)))


def wrong_notice(form: NoticeForm, today: date) -> NoticeProblem | None:
    if not form.title.strip():
        return NoticeProblem.NO_TITLE
    if len(form.title) > TITLE_LIMIT or len(form.body) > BODY_LIMIT:
        return NoticeProblem.TOO_LONG
    if form.until is not None and form.until < today:
        return NoticeProblem.OVER_ALREADY
    return None
