"""Who did what: the audit, whose reading is itself written down (M42, step ⑨)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from server import fields
from server.audit import Audited, read_audit, record
from server.rights import Action
from server.services import InServices, allowed, answer
from server.tokens import Identity

router = APIRouter()

Auditor = Annotated[Identity, Depends(allowed(Action.READ_AUDIT))]


@router.get("/audit")
def audit(
    services: InServices,
    identity: Auditor,
    table: str = "",
    record_id: Annotated[str, Query(alias="record")] = "",
    agent_id: str = "",
    before: str = "",
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> Response:
    """Entries that fit all conditions, newest first; ``next`` goes into ``before`` for more."""
    asked = {
        name: fields.text(name, value)
        for name, value in (
            ("table", table), ("record", record_id), ("agent_id", agent_id), ("before", before),
        )
    }  # fmt: skip
    with services.database.write() as transaction:
        record(
            transaction,
            identity=identity,
            action=Audited.READ_AUDIT,
            table=asked["table"],
            record=asked["record"],
            detail={"agent_id": asked["agent_id"]},
        )
    with services.database.read() as connection:
        return answer(read_audit(connection, **asked, limit=limit))
