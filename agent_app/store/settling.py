"""What the server's answers do to the outbox and to what is shown as provisional (step ⑧).

Once an edit is at the server, the later ones of the same record stand on the version it made: that
somebody else's edit came in between is then noticed, and her own is no conflict with herself.
"""

from __future__ import annotations

import orjson
from sqlalchemy import Connection, delete, select, update

from agent_app.domain.link import SAVE_CUSTOMER, OutboxState
from agent_app.store.ahead import keep_ahead
from agent_app.store.tables import AnyRow, customer_edits, outbox, own_interactions
from sync.wire import OperationKind, OperationResult, Outcome

REASON_LIMIT = 500


def leave(connection: Connection, result: OperationResult) -> None:
    """The server has it; an answer to what is not here (any more) changes nothing."""
    row = connection.execute(select(outbox).where(outbox.c.id == result.id)).first()
    if row is None:
        return
    connection.execute(delete(outbox).where(outbox.c.id == result.id))
    keep_ahead(connection, row, result.version)
    _stand_on(connection, row, result.version)
    connection.execute(
        update(own_interactions)
        .where(own_interactions.c.operation_id == result.id)
        .values(delivered=True, version=max(result.version, 1))
    )
    connection.execute(
        update(customer_edits)
        .where(customer_edits.c.operation_id == result.id)
        .values(version=max(result.version, 1))
    )


def set_aside(connection: Connection, result: OperationResult) -> None:
    """A person has to look; the reason and the server's values are kept for her.

    Nobody does at what the desk told of its own accord: a server that is older knows no such kind.
    """
    told = outbox.c.kind == OperationKind.SEE_CUSTOMER.value
    connection.execute(delete(outbox).where(outbox.c.id == result.id, told))
    refused = result.outcome is Outcome.REJECTED
    state = OutboxState.REJECTED if refused else OutboxState.CONFLICT
    connection.execute(
        update(outbox)
        .where(outbox.c.id == result.id)
        .values(
            state=state.value,
            attempts=outbox.c.attempts + 1,
            detail=result.reason[:REASON_LIMIT],
            server=orjson.dumps(dict(result.server)).decode(),
            not_before="",
            previous="",
        )
    )


def _stand_on(connection: Connection, made: AnyRow, version: int) -> None:
    """Later entries of the record were made in sight of this one."""
    written = set(orjson.loads(made.payload))
    whole = made.kind == SAVE_CUSTOMER and made.base == "{}"  # it made the record: every part of it
    later = connection.execute(
        select(outbox.c.position, outbox.c.payload, outbox.c.base).where(
            outbox.c.record == made.record,
            outbox.c.kind == made.kind,  # a merge, or a publication, is not made part by part
            outbox.c.position > made.position,
        )
    ).all()
    for position, payload, base in later:
        parts = set(orjson.loads(payload)) - {"id"}
        seen = orjson.loads(base)
        for part in parts if whole else parts & written:
            seen[part] = max(seen.get(part, 0), version)
        connection.execute(
            update(outbox)
            .where(outbox.c.position == position)
            .values(base=orjson.dumps(seen).decode())
        )
