"""A customer's form as text and back, for changes that are typed and not saved (step ⑥)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson

from agent_app.domain.customer_edit import CustomerFields, CustomerForm, Phone
from agent_app.domain.ids import CustomerId, InteractionId, OperationId


def encode(form: CustomerForm) -> str:
    return orjson.dumps(asdict(form)).decode()


def decode(text: str) -> CustomerForm:
    """Raises ValueError, KeyError or TypeError for what ``encode`` did not write."""
    body = orjson.loads(text)
    interaction_id = body["interaction_id"]
    return CustomerForm(
        customer_id=CustomerId(body["customer_id"]),
        before=_fields(body["before"]),
        now=_fields(body["now"]),
        base=body["base"],
        seen=tuple(OperationId(one) for one in body["seen"]),
        is_new=body["is_new"],
        interaction_id=InteractionId(interaction_id) if interaction_id else None,
    )


def _fields(body: dict[str, Any]) -> CustomerFields:
    return CustomerFields(**(body | {"phones": tuple(Phone(**one) for one in body["phones"])}))
