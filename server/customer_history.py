"""What happened to a customer: who changed or revealed which fields when, what was merged (M18)."""

from __future__ import annotations

import orjson
from sqlalchemy import Connection, select

from server.audit import Audited
from server.tables import agents, audit_log, customer_merges, customers

ENTRIES_MAX = 500


def read_history(connection: Connection, customer_id: str) -> dict[str, object] | None:
    """``{"versions", "merges"}``, the newest first; None when there is no such customer.

    What was done to those that were merged into this one belongs to it.
    """
    known = connection.execute(select(customers.c.id).where(customers.c.id == customer_id)).first()
    if known is None:
        return None
    merges = _merges(connection, customer_id)
    names = [customer_id, *(str(merge["merged_id"]) for merge in merges)]
    rows = connection.execute(
        select(audit_log, agents.c.name.label("agent_name"))
        .outerjoin(agents, agents.c.id == audit_log.c.agent_id)
        .where(
            audit_log.c.table_name == "customers",
            audit_log.c.record.in_(names),
            audit_log.c.action != Audited.SEE,
        )
        .order_by(audit_log.c.id.desc())
        .limit(ENTRIES_MAX)
    )
    versions = [
        {
            "customer_id": row.record,
            "at": row.at,
            "agent_id": row.agent_id,
            "agent_name": row.agent_name or "",
            "action": row.action,
            "detail": orjson.loads(row.detail),
        }
        for row in rows
    ]
    return {"versions": versions, "merges": merges}


def _merges(connection: Connection, customer_id: str) -> list[dict[str, object]]:
    """All that were merged into this one, also by way of others."""
    found: dict[str, dict[str, object]] = {}
    kept = [customer_id]
    while kept:
        rows = connection.execute(
            select(customer_merges, agents.c.name.label("agent_name"))
            .outerjoin(agents, agents.c.id == customer_merges.c.agent_id)
            .where(customer_merges.c.kept_id.in_(kept))
        ).all()
        kept = [row.merged_id for row in rows if row.merged_id not in found]
        for row in rows:
            found.setdefault(
                row.merged_id,
                {
                    "kept_id": row.kept_id,
                    "merged_id": row.merged_id,
                    "at": row.merged_at,
                    "agent_id": row.agent_id,
                    "agent_name": row.agent_name or "",
                    "moved": orjson.loads(row.moved),
                },
            )
    return sorted(found.values(), key=lambda merge: str(merge["at"]), reverse=True)
