"""Sign-ins as the database keeps them: beginning one, ending some, who else is there (step ⑨).

``end_sessions`` is the only place that voids a session: it tells all processes of the centre in the
same transaction, so that the access tokens of that session are refused from its commit on.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from server.channels import Channel, SessionKind, SessionNews
from server.database import Transaction
from server.moments import iso
from server.tables import refresh_tokens, sessions

TOLD_AT_ONCE = 100
"""Session ids in one notification, which PostgreSQL limits to 8000 bytes."""
SHOWN = 50
DEVICE_MAX = 200


@dataclass(frozen=True, slots=True)
class OtherSession:
    """Another live sign-in of the same agent; field names are those of the wire."""

    device: str
    started_at: str
    seen_at: str


def begin_session(transaction: Transaction, *, agent_id: str, device: str, now: int) -> str:
    """A new session of an agent, told to the agent's other ones; returns its id."""
    connection = transaction.connection
    mine = select(sessions.c.id).where(sessions.c.agent_id == agent_id)
    connection.execute(
        delete(refresh_tokens).where(
            refresh_tokens.c.session_id.in_(mine), refresh_tokens.c.expires_at <= now
        )
    )
    session_id = str(uuid.uuid4())
    connection.execute(
        insert(sessions).values(
            id=session_id, agent_id=agent_id, device=device, started_at=now, void_reason="",
            seen_at=now, wipe=False,
        )
    )  # fmt: skip
    news = SessionNews(
        SessionKind.SECOND_SIGN_IN, agent_id, (session_id,), device=device, at=iso(now)
    )
    transaction.notify(Channel.SESSIONS, news.to_payload())
    return session_id


def end_sessions(
    transaction: Transaction, which: ColumnElement[bool], *, reason: str, now: int, wipe: bool
) -> tuple[str, ...]:
    """Void the live sessions that fit ``which``; returns their ids. ``wipe``: see EndedSessions."""
    connection = transaction.connection
    live = (which, sessions.c.voided_at.is_(None))
    found = connection.execute(
        select(sessions.c.id, sessions.c.agent_id).where(*live).order_by(sessions.c.id)
        .with_for_update()
    ).all()  # fmt: skip
    if not found:
        return ()
    connection.execute(
        update(sessions).where(*live).values(voided_at=now, void_reason=reason, wipe=wipe)
    )
    for agent_id in sorted({row.agent_id for row in found}):
        ids = [row.id for row in found if row.agent_id == agent_id]
        for start in range(0, len(ids), TOLD_AT_ONCE):
            part = tuple(ids[start : start + TOLD_AT_ONCE])
            news = SessionNews(SessionKind.ENDED, agent_id, part, wipe=wipe)
            transaction.notify(Channel.SESSIONS, news.to_payload())
    return tuple(row.id for row in found)


def other_sessions(
    connection: Connection, *, agent_id: str, session_id: str, since: int
) -> tuple[OtherSession, ...]:
    """The agent's sessions but ``session_id`` that were seen ``since``, the newest first."""
    found = connection.execute(
        select(sessions.c.device, sessions.c.started_at, sessions.c.seen_at)
        .where(
            sessions.c.agent_id == agent_id,
            sessions.c.id != session_id,
            sessions.c.voided_at.is_(None),
            sessions.c.seen_at >= since,
        )
        .order_by(sessions.c.started_at.desc(), sessions.c.id)
    )
    return tuple(OtherSession(row.device, iso(row.started_at), iso(row.seen_at)) for row in found)


def sessions_of(connection: Connection, agent_id: str) -> list[dict[str, object]]:
    """The agent's last sessions, live or not, the newest first."""
    found = connection.execute(
        select(sessions)
        .where(sessions.c.agent_id == agent_id)
        .order_by(sessions.c.started_at.desc(), sessions.c.id)
        .limit(SHOWN)
    )
    return [
        {
            "id": row.id,
            "device": row.device,
            "started_at": iso(row.started_at),
            "seen_at": iso(row.seen_at),
            "ended_at": None if row.voided_at is None else iso(row.voided_at),
            "reason": row.void_reason,
        }
        for row in found
    ]
