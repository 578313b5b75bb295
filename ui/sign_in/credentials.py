"""What she signs in with, on its way from the window to the session (before step ①)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Credentials:
    """Handed on once and kept nowhere; the password does not show in a repr."""

    login: str
    password: str = field(repr=False)
