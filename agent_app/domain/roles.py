"""What a role may do, as far as the seat can say; the server has the last word (M42)."""

from __future__ import annotations


def may(role: str, roles: frozenset[str]) -> bool:
    """A role that is not known yet is asked of the server."""
    return not role or role in roles
