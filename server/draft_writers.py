"""Everybody who wrote any of a draft, its words or its files: who of them reviews it decides
about her own words (M29, step ⑨)."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from server.tables import draft_writers


def note_writer(connection: Connection, draft_id: str, agent_id: str) -> None:
    """Within a transaction that holds the draft's row, or makes it."""
    if agent_id not in writers_of(connection, draft_id):
        connection.execute(insert(draft_writers).values(draft_id=draft_id, agent_id=agent_id))


def writers_of(connection: Connection, draft_id: str) -> frozenset[str]:
    found = select(draft_writers.c.agent_id).where(draft_writers.c.draft_id == draft_id)
    return frozenset(connection.execute(found).scalars())
