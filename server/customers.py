"""Saving a customer: field by field, on the version each edit was made on (M18, step ⑨)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson
from sqlalchemy import delete, insert, select, update

from server import fields
from server.acts import Act
from server.conflict import Merge, Value, merge
from server.custom_fields import completed, read_definitions, split
from server.customer_fields import CUSTOMER, WHEN_LEFT_OUT, canonical
from server.customer_rows import (
    CustomerRow,
    as_object,
    edited_values,
    kept_id,
    lock,
    phones_of,
)
from server.errors import ConflictError, RejectedError
from server.ids import uuid7
from server.masking import mask_id
from server.pinyin import spell
from server.tables import customers, phones, segments

_MERGED = "This customer was merged into another one meanwhile, which differs in"


def save_customer(act: Act) -> int:
    """Insert or edit one customer with its numbers, and return its version.

    An edit of a customer that was merged away lands on the one that was kept, unless the two
    differ there. Raises RejectedError, ConflictError.
    """
    payload = dict(act.operation.payload)
    row = lock(act.connection, [act.record]).get(act.record)
    if row is not None and payload.get("id_number") == row.id_number:
        payload.pop("id_number", None)  # only the masked number came back: it is as it was
    wanted = fields.of_record(act.record, CUSTOMER, payload)
    _check_segment(act, wanted)
    if row is None:
        return _insert(act, wanted)
    if row.merged_into is not None:
        return _edit_merged(act, row, wanted)
    numbers = phones_of(act.connection, [row.id])[row.id]
    _complete_custom(act, row, wanted)
    merged = merge(
        current=edited_values(row, numbers),
        field_versions=orjson.loads(row.field_versions),
        wanted=wanted,
        base=act.operation.base,
    )
    return write(act, row, numbers, merged)


def write(
    act: Act,
    row: CustomerRow,
    numbers: Sequence[Mapping[str, object]],
    merged: Merge,
    reason: str = "",
) -> int:
    """Bring ``merged`` into an existing row; returns its version. Raises ConflictError."""
    version: int = row.version
    field_versions: dict[str, int] = orjson.loads(row.field_versions)
    if merged.conflicts:
        server = {**as_object(row, numbers), "field_versions": field_versions}
        words = {"reason": reason} if reason else {}
        raise ConflictError(names=merged.conflicts, version=version, server=server, **words)
    if not merged.changes:
        return version
    version += 1
    field_versions.update(dict.fromkeys(merged.changes, version))
    act.connection.execute(
        update(customers)
        .where(customers.c.id == row.id)
        .values(
            **_columns(act, merged.changes, orjson.loads(row.custom_secrets)),
            version=version,
            field_versions=canonical(field_versions),
        )
    )
    act.transaction.changed("customers", row.id)
    if "phones" in merged.changes:
        _replace_phones(act, row.id, numbers, orjson.loads(str(merged.changes["phones"])))
    return version


def _insert(act: Act, wanted: dict[str, Value]) -> int:
    if not str(wanted.get("name", "")).strip() and wanted.get("phones", "[]") == "[]":
        raise RejectedError("A new customer needs a name or a number.")
    _complete_custom(act, None, wanted)
    values = {**WHEN_LEFT_OUT, **wanted}
    act.connection.execute(
        insert(customers).values(id=act.record, version=1, **_columns(act, values, {}))
    )
    act.transaction.changed("customers", act.record)
    _replace_phones(act, act.record, (), orjson.loads(str(values["phones"])))
    return 1


def _edit_merged(act: Act, gone: CustomerRow, wanted: dict[str, Value]) -> int:
    """An edit of a customer that was merged away, brought into the one that was kept.

    A part may be written where the kept one is empty or says what the edit was made against.
    """
    target = kept_id(act.connection, gone.id)
    row = lock(act.connection, [target])[target]
    numbers = phones_of(act.connection, [target])[target]
    _complete_custom(act, gone, wanted)
    known = edited_values(gone, ())
    current = edited_values(row, numbers)
    seen = merge(
        current=known,
        field_versions=orjson.loads(gone.field_versions),
        wanted=wanted,
        base=act.operation.base,
    )
    merged = merge(
        current=current,
        field_versions={
            name: 0
            if current[name] == WHEN_LEFT_OUT[name]
            or (current[name] == known[name] and name not in seen.conflicts)
            else 1
            for name in wanted
        },
        wanted=wanted,
        base={},
    )
    return write(act, row, numbers, merged, reason=_MERGED)


def _check_segment(act: Act, wanted: Mapping[str, Value]) -> None:
    target = wanted.get("segment_id")
    if target is None:
        return
    if act.connection.execute(select(segments.c.id).where(segments.c.id == target)).first() is None:
        raise RejectedError(f"The segment {target} is not known here.")


def _complete_custom(act: Act, row: CustomerRow | None, wanted: dict[str, Value]) -> None:
    """Put whole values where masked ones came back. Raises RejectedError."""
    if "custom" not in wanted:
        return
    whole = completed(
        orjson.loads(str(wanted["custom"])),
        masked=orjson.loads(row.custom) if row is not None else {},
        secrets=orjson.loads(row.custom_secrets) if row is not None else {},
        definitions=read_definitions(act.connection),
    )
    wanted["custom"] = canonical(whole)


def _columns(
    act: Act, changes: Mapping[str, Value], secrets: Mapping[str, object]
) -> dict[str, object]:
    """The table's columns for an edit's parts: masked beside whole, spelt beside written."""
    columns: dict[str, object] = {
        name: value for name, value in changes.items() if name != "phones"
    }
    if "id_number" in changes:
        columns["id_secret"] = whole = str(changes["id_number"])
        columns["id_number"] = mask_id(whole)
    if "name" in changes:
        columns["pinyin"], columns["initials"] = spell(str(changes["name"]))
    if "custom" in changes:
        definitions = read_definitions(act.connection)
        sensitive = {name for name, field in definitions.items() if field.sensitive}
        masked, kept = split(orjson.loads(str(changes["custom"])), sensitive | set(secrets))
        columns["custom"], columns["custom_secrets"] = canonical(masked), canonical(kept)
    return columns


def _replace_phones(
    act: Act,
    customer_id: str,
    have: Sequence[Mapping[str, object]],
    want: Sequence[Mapping[str, object]],
) -> None:
    """Make the numbers those of ``want``: rows are used again, their ids keep the order."""
    known = {str(phone["id"]): phone for phone in have}
    names = sorted([*known, *(uuid7() for _ in want[len(have) :])])
    for name, phone in zip(names, want, strict=False):
        row = known.get(name)
        if row is None:
            values = {"id": name, "customer_id": customer_id, **phone}
            act.connection.execute(insert(phones).values(values))
        elif any(row[part] != phone[part] for part in ("number", "label")):
            act.connection.execute(update(phones).where(phones.c.id == name).values(**phone))
        else:
            continue
        act.transaction.changed("phones", name)
    for name in names[len(want) :]:
        act.connection.execute(delete(phones).where(phones.c.id == name))
        act.transaction.changed("phones", name)
