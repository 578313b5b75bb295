"""Shows the whole of what is masked, and writes down who asked for it and why (step ⑨)."""

from __future__ import annotations

import orjson
from sqlalchemy import select

from server import fields
from server.audit import Audited, record
from server.database import Transaction
from server.errors import ApiError, RejectedError
from server.tables import customers
from server.tokens import Identity

ID_NUMBER = "id_number"
CUSTOM = "custom."
FIELD_MAX = 60
REASON_MAX = 500


def read_wish(body: dict[str, object]) -> tuple[str, str]:
    """The field and the reason. Raises RejectedError."""
    unknown = sorted(set(body) - {"field", "reason"})
    if unknown:
        raise RejectedError(f"{fields.shown(unknown[0])} is not known here.")
    name = fields.text("field", body.get("field"), longest=FIELD_MAX)
    reason = fields.text("reason", body.get("reason"), longest=REASON_MAX)
    if not reason.strip():
        raise RejectedError("Say why you need to see it.")
    if name != ID_NUMBER and not name.startswith(CUSTOM):
        raise RejectedError("field must be id_number, or custom. and a field's id.")
    return name, reason


def reveal(
    transaction: Transaction, *, customer_id: str, name: str, reason: str, identity: Identity
) -> str:
    """The whole value of one field, "" when there is none. Raises ApiError 404."""
    row = transaction.connection.execute(
        select(customers.c.id_secret, customers.c.custom_secrets).where(
            customers.c.id == customer_id
        )
    ).one_or_none()
    if row is None:
        raise ApiError(404, "not-found", "There is no such record.")
    record(
        transaction,
        identity=identity,
        action=Audited.REVEAL,
        table="customers",
        record=customer_id,
        detail={"field": name, "reason": reason},
    )
    if name == ID_NUMBER:
        whole: str = row.id_secret
        return whole
    secrets = orjson.loads(row.custom_secrets)
    return str(secrets.get(name.removeprefix(CUSTOM), ""))
