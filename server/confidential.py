"""What no seat's copy holds, whoever sits there (step ⑨).

A tip-off (举报) is for those who are named in it, and every seat on calls keeps every ticket: who
gave it and what it says stays at the server. Blanked alike for every role, so that a table has one
digest, and seats that have the same rows agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, case

from server.tables import REPLICATED, WIRE_COLUMNS

TIP_OFF = "tip-off"
WITHHELD = frozenset({"body", "customer_name", "contact", "outcome"})
"""Columns of a tip-off that are empty on the wire."""


def _of_ticket(name: str) -> ColumnElement[Any]:
    table = REPLICATED["tickets"]
    if name not in WITHHELD:
        return table.c[name]
    return case((table.c.kind == TIP_OFF, ""), else_=table.c[name]).label(name)


TOLD: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    name: tuple(
        _of_ticket(column) if name == "tickets" else REPLICATED[name].c[column]
        for column in columns
    )
    for name, columns in WIRE_COLUMNS.items()
}
"""What the feed says of each row, in wire order."""
