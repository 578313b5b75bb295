"""The secrets of one exchange: drawn at set-up, kept when it is rendered again."""

from __future__ import annotations

import csv
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

CITIZENS, MANAGER = "citizens", "manager"
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # read out over the phone: nothing looks alike


def keep_passwords(file: Path, users: Iterable[str]) -> dict[str, str]:
    """The password of each user, by ``file`` (CSV, its owner's only); new ones are added to it."""
    known = read_passwords(file)
    wanted = (*users, CITIZENS, MANAGER)
    if missing := [user for user in wanted if user not in known]:
        known |= {user: _draw() for user in missing}
        file.touch(mode=0o600)
        file.chmod(0o600)
        fresh = file.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            csv.writer(out).writerows([("user", "password"), *sorted(known.items())])
        fresh.replace(file)
    return {user: known[user] for user in wanted}


def read_passwords(file: Path) -> dict[str, str]:
    """By user; none when there is no such file."""
    if not file.exists():
        return {}
    with file.open(encoding="ascii", newline="") as rows:
        return {row["user"]: row["password"] for row in csv.DictReader(rows)}


def _draw() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(20))
