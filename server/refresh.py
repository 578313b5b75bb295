"""Refresh tokens: random, kept only as SHA-256, each good for one renewal (step ⑨).

A token that comes a second time was copied by somebody, so its whole session is void (RFC 9700,
4.14.2). One exception, because a seat whose answer was lost must ask again: shortly after its first
use, and only while its successor was not used either, a token is answered with that same successor.
So nobody ever holds two tokens that are good, and a copy ends the session at the next renewal.

For that the successor is kept sealed with the token itself, which the database does not hold.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, insert, select, update

from server.audit import Audited, record
from server.database import Transaction
from server.errors import ApiError
from server.revocation import session_ended
from server.sessions import end_sessions
from server.settings import Settings
from server.tables import refresh_tokens, sessions
from server.tokens import Identity

TOKEN_BYTES = 32
REUSED = "refresh-token-reused"


@dataclass(frozen=True, slots=True)
class Renewed:
    session_id: str
    agent_id: str
    refresh_token: str = field(repr=False)


def new_refresh_token(connection: Connection, session_id: str, *, expires_at: int) -> str:
    token = _text(secrets.token_bytes(TOKEN_BYTES))
    _keep(connection, token, session_id, expires_at)
    return token


def session_of(connection: Connection, token: str) -> tuple[str, str] | None:
    """Ids of the session and of the agent that a refresh token, good or not, belongs to."""
    found = connection.execute(
        select(sessions.c.id, sessions.c.agent_id)
        .join(refresh_tokens, refresh_tokens.c.session_id == sessions.c.id)
        .where(refresh_tokens.c.hash == hash_of(token))
    ).one_or_none()
    return None if found is None else (found.id, found.agent_id)


def renew(
    transaction: Transaction, token: str, *, now: int, settings: Settings
) -> Renewed | ApiError:
    """The session of a refresh token with its next one, or the error to answer after the commit.

    That is 401 ``refresh-invalid``, or 401 ``session-ended`` with ``wipe``.
    """
    connection, table = transaction.connection, refresh_tokens
    # Locks the session too: two tokens of one session are looked at one after the other.
    found = connection.execute(
        select(table, sessions.c.agent_id, sessions.c.voided_at, sessions.c.wipe)
        .join(sessions, sessions.c.id == table.c.session_id)
        .where(table.c.hash == hash_of(token))
        .with_for_update()
    ).one_or_none()
    if found is None:
        return _invalid()
    if found.voided_at is not None:
        return session_ended(wipe=found.wipe)
    if found.expires_at <= now:
        return _invalid()
    if found.used_at is None:
        successor = _follow(connection, token, found.session_id, now=now, settings=settings)
        return Renewed(found.session_id, found.agent_id, successor)
    successor = _text(_sealed(token, bytes.fromhex(found.successor)))
    if found.used_at > now - settings.refresh_grace_s and _is_unused(connection, successor):
        return Renewed(found.session_id, found.agent_id, successor)
    end_sessions(transaction, sessions.c.id == found.session_id, reason=REUSED, now=now, wipe=False)
    record(
        transaction,
        identity=Identity(found.agent_id, found.session_id, "", 0),
        action=Audited.REFRESH_REUSED,
        table="agents",
        record=found.agent_id,
    )
    return _invalid()


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _follow(
    connection: Connection, token: str, session_id: str, *, now: int, settings: Settings
) -> str:
    successor = secrets.token_bytes(TOKEN_BYTES)
    table = refresh_tokens
    connection.execute(
        update(table)
        .where(table.c.hash == hash_of(token))
        .values(used_at=now, successor=_sealed(token, successor).hex())
    )
    connection.execute(
        delete(table).where(table.c.session_id == session_id, table.c.expires_at <= now)
    )
    connection.execute(update(sessions).where(sessions.c.id == session_id).values(seen_at=now))
    _keep(connection, _text(successor), session_id, now + settings.refresh_lifetime_s)
    return _text(successor)


def _keep(connection: Connection, token: str, session_id: str, expires_at: int) -> None:
    connection.execute(
        insert(refresh_tokens).values(
            hash=hash_of(token), session_id=session_id, expires_at=expires_at, successor=""
        )
    )


def _is_unused(connection: Connection, token: str) -> bool:
    table = refresh_tokens
    query = select(table.c.hash).where(table.c.hash == hash_of(token), table.c.used_at.is_(None))
    return connection.execute(query).first() is not None


def _sealed(token: str, successor: bytes) -> bytes:
    """A one-time pad: each token is random and seals one successor. Sealing again opens."""
    pad = hashlib.sha256(b"successor of " + token.encode()).digest()
    return bytes(a ^ b for a, b in zip(successor, pad, strict=True))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _invalid() -> ApiError:
    return ApiError(401, "refresh-invalid", "The session has ended: sign in again.")
