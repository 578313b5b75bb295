"""What a seat showed out of its own copy of the centre's data (M42, step ⑨).

The server sees what it gives out itself; a card that opens from the seat's cache it hears of with
the seat's other work, at once or when the server is back.
"""

from __future__ import annotations

from collections.abc import Mapping

from server import fields
from server.acts import Act
from server.audit import Audited, record
from server.errors import RejectedError
from server.fields import Check

PLACES = ("card", "page", "history")
"""Where on the seat: the caller's card, the customer's page, a record of an earlier call."""

SIGHTING: Mapping[str, Check] = {"customer_id": fields.identifier, "by": fields.one_of(*PLACES)}


def note_sighting(act: Act) -> int:
    """Write down that the author was shown a customer. Raises RejectedError.

    The customer need not be known here: one that was made on the seat comes later.
    """
    wanted = fields.checked(SIGHTING, act.operation.payload)
    if len(wanted) != len(SIGHTING):
        raise RejectedError("A sighting needs customer_id and by.")
    record(
        act.transaction,
        identity=act.identity,
        action=Audited.SEE,
        table="customers",
        record=str(wanted["customer_id"]),
        detail={"by": f"seat-{wanted['by']}", "at": act.operation.made_at},
    )
    return 1
