"""What the centre lets an agent choose from when she edits a customer (step ⑥)."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import Connection, select

from agent_app.domain.customer_edit import CustomField, FieldKind, Segment
from agent_app.store.centre_settings import items_of, setting
from agent_app.store.tables import segments

CUSTOMER_FIELDS = "customer-fields"


def read_segments(connection: Connection) -> tuple[Segment, ...]:
    found = connection.execute(select(segments.c.id, segments.c.name).order_by(segments.c.id))
    return tuple(Segment(segment_id, name) for segment_id, name in found)


def read_custom_fields(connection: Connection) -> tuple[CustomField, ...]:
    """The fields of the centre's setting; one of a kind that is not known here is left out.

    It is edited elsewhere then, and its value stays as it is.
    """
    found = []
    for item in items_of(setting(connection, CUSTOMER_FIELDS)):
        with suppress(KeyError, TypeError, ValueError):
            found.append(_field(item))
    return tuple(found)


def _field(item: object) -> CustomField:
    """Raises TypeError, KeyError or ValueError for what is none."""
    if not isinstance(item, dict):
        raise TypeError
    choices = item.get("choices", ())
    return CustomField(
        field_id=str(item["id"]),
        name=str(item.get("name", item["id"])),
        name_en=str(item.get("name_en", "")),
        kind=FieldKind(str(item.get("kind", FieldKind.TEXT.value))),
        choices=tuple(_choice(one) for one in choices) if isinstance(choices, list) else (),
        sensitive=bool(item.get("sensitive", False)),
    )


def _choice(given: object) -> tuple[str, str]:
    """A choice is its own name, or an object with id and name."""
    if isinstance(given, dict):
        return str(given["id"]), str(given.get("name", given["id"]))
    return str(given), str(given)
