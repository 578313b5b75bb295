"""Accounts as an administrator keeps them: adding, changing, ending their sessions (M42, step ⑨).

Everything here is one transaction of the caller's, for the routes and for the command line alike.
Whatever takes rights away ends the sessions that have them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import Connection, Row, func, insert, select, update

from server.audit import Audited, record
from server.conflict import Value
from server.database import Transaction
from server.errors import ApiError
from server.ids import uuid7
from server.rights import Role
from server.sessions import end_sessions
from server.tables import agents, sessions
from server.tokens import Identity

_SHOWN = (
    agents.c.id, agents.c.login, agents.c.name, agents.c.extension, agents.c.role,
    agents.c.skills, agents.c.disabled,
)  # fmt: skip


def read_agents(connection: Connection) -> list[dict[str, object]]:
    """All accounts, also closed ones, by login; ``live`` counts the sessions that did not end."""
    live = (
        select(sessions.c.agent_id, func.count().label("live"))
        .where(sessions.c.voided_at.is_(None))
        .group_by(sessions.c.agent_id)
        .subquery()
    )
    found = connection.execute(
        select(*_SHOWN, live.c.live)
        .outerjoin(live, live.c.agent_id == agents.c.id)
        .order_by(agents.c.login)
    )
    return [{**_shown(row), "live": row.live or 0} for row in found]


def add_agent(
    transaction: Transaction,
    values: Mapping[str, Value],
    *,
    password_hash: str | None,
    by: Identity | None,
    now: int,
) -> dict[str, object]:
    """A new account from ``agent_fields.read_new_agent``; without a password it cannot sign in.

    ``by`` is who does it, None for the command line. Raises ApiError 409 ``login-taken``.
    """
    connection = transaction.connection
    taken = select(agents.c.id).where(agents.c.login == values["login"])
    if connection.execute(taken).first() is not None:
        raise ApiError(409, "login-taken", "There is an account with this login already.")
    agent_id = uuid7()
    connection.execute(
        insert(agents).values(
            id=agent_id, password_hash=password_hash, password_set_at=now, **values
        )
    )
    record(
        transaction, identity=by, action=Audited.ADD_AGENT, table="agents", record=agent_id,
        detail={"role": values["role"]},
    )  # fmt: skip
    return _shown(_found(connection, agent_id))


def change_agent(
    transaction: Transaction,
    agent_id: str,
    changes: Mapping[str, Value],
    *,
    by: Identity | None,
    now: int,
) -> dict[str, object]:
    """The account with ``agent_fields.read_changes`` applied; returns what it is now.

    Another role, or its closing, ends its sessions. Raises ApiError 404, and 409
    ``last-administrator``.
    """
    connection = transaction.connection
    _keep_an_administrator(connection, agent_id, changes)
    before = _found(connection, agent_id)
    different = {name: value for name, value in changes.items() if getattr(before, name) != value}
    if different:
        connection.execute(update(agents).where(agents.c.id == agent_id).values(**different))
        detail: dict[str, object] = {"fields": sorted(different)}
        detail |= {name: different[name] for name in ("role", "disabled") if name in different}
        record(
            transaction, identity=by, action=Audited.CHANGE_AGENT, table="agents",
            record=agent_id, detail=detail,
        )  # fmt: skip
    if "role" in different or different.get("disabled"):
        reason = "account-closed" if different.get("disabled") else "other-role"
        end_sessions(
            transaction, sessions.c.agent_id == agent_id, reason=reason, now=now, wipe=False
        )
    return _shown(_found(connection, agent_id))


def set_password_hash(
    transaction: Transaction,
    agent_id: str,
    password_hash: str,
    *,
    by: Identity | None,
    now: int,
    but_session: str = "",
) -> None:
    """Give an agent a new password and end the agent's sessions, ``but_session``.

    Raises ApiError 404.
    """
    changed = transaction.connection.execute(
        update(agents)
        .where(agents.c.id == agent_id)
        .values(password_hash=password_hash, password_set_at=now)
    ).rowcount
    if changed == 0:
        raise _no_agent()
    end_sessions(
        transaction,
        (sessions.c.agent_id == agent_id) & (sessions.c.id != but_session),
        reason="new-password",
        now=now,
        wipe=False,
    )
    record(transaction, identity=by, action=Audited.SET_PASSWORD, table="agents", record=agent_id)


def end_agent_sessions(
    transaction: Transaction, agent_id: str, *, wipe: bool, by: Identity | None, now: int
) -> int:
    """End all sessions of an agent and return how many there were.

    ``wipe``: their seats forget the centre's data, also one whose session had ended before, when it
    comes back.
    Only an administrator does it to an administrator. Raises ApiError 403, 404.
    """
    connection = transaction.connection
    target = _found(connection, agent_id)
    if by is not None and target.role == Role.ADMINISTRATOR != by.role:
        raise ApiError(403, "not-allowed", "Only an administrator ends an administrator's session.")
    mine = sessions.c.agent_id == agent_id
    ended = end_sessions(transaction, mine, reason="ended-by-hand", now=now, wipe=wipe)
    if wipe:
        connection.execute(update(sessions).where(mine).values(wipe=True))
    record(
        transaction, identity=by, action=Audited.END_SESSIONS, table="agents", record=agent_id,
        detail={"sessions": len(ended), "wipe": wipe},
    )  # fmt: skip
    return len(ended)


def login_of(connection: Connection, agent_id: str) -> str:
    """Raises ApiError 404."""
    login: str = _found(connection, agent_id).login
    return login


def _keep_an_administrator(
    connection: Connection, agent_id: str, changes: Mapping[str, Value]
) -> None:
    """Somebody must be able to mend what an administrator did wrong."""
    if changes.get("role", Role.ADMINISTRATOR) == Role.ADMINISTRATOR and not changes.get(
        "disabled"
    ):
        return
    left = connection.execute(
        select(agents.c.id)
        .where(agents.c.role == Role.ADMINISTRATOR, agents.c.disabled.is_(False))
        .order_by(agents.c.id)
        .with_for_update()
    ).scalars()
    if list(left) == [agent_id]:
        raise ApiError(
            409, "last-administrator", "This is the last administrator: make another one first."
        )


def _found(connection: Connection, agent_id: str) -> Row[*tuple[Any, ...]]:
    found = connection.execute(select(*_SHOWN).where(agents.c.id == agent_id)).one_or_none()
    if found is None:
        raise _no_agent()
    return found


def _shown(row: Row[*tuple[Any, ...]]) -> dict[str, object]:
    return {
        "id": row.id, "login": row.login, "name": row.name, "extension": row.extension,
        "role": row.role, "skills": orjson.loads(row.skills), "disabled": row.disabled,
    }  # fmt: skip


def _no_agent() -> ApiError:
    return ApiError(404, "not-found", "There is no such account.")
