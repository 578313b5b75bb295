"""How many people must have seen an answer before agents do, as the centre set it (M29, step ⑨)."""

from __future__ import annotations

from sqlalchemy import Connection

from server.scope import is_practice
from server.setting_values import read_value

NAME = "knowledge-review"
PEOPLE = 2
"""Where a centre says nothing: who writes an answer does not publish it."""


def people_needed(connection: Connection) -> int:
    """One or two; in a practice centre she is alone."""
    if is_practice(connection):
        return 1
    value = read_value(connection, NAME)
    return PEOPLE if value is None else int(value["people"])
