"""What one row of a file says about a customer, checked value by value (M18, step ⑨)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import orjson

from server.conflict import Value
from server.custom_fields import CustomField, FieldKind, completed
from server.customer_fields import CUSTOMER, MONEY_MAX
from server.errors import RejectedError, ServerError
from server.imports.columns import CUSTOM, HEADERS, Centre, Columns
from server.imports.phone_numbers import normal_number
from server.sheets.rows import Cell, SheetRow, Spoilt

_KINDS = {
    "person": "person", "个人": "person", "自然人": "person",
    "company": "company", "单位": "company", "企业": "company", "公司": "company",
}  # fmt: skip
_TRUTHS = {"true": True, "yes": True, "1": True, "是": True,
           "false": False, "no": False, "0": False, "否": False}  # fmt: skip
_BETWEEN_NUMBERS = re.compile(r"[;；、，,\n|]+")
_MONEY_SIGNS = str.maketrans("", "", ",，¥￥元 ")
_MASK = "*"
"""What comes back out of an export is masked, so it says nothing."""
_GUARDED = ("'=", "'+", "'-", "'@")
"""How an export writes what a spreadsheet would take for a formula."""


class RowError(ServerError):
    """A row cannot be taken; ``column`` is the header of the cell, empty for the whole row."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


@dataclass(frozen=True, slots=True)
class Wish:
    """``payload`` as ``customer.save`` takes it, with only what the row says."""

    number: int
    payload: Mapping[str, object]

    @property
    def name(self) -> str:
        return str(self.payload["name"])

    @property
    def id_number(self) -> str:
        return str(self.payload.get("id_number", ""))

    @property
    def numbers(self) -> tuple[str, ...]:
        phones = self.payload.get("phones", [])
        assert isinstance(phones, list)
        return tuple(phone["number"] for phone in phones)

    def without_phones(self) -> Wish:
        rest = {name: value for name, value in self.payload.items() if name != "phones"}
        return replace(self, payload=rest)


def read_wish(row: SheetRow, columns: Columns, centre: Centre) -> Wish:
    """Raises RowError. An empty cell says nothing."""
    payload: dict[str, object] = {}
    custom: dict[str, object] = {}
    for header, target, cell in zip(columns.headers, columns.targets, row.cells, strict=False):
        if not target or cell == "":
            continue
        text = _typed(header, cell)
        try:
            if target.startswith(CUSTOM):
                field = centre.fields[target.removeprefix(CUSTOM)]
                if not (field.sensitive and _MASK in text):
                    custom[field.id] = _custom(text, field)
            elif target == "phones":
                _add_phones(payload, header, text, centre)
            else:
                _add(payload, target, text, centre)
        except RejectedError as error:
            raise RowError(header, str(error)) from error
    if custom:
        payload["custom"] = custom
    if not str(payload.get("name", "")).strip():
        name = next(h for h, t in zip(columns.headers, columns.targets, strict=True) if t == "name")
        raise RowError(name, "A name is needed.")
    _check_whole(payload, centre)
    return Wish(row.number, payload)


def _typed(header: str, cell: Cell) -> str:
    if isinstance(cell, Spoilt):
        raise RowError(header, f"The cell {cell.reason}.")
    return cell[1:] if cell.startswith(_GUARDED) else cell


def _add(payload: dict[str, object], target: str, text: str, centre: Centre) -> None:
    match target:
        case "kind":
            payload[target] = _one_of(_KINDS, text, HEADERS[target][0])
        case "segment_id":
            payload[target] = _one_of(centre.segments, text, "the segments of this centre")
        case "arrears_cents":
            payload[target] = _cents(text)
        case "id_number" if _MASK in text:
            pass
        case _:
            payload[target] = text
            CUSTOMER[target](target, text)


def _check_whole(payload: dict[str, object], centre: Centre) -> None:
    """What only shows when all cells are known."""
    try:
        if "id_number" in payload:
            payload["id_number"] = CUSTOMER["id_number"]("id_number", payload["id_number"])
        if "phones" in payload:
            CUSTOMER["phones"]("phones", payload["phones"])
        if "custom" in payload:
            custom = payload["custom"]
            assert isinstance(custom, dict)
            completed(custom, masked={}, secrets={}, definitions=centre.fields)
    except RejectedError as error:
        raise RowError("", str(error)) from error


def _add_phones(payload: dict[str, object], header: str, text: str, centre: Centre) -> None:
    phones = payload.setdefault("phones", [])
    assert isinstance(phones, list)
    for part in filter(str.strip, _BETWEEN_NUMBERS.split(text)):
        number = normal_number(part, centre.numbers)
        if number is None:
            raise RejectedError("This is no telephone number.")
        if not any(number == phone["number"] for phone in phones):
            phones.append({"number": number, "label": _label(header)})


def _label(header: str) -> str:
    """手机 is worth keeping beside a number, 电话 is not."""
    word = header.strip()
    return word if word in ("手机", "固定电话") else ""


def _one_of(words: Mapping[str, str], text: str, what: str) -> str:
    found = words.get(text.casefold())
    if found is None:
        raise RejectedError(f"This is none of {what}.")
    return found


def _cents(text: str) -> int:
    try:
        amount = Decimal(text.translate(_MONEY_SIGNS)) * 100
    except InvalidOperation:
        raise RejectedError("This is no amount of money.") from None
    if not (amount.is_finite() and 0 <= amount <= MONEY_MAX):
        raise RejectedError("An amount is not below 0, and has a limit.")
    if amount != amount.to_integral_value():
        raise RejectedError("An amount has two decimals at most.")
    return int(amount)


def _custom(text: str, field: CustomField) -> Value | float:
    match field.kind:
        case FieldKind.NUMBER:
            try:
                found = orjson.loads(text)
            except orjson.JSONDecodeError:
                found = None
            if not isinstance(found, int | float) or isinstance(found, bool):
                raise RejectedError("This is no number.")
            return found
        case FieldKind.YES_NO:
            if text.casefold() not in _TRUTHS:
                raise RejectedError("This is neither yes nor no (是, 否).")
            return _TRUTHS[text.casefold()]
        case _:
            return text
