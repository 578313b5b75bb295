"""What a line of an export says: customers and interactions as text, masked (M18, step ⑨).

The headers of customers are those that an import knows, so that a file can come back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from server.custom_fields import SETTING
from server.customer_rows import phones_of
from server.setting_values import read_value
from server.tables import categories, customers, interactions, segments

AT_ONCE = 1_000

CUSTOMER_HEADERS: Mapping[str, tuple[str, str]] = {
    "name": ("姓名", "name"),
    "kind": ("类型", "kind"),
    "phones": ("电话", "phone"),
    "segment": ("客户分类", "segment"),
    "region": ("地区", "region"),
    "arrears": ("欠费", "arrears"),
    "warning": ("警示", "warning"),
    "notes": ("备注", "notes"),
    "company": ("单位", "company"),
    "id_number": ("证件号", "id_number"),
    "address": ("地址", "address"),
}
INTERACTION_HEADERS: Mapping[str, tuple[str, str]] = {
    "started_at": ("开始时间", "started_at"),
    "answered_at": ("接听时间", "answered_at"),
    "ended_at": ("结束时间", "ended_at"),
    "direction": ("方向", "direction"),
    "agent_name": ("坐席", "agent"),
    "caller_name": ("来电人", "caller"),
    "customer_name": ("登记姓名", "customer_name"),
    "number": ("号码", "number"),
    "dialled": ("被叫", "dialled"),
    "queue": ("队列", "queue"),
    "menu_path": ("菜单路径", "menu_path"),
    "waited_s": ("等待秒数", "waited_s"),
    "talk_s": ("通话秒数", "talk_s"),
    "end_reason": ("结束原因", "end_reason"),
    "category": ("业务分类", "category"),
    "question": ("问题", "question"),
    "answer": ("答复", "answer"),
    "basis": ("依据", "basis"),
    "follow_up": ("后续", "follow_up"),
}
_KINDS = {"person": ("个人", "person"), "company": ("单位", "company")}
_MARK = "*"


@dataclass(frozen=True, slots=True)
class Wanted:
    """``chinese``: the words of headers; ``since`` and ``until`` are times of the tables, or "".

    ``whole_numbers``: may the reader see who the callers of interactions were.
    """

    chinese: bool
    whole_numbers: bool
    since: str = ""
    until: str = ""

    def word(self, pair: tuple[str, str]) -> str:
        return pair[0] if self.chinese else pair[1]


def count_rows(connection: Connection, table: str, wanted: Wanted) -> int:
    here = _conditions(table, wanted)
    source = customers if table == "customers" else interactions
    return connection.execute(select(func.count()).select_from(source).where(*here)).scalar_one()


def read_rows(connection: Connection, table: str, wanted: Wanted) -> Iterator[list[str]]:
    """The headers, then every row, oldest first, a thousand in memory at a time."""
    if table == "customers":
        return _customers(connection, wanted)
    return _interactions(connection, wanted)


def _customers(connection: Connection, wanted: Wanted) -> Iterator[list[str]]:
    own = _own_fields(connection)
    yield [
        *(wanted.word(pair) for pair in CUSTOMER_HEADERS.values()),
        *(wanted.word((item["name"], item.get("name_en") or item["name"])) for item in own),
    ]
    query = (
        select(customers, segments.c.name.label("segment"))
        .outerjoin(segments, segments.c.id == customers.c.segment_id)
        .where(*_conditions("customers", wanted))
        .order_by(customers.c.id)
    )
    for rows in _parts(connection, query):
        numbers = phones_of(connection, [row.id for row in rows])
        for row in rows:
            custom = orjson.loads(row.custom)
            yield [
                row.name, wanted.word(_KINDS[row.kind]),
                "; ".join(str(phone["number"]) for phone in numbers[row.id]),
                row.segment or "", row.region, _money(row.arrears_cents), row.warning, row.notes,
                row.company, row.id_number, row.address,
                *(_plain(custom.get(item["id"])) for item in own),
            ]  # fmt: skip


def _interactions(connection: Connection, wanted: Wanted) -> Iterator[list[str]]:
    yield [wanted.word(pair) for pair in INTERACTION_HEADERS.values()]
    name = categories.c.name if wanted.chinese else categories.c.name_en
    query = (
        select(interactions, name.label("category"))
        .outerjoin(categories, categories.c.id == interactions.c.category_id)
        .where(*_conditions("interactions", wanted))
        .order_by(interactions.c.started_at, interactions.c.id)
    )
    for rows in _parts(connection, query):
        for row in rows:
            values: dict[str, Any] = dict(row._mapping)
            if not wanted.whole_numbers:
                values["number"] = _hidden(row.number)
                for named in ("caller_name", "customer_name"):
                    values[named] = values[named][:1] + _MARK * 2 if values[named] else ""
            yield [_plain(values[part]) for part in INTERACTION_HEADERS]


def _conditions(table: str, wanted: Wanted) -> list[ColumnElement[bool]]:
    if table == "customers":
        return [customers.c.merged_into.is_(None)]
    found: list[ColumnElement[bool]] = []
    if wanted.since:
        found.append(interactions.c.started_at >= wanted.since)
    if wanted.until:
        found.append(interactions.c.started_at < wanted.until)
    return found


def _parts(
    connection: Connection, query: Select[*tuple[Any, ...]]
) -> Iterator[Sequence[Row[*tuple[Any, ...]]]]:
    found = iter(connection.execute(query, execution_options={"yield_per": AT_ONCE}))
    while part := list(islice(found, AT_ONCE)):
        yield part


def _own_fields(connection: Connection) -> list[dict[str, str]]:
    value = read_value(connection, SETTING)
    items: list[dict[str, str]] = value["items"] if value else []
    return items


def _hidden(number: str) -> str:
    """The region of a number stays, who it is does not."""
    return number[:-4] + _MARK * 4 if len(number) > 6 else number


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
