"""Which column of a file is which part of a customer, by its header in Chinese or English (M18)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from server.custom_fields import SETTING, CustomField, read_definitions
from server.imports.phone_numbers import NumberRules, read_rules
from server.setting_values import read_value
from server.sheets.rows import SheetError, SheetRow
from server.tables import segments

HEADERS: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "名称", "客户名称", "纳税人名称", "name"),
    "kind": ("类型", "客户类型", "kind"),
    "phones": (
        "电话", "手机", "手机号", "手机号码", "联系电话", "电话号码", "固定电话", "phone", "phones",
        "mobile", "number",
    ),
    "segment_id": ("客户分类", "分类", "分组", "segment"),
    "region": ("地区", "区域", "所属地区", "region"),
    "arrears_cents": ("欠费", "欠税", "欠费金额", "欠税金额", "arrears"),
    "warning": ("警示", "提醒", "warning"),
    "notes": ("备注", "notes"),
    "company": ("单位", "所属单位", "公司", "company"),
    "id_number": (
        "证件号", "证件号码", "身份证号", "身份证号码", "纳税人识别号", "统一社会信用代码",
        "id number", "id_number",
    ),
    "address": ("地址", "联系地址", "address"),
}  # fmt: skip
"""The first of each is what an export writes in Chinese, the last but one idea of it in English."""

CUSTOM = "custom."
COLUMNS_MAX = 200


@dataclass(frozen=True, slots=True)
class Centre:
    """What the centre says about its customers, read once a job."""

    segments: Mapping[str, str]  # id or name in small letters → id
    fields: Mapping[str, CustomField]
    field_names: Mapping[str, str]  # header in small letters → id
    numbers: NumberRules


@dataclass(frozen=True, slots=True)
class Columns:
    """``targets`` has a part of a customer for each column of the file, "" for one left out."""

    headers: tuple[str, ...]
    targets: tuple[str, ...]

    def to_json(self) -> list[dict[str, str]]:
        return [
            {"header": header, "field": target}
            for header, target in zip(self.headers, self.targets, strict=True)
        ]


def read_centre(connection: Connection) -> Centre:
    known: dict[str, str] = {}
    for row in connection.execute(select(segments.c.id, segments.c.name).order_by(segments.c.id)):
        known[row.name.casefold()] = known[row.id.casefold()] = row.id
    names: dict[str, str] = {}
    for item in _setting(connection, SETTING).get("items", []):  # type: ignore[attr-defined]
        for word in (item["id"], item["name"], item.get("name_en", "")):
            if word:
                names[word.casefold()] = item["id"]
    return Centre(
        segments=known,
        fields=read_definitions(connection),
        field_names=names,
        numbers=read_rules(_setting(connection, "numbers")),
    )


def map_columns(header: SheetRow, centre: Centre) -> Columns:
    """Raises SheetError when nothing says who a row is about, or a part is there twice."""
    headers = tuple(cell if isinstance(cell, str) else "" for cell in header.cells)
    if len(headers) > COLUMNS_MAX:
        raise SheetError(f"The file has more than {COLUMNS_MAX} columns.")
    targets = tuple(_target(each, centre) for each in headers)
    for target in set(targets) - {"", "phones"}:
        if targets.count(target) > 1:
            raise SheetError(f"Two columns of the file are {_shown(target)}.")
    if "name" not in targets:
        raise SheetError(
            "The first row must name the columns, one of them 姓名 or name; found: "
            f"{_list(headers)}."
        )
    return Columns(headers, targets)


def _target(header: str, centre: Centre) -> str:
    word = header.casefold().strip()
    plain = word.rstrip("0123456789 _")
    for target, words in HEADERS.items():
        if word in words or (target == "phones" and plain in words):
            return target
    field = centre.field_names.get(word)
    return CUSTOM + field if field else ""


def _setting(connection: Connection, name: str) -> Mapping[str, object]:
    return read_value(connection, name) or {}


def _shown(target: str) -> str:
    return f"{HEADERS[target][0]} ({target})" if target in HEADERS else target


def _list(headers: Sequence[str]) -> str:
    shown = ("".join(filter(str.isprintable, header))[:20] for header in headers[:10])
    return ", ".join(filter(None, shown)) or "nothing"
