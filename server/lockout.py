"""Slows down guessing: after some failures a login waits, longer each time (step ⑨).

An attempt is counted before the password is looked at and forgotten when it was right, so that
many guesses at the same moment count as many. Unknown logins are treated alike.
"""

from __future__ import annotations

import math

from sqlalchemy import Connection, delete, insert, select, update

from server.errors import ApiError
from server.settings import Settings
from server.tables import sign_in_attempts

FORGOTTEN_AFTER_S = 86_400


def wait_after(failures: int, *, free: int, longest_s: int) -> int:
    """Seconds to wait after so many failures: 0 for the free ones, then 1, 2, 4 … ``longest_s``."""
    if failures <= free:
        return 0
    return min(1 << min(failures - free - 1, 30), longest_s)


def count_attempt(connection: Connection, login: str, now: float, settings: Settings) -> None:
    """Enter an attempt. Raises ApiError 429 with ``Retry-After`` while the login is locked."""
    table = sign_in_attempts
    connection.execute(delete(table).where(table.c.last_at < int(now) - FORGOTTEN_AFTER_S))
    found = connection.execute(
        select(table.c.failures, table.c.locked_until).where(table.c.login == login)
    ).one_or_none()
    if found is None:
        connection.execute(
            insert(table).values(login=login, failures=1, last_at=int(now), locked_until=0)
        )
        return
    left_s = math.ceil(found.locked_until - now)
    if left_s > 0:
        raise ApiError(
            429,
            "locked-out",
            f"Too many failed sign-ins: try again in {left_s} s.",
            {"Retry-After": str(left_s)},
        )
    failures = found.failures + 1
    wait_s = wait_after(
        failures, free=settings.free_sign_in_failures, longest_s=settings.lock_out_max_s
    )
    connection.execute(
        update(table)
        .where(table.c.login == login)
        .values(failures=failures, last_at=int(now), locked_until=math.ceil(now) + wait_s
                if wait_s else 0)
    )  # fmt: skip


def forget_failures(connection: Connection, login: str) -> None:
    connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.login == login))
