"""Passwords: kept as argon2id hashes, checked a few at a time (step ⑨)."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$UBa9aH50KNAHLKT3o+77uw"
    "$XXGhweFlp6u4mFnSZ5nax8ApBezMtcIefD6HjI9D6CQ"
)
"""Checked for an unknown login, so that the answer takes as long as for a known one."""

AT_ONCE = 2
"""Each check takes 64 MiB; a burst of sign-ins must not take the machine's memory."""


class Passwords:
    """Thread-safe; ``hash`` and ``matches`` block for tens of milliseconds."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._gate = threading.BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        with self._gate:
            return self._hasher.hash(password)

    def matches(self, password_hash: str | None, password: str) -> bool:
        with self._gate:
            try:
                return self._hasher.verify(password_hash or _NOBODY, password) and bool(
                    password_hash
                )
            except (VerificationError, InvalidHashError):
                return False
