"""Who may work here: sign-in, rotating refresh tokens, sign-out (step ⑨).

A refresh token is random, kept only as a SHA-256, good once. One that comes a second time was
copied by somebody, so its whole session is void (RFC 9700, 4.14.2).
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from server.database import Database
from server.errors import ApiError
from server.lockout import count_attempt, forget_failures
from server.passwords import Passwords
from server.settings import Settings
from server.tables import agents, refresh_tokens, sessions
from server.tokens import TokenSigner

_AGENT_COLUMNS = (agents.c.id, agents.c.login, agents.c.name, agents.c.extension, agents.c.role)


@dataclass(frozen=True, slots=True)
class Agent:
    id: str
    login: str
    name: str
    extension: str
    role: str


@dataclass(frozen=True, slots=True)
class Session:
    agent: Agent
    access_token: str = field(repr=False)
    access_expires_s: int
    refresh_token: str = field(repr=False)
    server_time: str


class Accounts:
    """Every method blocks (database, argon2): call it from a worker thread. Raises ApiError."""

    def __init__(
        self,
        *,
        database: Database,
        passwords: Passwords,
        signer: TokenSigner,
        settings: Settings,
        clock: Callable[[], float],
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._signer = signer
        self._settings = settings
        self._clock = clock

    def sign_in(self, *, login: str, password: str, device: str) -> Session:
        """A new session; 401 ``wrong-credentials``, 429 ``locked-out``."""
        self._database.run(
            lambda transaction: count_attempt(
                transaction.connection, login, self._clock(), self._settings
            )
        )
        with self._database.read() as connection:
            found = connection.execute(
                select(*_AGENT_COLUMNS, agents.c.password_hash, agents.c.disabled).where(
                    agents.c.login == login
                )
            ).one_or_none()
        right = self._passwords.matches(found.password_hash if found else None, password)
        if found is None or not right or found.disabled:
            raise ApiError(401, "wrong-credentials", "Login or password is wrong.")
        now = int(self._clock())
        session_id = str(uuid.uuid4())
        with self._database.write() as transaction:
            forget_failures(transaction.connection, login)
            transaction.connection.execute(
                insert(sessions).values(
                    id=session_id, agent_id=found.id, device=device, started_at=now, void_reason=""
                )
            )
            refresh = self._new_refresh_token(transaction.connection, session_id)
        return self._session(found, session_id, refresh)

    def refresh(self, refresh_token: str) -> Session:
        """A new session for a refresh token; 401 ``refresh-invalid`` when it is not good (again).

        Reuse is committed as the end of the session before the error goes out.
        """
        with self._database.write() as transaction:
            renewed = self._rotate(transaction.connection, refresh_token)
        if renewed is None:
            raise ApiError(401, "refresh-invalid", "The session has ended: sign in again.")
        found, session_id, refresh = renewed
        return self._session(found, session_id, refresh)

    def sign_out(self, refresh_token: str) -> None:
        """End the session of a refresh token; one that is not known is no error."""
        with self._database.write() as transaction:
            session_id = transaction.connection.execute(
                select(refresh_tokens.c.session_id).where(
                    refresh_tokens.c.hash == _hash(refresh_token)
                )
            ).scalar_one_or_none()
            if session_id is not None:
                self._void(transaction.connection, session_id, "signed-out")

    def _rotate(
        self, connection: Connection, refresh_token: str
    ) -> tuple[Row[*tuple[Any, ...]], str, str] | None:
        now = int(self._clock())
        token = refresh_tokens
        found = connection.execute(
            select(
                token.c.session_id, token.c.expires_at, token.c.used_at, sessions.c.voided_at,
                sessions.c.agent_id,
            )
            .join(sessions, sessions.c.id == token.c.session_id)
            .where(token.c.hash == _hash(refresh_token))
            .with_for_update()
        ).one_or_none()  # fmt: skip
        if found is None or found.voided_at is not None or found.expires_at <= now:
            return None
        if found.used_at is not None:
            self._void(connection, found.session_id, "refresh-token-reused")
            return None
        agent = connection.execute(
            select(*_AGENT_COLUMNS).where(
                agents.c.id == found.agent_id, agents.c.disabled.is_(False)
            )
        ).one_or_none()
        if agent is None:
            return None
        connection.execute(
            update(token).where(token.c.hash == _hash(refresh_token)).values(used_at=now)
        )
        return agent, found.session_id, self._new_refresh_token(connection, found.session_id)

    def _void(self, connection: Connection, session_id: str, reason: str) -> None:
        connection.execute(
            update(sessions)
            .where(sessions.c.id == session_id, sessions.c.voided_at.is_(None))
            .values(voided_at=int(self._clock()), void_reason=reason)
        )

    def _new_refresh_token(self, connection: Connection, session_id: str) -> str:
        token = secrets.token_urlsafe(32)
        connection.execute(
            insert(refresh_tokens).values(
                hash=_hash(token),
                session_id=session_id,
                expires_at=int(self._clock()) + self._settings.refresh_lifetime_s,
            )
        )
        return token

    def _session(
        self, found: Row[*tuple[Any, ...]], session_id: str, refresh_token: str
    ) -> Session:
        now = datetime.fromtimestamp(self._clock(), UTC)
        return Session(
            agent=Agent(found.id, found.login, found.name, found.extension, found.role),
            access_token=self._signer.issue(
                agent_id=found.id, session_id=session_id, role=found.role
            ),
            access_expires_s=self._signer.lifetime_s,
            refresh_token=refresh_token,
            server_time=now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03d}Z",
        )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
