"""The centre's own settings, out of the copy: JSON that another version may have written (④, ⑥)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import Connection, select

from agent_app.store.tables import settings


def setting(connection: Connection, name: str) -> Mapping[str, Any]:
    """The value of one setting; empty when the centre has none."""
    value = connection.execute(select(settings.c.value).where(settings.c.id == name)).scalar()
    return orjson.loads(value) if value else {}


def items_of(value: Mapping[str, Any]) -> list[Any]:
    """The entries of a setting that is a list; each may be anything."""
    items = value.get("items")
    return items if isinstance(items, list) else []
