"""Ids as they stand in a path or a condition (step ⑨)."""

from __future__ import annotations

from typing import TypeVar

from server import fields
from server.errors import ApiError, RejectedError

Found = TypeVar("Found")


def not_found() -> ApiError:
    return ApiError(404, "not-found", "There is no such record.")


def existing(found: Found | None) -> Found:
    """Raises ApiError 404 where there is none."""
    if found is None:
        raise not_found()
    return found


def id_in_path(record: str) -> str:
    """Raises ApiError 404 for what no record can be called."""
    try:
        return fields.identifier("id", record)
    except RejectedError:
        raise not_found() from None


def id_in_query(name: str, value: str | None) -> str | None:
    """Raises RejectedError."""
    return None if value is None else fields.identifier(name, value)
