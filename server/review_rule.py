"""How many people must have seen an answer before agents do, as the centre set it (M29, step ⑨)."""

from __future__ import annotations

import orjson
from sqlalchemy import Connection, select

from server.scope import is_practice
from server.tables import centre_settings

NAME = "knowledge-review"
PEOPLE = 2
"""Where a centre says nothing: who writes an answer does not publish it."""


def people_needed(connection: Connection) -> int:
    """One or two; in a practice centre she is alone."""
    if is_practice(connection):
        return 1
    value = connection.execute(
        select(centre_settings.c.value).where(centre_settings.c.id == NAME)
    ).scalar_one_or_none()
    return PEOPLE if value is None else int(orjson.loads(value)["people"])
