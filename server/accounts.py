"""Who may work here: sign-in, renewal, sign-out, one's own password (step ⑨)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select

from server.agents import set_password_hash
from server.audit import Audited, record
from server.database import Database, Transaction
from server.errors import ApiError
from server.lockout import count_attempt, forget_failures
from server.moments import iso
from server.password_rules import check_new_password
from server.passwords import Passwords
from server.refresh import new_refresh_token, renew, session_of
from server.sessions import OtherSession, begin_session, end_sessions, other_sessions
from server.settings import Settings
from server.tables import agents, sessions
from server.tokens import Identity, TokenSigner

_AGENT_COLUMNS = (agents.c.id, agents.c.login, agents.c.name, agents.c.extension, agents.c.role)

LIVE_LIFETIMES = 2
"""A seat renews its access token in time; one that did not for two of their lives is gone."""


@dataclass(frozen=True, slots=True)
class Agent:
    id: str
    login: str
    name: str
    extension: str
    role: str


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it goes over the wire; ``others`` are the agent's live sign-ins elsewhere."""

    agent: Agent
    role: str
    access_token: str = field(repr=False)
    access_expires_s: int
    refresh_token: str = field(repr=False)
    server_time: str
    others: tuple[OtherSession, ...]


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

    def sign_in(self, *, login: str, password: str, device: str, address: str) -> Session:
        """A new session; 401 ``wrong-credentials``, 429 ``locked-out``.

        ``device`` is what the seat calls itself, ``address`` where the request came from.
        """
        found = self._check(login, password, device=device, address=address)
        now = int(self._clock())
        with self._database.write() as transaction:
            _check_unchanged(transaction, found)
            forget_failures(transaction.connection, login=login, address=address)
            session_id = begin_session(transaction, agent_id=found.id, device=device, now=now)
            token = new_refresh_token(
                transaction.connection,
                session_id,
                expires_at=now + self._settings.refresh_lifetime_s,
            )
            record(
                transaction,
                identity=Identity(found.id, session_id, found.role, 0),
                action=Audited.SIGN_IN,
                table="agents",
                record=found.id,
                detail={"device": device, "address": address},
            )
            return self._session(transaction, found, session_id, token)

    def refresh(self, refresh_token: str) -> Session:
        """The next tokens of a session; see ``server.refresh`` for those that come twice.

        401 ``refresh-invalid`` or ``session-ended``; what reuse did is committed before.
        """
        with self._database.write() as transaction:
            renewed = renew(
                transaction, refresh_token, now=int(self._clock()), settings=self._settings
            )
            if not isinstance(renewed, ApiError):
                found = transaction.connection.execute(
                    select(*_AGENT_COLUMNS).where(
                        agents.c.id == renewed.agent_id, agents.c.disabled.is_(False)
                    )
                ).one_or_none()
                if found is None:
                    raise ApiError(401, "refresh-invalid", "This account is closed.")
                return self._session(transaction, found, renewed.session_id, renewed.refresh_token)
        raise renewed

    def sign_out(self, refresh_token: str) -> None:
        """End the session of a refresh token; one that is not known is no error."""
        with self._database.write() as transaction:
            known = session_of(transaction.connection, refresh_token)
            if known is None:
                return
            session_id, agent_id = known
            ended = end_sessions(
                transaction,
                sessions.c.id == session_id,
                reason="signed-out",
                now=int(self._clock()),
                wipe=False,
            )
            if ended:
                record(
                    transaction,
                    identity=Identity(agent_id, session_id, "", 0),
                    action=Audited.SIGN_OUT,
                    table="agents",
                    record=agent_id,
                )

    def change_password(self, identity: Identity, *, old: str, new: str, address: str) -> None:
        """The agent's own, known by the old one; ends the agent's other sessions.

        400 ``weak-password``, 403 ``wrong-password``, 429 ``locked-out``.
        """
        with self._database.read() as connection:
            login = connection.execute(
                select(agents.c.login).where(agents.c.id == identity.agent_id)
            ).scalar_one_or_none()
        if login is None:
            raise ApiError(404, "not-found", "This account is gone.")
        check_new_password(new, login=login)
        try:
            self._check(login, old, device="", address=address)
        except ApiError as error:
            if error.status != 401:
                raise
            raise ApiError(403, "wrong-password", "The old password is wrong.") from None
        password_hash = self._passwords.hash(new)
        with self._database.write() as transaction:
            forget_failures(transaction.connection, login=login, address=address)
            set_password_hash(
                transaction,
                identity.agent_id,
                password_hash,
                by=identity,
                now=int(self._clock()),
                but_session=identity.session_id,
            )

    def me(self, identity: Identity) -> dict[str, object]:
        """Who is signed in with this session, and where else."""
        with self._database.read() as connection:
            found = connection.execute(
                select(*_AGENT_COLUMNS, sessions.c.device, sessions.c.started_at)
                .join(sessions, sessions.c.agent_id == agents.c.id)
                .where(sessions.c.id == identity.session_id, agents.c.id == identity.agent_id)
            ).one_or_none()
            if found is None:
                raise ApiError(404, "not-found", "This session is not known here.")
            others = other_sessions(
                connection,
                agent_id=found.id,
                session_id=identity.session_id,
                since=self._live_since(),
            )
        return {
            "agent": _agent(found),
            "session_id": identity.session_id,
            "device": found.device,
            "started_at": iso(found.started_at),
            "others": others,
        }

    def _check(
        self, login: str, password: str, *, device: str, address: str
    ) -> Row[*tuple[Any, ...]]:
        """The agent of a login whose password is right. Counts the attempt."""
        self._database.run(
            lambda transaction: count_attempt(
                transaction.connection,
                login=login,
                address=address,
                now=self._clock(),
                settings=self._settings,
            )
        )
        with self._database.read() as connection:
            found = connection.execute(
                select(*_AGENT_COLUMNS, agents.c.password_hash, agents.c.disabled).where(
                    agents.c.login == login
                )
            ).one_or_none()
        right = self._passwords.matches(found.password_hash if found else None, password)
        if found is not None and right and not found.disabled:
            return found
        with self._database.write() as transaction:
            # Not the login as typed: people put their password there.
            record(
                transaction,
                identity=None if found is None else Identity(found.id, "", found.role, 0),
                action=Audited.SIGN_IN_FAILED,
                table="agents",
                record="" if found is None else found.id,
                detail={"device": device, "address": address},
            )
        raise _wrong_credentials()

    def _live_since(self) -> int:
        return int(self._clock()) - LIVE_LIFETIMES * self._signer.lifetime_s

    def _session(
        self,
        transaction: Transaction,
        found: Row[*tuple[Any, ...]],
        session_id: str,
        refresh_token: str,
    ) -> Session:
        return Session(
            agent=_agent(found),
            role=found.role,
            access_token=self._signer.issue(
                agent_id=found.id, session_id=session_id, role=found.role
            ),
            access_expires_s=self._signer.lifetime_s,
            refresh_token=refresh_token,
            server_time=iso(self._clock()),
            others=other_sessions(
                transaction.connection,
                agent_id=found.id,
                session_id=session_id,
                since=self._live_since(),
            ),
        )


def _agent(found: Row[*tuple[Any, ...]]) -> Agent:
    return Agent(found.id, found.login, found.name, found.extension, found.role)


def _check_unchanged(transaction: Transaction, found: Row[*tuple[Any, ...]]) -> None:
    """Nobody closed the account or changed it while the password was looked at, nor does now."""
    same = transaction.connection.execute(
        select(agents.c.id)
        .where(
            agents.c.id == found.id,
            agents.c.role == found.role,
            agents.c.password_hash == found.password_hash,
            agents.c.disabled.is_(False),
        )
        .with_for_update()
    ).first()
    if same is None:
        raise _wrong_credentials()


def _wrong_credentials() -> ApiError:
    return ApiError(401, "wrong-credentials", "Login or password is wrong.")
