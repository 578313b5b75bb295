"""What only the server can say of customers: whole IDs, duplicates, merges (``docs/wire.md``)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from sync.parse import object_of
from sync.remote import Remote
from sync.values import JsonObject, as_list, as_object, text_in, text_or_none_in
from sync.wire import Json


@dataclass(frozen=True, slots=True)
class CentreNumber:
    number: str
    label: str


@dataclass(frozen=True, slots=True)
class CentreCustomer:
    """A customer as the server has it; ``id_number`` is masked. ``found_by``: why, in a search."""

    id: str
    kind: str
    name: str
    segment_id: str | None
    region: str
    company: str
    address: str
    id_number: str
    warning: str
    notes: str
    phones: tuple[CentreNumber, ...]
    found_by: str = ""


@dataclass(frozen=True, slots=True)
class CentreFound:
    rows: tuple[CentreCustomer, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class CentrePair:
    """Two who may be one; ``reasons`` in the wire's words."""

    first: CentreCustomer
    second: CentreCustomer
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CentreMerge:
    """``at`` as in ``sync.wire``; who was merged into whom by which agent, and what moved."""

    merged_id: str
    at: str
    agent_name: str
    interactions: int
    numbers: tuple[str, ...]


class CentreCustomers:
    """Every method is called from the event loop's thread and never blocks it; raises SyncError."""

    def __init__(self, *, remote: Remote) -> None:
        self._remote = remote

    async def search(self, text: str, limit: int) -> CentreFound:
        """Also by whole ID numbers and parts of names; kept in the centre's audit."""
        path = f"customers?q={quote(text, safe='')}&limit={limit}"
        return found(await self._remote.read(path))

    async def duplicates(self, customer_id: str = "", limit: int = 50) -> tuple[CentrePair, ...]:
        """Pairs of one customer, or of the whole centre."""
        path = f"customers/duplicates?limit={limit}"
        if customer_id:
            path += f"&customer_id={quote(customer_id, safe='')}"
        return pairs(await self._remote.read(path))

    async def merges(self, customer_id: str) -> tuple[CentreMerge, ...]:
        """Whoever was merged into this one, the newest first."""
        path = f"customers/{quote(customer_id, safe='')}/history"
        return merges(await self._remote.read(path))


def found(body: bytes) -> CentreFound:
    """Raises BadReply, as the others do."""
    answer = object_of(body)
    rows = tuple(_customer(row) for row in as_list(answer.get("rows"), "rows"))
    return CentreFound(rows, answer.get("more") is True)


def pairs(body: bytes) -> tuple[CentrePair, ...]:
    result = []
    for row in as_list(object_of(body).get("rows"), "rows"):
        pair = as_object(row, "pair")
        both = [_customer(one) for one in as_list(pair.get("customers"), "customers")]
        reasons = tuple(str(one) for one in as_list(pair.get("reasons"), "reasons"))
        if len(both) == 2:
            result.append(CentrePair(both[0], both[1], reasons))
    return tuple(result)


def merges(body: bytes) -> tuple[CentreMerge, ...]:
    return tuple(_merge(one) for one in as_list(object_of(body).get("merges"), "merges"))


def _merge(value: Json) -> CentreMerge:
    row = as_object(value, "merge")
    moved = as_object(row.get("moved"), "moved")
    numbers = as_list(moved.get("phones", []), "phones")
    return CentreMerge(
        merged_id=text_in(row, "merged_id"),
        at=text_in(row, "at"),
        agent_name=text_in(row, "agent_name", may_be_empty=True),
        interactions=len(as_list(moved.get("interactions", []), "interactions")),
        numbers=tuple(text_in(as_object(one, "phone"), "number") for one in numbers),
    )


def _customer(value: Json) -> CentreCustomer:
    row = as_object(value, "customer")
    phones = [as_object(one, "phone") for one in as_list(row.get("phones", []), "phones")]
    return CentreCustomer(
        id=text_in(row, "id"),
        segment_id=text_or_none_in(row, "segment_id"),
        phones=tuple(CentreNumber(text_in(one, "number"), _text(one, "label")) for one in phones),
        found_by=str(row.get("found_by", "")),
        **{name: _text(row, name) for name in _TEXTS},
    )


_TEXTS = ("kind", "name", "region", "company", "address", "id_number", "warning", "notes")


def _text(row: JsonObject, name: str) -> str:
    return text_in(row, name, may_be_empty=True)
