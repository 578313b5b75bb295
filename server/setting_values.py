"""What the centre has set, for those who go by it (step ⑨)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import Connection, select

from server.tables import centre_settings


def read_value(connection: Connection, name: str) -> Mapping[str, Any] | None:
    """The setting's value as it was checked when it was saved; None when nothing was."""
    value = connection.execute(
        select(centre_settings.c.value).where(centre_settings.c.id == name)
    ).scalar_one_or_none()
    found: Mapping[str, Any] | None = None if value is None else orjson.loads(value)
    return found
