"""Slows down guessing: after some failures there is a wait, longer each time (step ⑨).

Counted twice: by login, so that one account is not guessed at from many places, and by address, so
that one place does not try one password on all accounts. An attempt is counted before the password
is looked at and taken back when it was right, so that many guesses at the same moment count as
many. Unknown logins are treated alike. A whole office may share an address: it gets more free
failures, forgets one a minute and never waits long.
"""

from __future__ import annotations

import math
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from server.errors import ApiError
from server.settings import Settings
from server.tables import sign_in_attempts, sign_in_sources

FORGOTTEN_AFTER_S = 86_400
ADDRESS_FORGETS_AFTER_S = 60


def wait_after(failures: int, *, free: int, longest_s: int) -> int:
    """Seconds to wait after so many failures: 0 for the free ones, then 1, 2, 4 … ``longest_s``."""
    if failures <= free:
        return 0
    return min(1 << min(failures - free - 1, 30), longest_s)


def count_attempt(
    connection: Connection, *, login: str, address: str, now: float, settings: Settings
) -> None:
    """Enter an attempt. Raises ApiError 429 with ``Retry-After`` while there is a wait."""
    found = _look(connection, sign_in_sources, address, now)
    failures, since = (0, int(now)) if found is None else (found.failures, found.last_at)
    forgiven = min(failures, max(0, int(now) - since) // ADDRESS_FORGETS_AFTER_S)
    failures += 1 - forgiven
    wait_s = wait_after(
        failures, free=settings.free_address_failures, longest_s=settings.lock_out_address_max_s
    )
    # What was not forgiven yet goes on counting from where it was.
    since = int(now) if failures == 1 else since + forgiven * ADDRESS_FORGETS_AFTER_S
    _enter(
        connection, sign_in_sources, address,
        failures=failures, last_at=since, locked_until=_until(now, wait_s),
    )  # fmt: skip
    found = _look(connection, sign_in_attempts, login, now)
    failures = 1 if found is None else found.failures + 1
    wait_s = wait_after(
        failures, free=settings.free_sign_in_failures, longest_s=settings.lock_out_max_s
    )
    _enter(
        connection, sign_in_attempts, login,
        failures=failures, last_at=int(now), locked_until=_until(now, wait_s),
    )  # fmt: skip


def forget_failures(connection: Connection, *, login: str, address: str) -> None:
    """The attempt was right: the login begins anew, the address has one failure less."""
    connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.login == login))
    table = sign_in_sources
    connection.execute(
        update(table)
        .where(table.c.address == address, table.c.failures > 0)
        .values(failures=table.c.failures - 1, locked_until=0)
    )


def _look(
    connection: Connection, table: Table, key: str, now: float
) -> Row[*tuple[Any, ...]] | None:
    """What is kept of earlier attempts. Raises ApiError 429 while they lock."""
    connection.execute(delete(table).where(table.c.last_at < int(now) - FORGOTTEN_AFTER_S))
    (key_column,) = table.primary_key.columns
    found = connection.execute(
        select(table).where(key_column == key).with_for_update()
    ).one_or_none()
    left_s = 0 if found is None else math.ceil(found.locked_until - now)
    if left_s > 0:
        raise ApiError(
            429,
            "locked-out",
            f"Too many failed sign-ins: try again in {left_s} s.",
            {"Retry-After": str(left_s)},
        )
    return found


def _until(now: float, wait_s: int) -> int:
    return math.ceil(now) + wait_s if wait_s else 0


def _enter(connection: Connection, table: Table, key: str, **values: int) -> None:
    (key_column,) = table.primary_key.columns
    if connection.execute(update(table).where(key_column == key).values(**values)).rowcount == 0:
        connection.execute(insert(table).values({key_column.name: key, **values}))
