"""What a centre sets for all its seats: skills, reasons, wrap-up, calendar, own fields (step ⑨).

Each setting is one JSON object under a name, replicated to every seat.
"""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from sqlalchemy import Connection, insert, select, update

from server.acts import Act
from server.customer_fields import canonical
from server.errors import ConflictError, RejectedError
from server.setting_checks import check_setting
from server.tables import centre_settings

DEFAULTS: Mapping[str, Mapping[str, object]] = {
    "skills": {"items": []},
    "not-ready-reasons": {
        "items": [
            {"id": "meeting", "name": "会议", "name_en": "Meeting"},
            {"id": "paperwork", "name": "处理工单", "name_en": "Paperwork"},
            {"id": "equipment", "name": "设备故障", "name_en": "Equipment"},
        ]
    },
    "wrap-up": {"seconds": 30, "auto_ready": True, "park_at_end": False},
    "queue-categories": {"items": []},
    "break": {"limit_minutes": 15},
    "calendar": {
        "working_days": [1, 2, 3, 4, 5],
        "hours": [["09:00", "12:00"], ["13:30", "17:30"]],
        "holidays": [],
        "make_up_days": [],
    },
    "ticket-units": {"items": []},
    "customer-fields": {"items": []},
    "text-modules": {
        "items": [
            {
                "id": "callback",
                "name": "稍后回电",
                "shortcut": "hd",
                "text": "已告知{customer}，核实后由{agent}回电答复。",
            },
            {
                "id": "referred",
                "name": "转主管税务机关",
                "shortcut": "zzg",
                "text": "涉及个案核实，已请来电人联系主管税务机关，并告知联系电话。",
            },
            {
                "id": "self-service",
                "name": "网上自助办理",
                "shortcut": "ws",
                "text": "已指导来电人通过电子税务局（网页或手机）自助办理。",
            },
            {
                "id": "documents",
                "name": "告知所需资料",
                "shortcut": "zl",
                "text": "已告知办理所需资料和办理地点。",
            },
            {
                "id": "satisfied",
                "name": "已解答清楚",
                "shortcut": "jd",
                "text": "已当场解答，来电人表示清楚。",
            },
        ]
    },
    "satisfaction-scale": {
        "items": [
            {"digit": 1, "name": "满意", "name_en": "Satisfied", "satisfied": True},
            {"digit": 2, "name": "一般", "name_en": "Fair", "satisfied": False},
            {"digit": 3, "name": "不满意", "name_en": "Dissatisfied", "satisfied": False},
            {"digit": 0, "name": "投诉", "name_en": "Complaint", "satisfied": False},
        ]
    },
    "numbers": {"country": "CN", "area_code": "", "short_codes": []},
    "knowledge-review": {"people": 2},
}
"""What a new centre starts with; ``working_days`` are ISO weekdays, 1 is Monday."""


def save_setting(act: Act) -> int:
    """Replace a setting's value; returns its version. Raises RejectedError, ConflictError."""
    payload = dict(act.operation.payload)
    if payload.pop("id", act.record) != act.record:
        raise RejectedError("The payload is about another record than the operation.")
    if set(payload) != {"value"}:
        raise RejectedError("A setting is its value, and nothing else.")
    row = act.connection.execute(
        select(centre_settings).where(centre_settings.c.id == act.record).with_for_update()
    ).one_or_none()
    before = orjson.loads(row.value) if row is not None else None
    value = check_setting(act.record, payload["value"], before)
    if row is None:
        act.connection.execute(
            insert(centre_settings).values(id=act.record, version=1, value=canonical(value))
        )
        act.transaction.changed("settings", act.record)
        return 1
    version: int = row.version
    if canonical(value) == canonical(before):
        return version
    if act.operation.base.get("value", 0) < version:
        server = {"id": row.id, "version": version, "value": before}
        raise ConflictError(names=("value",), version=version, server=server)
    act.connection.execute(
        update(centre_settings)
        .where(centre_settings.c.id == act.record)
        .values(value=canonical(value), version=version + 1)
    )
    act.transaction.changed("settings", act.record)
    return version + 1


def read_settings(connection: Connection) -> list[dict[str, object]]:
    rows = connection.execute(select(centre_settings).order_by(centre_settings.c.id))
    return [
        {"id": row.id, "version": row.version, "value": orjson.loads(row.value)} for row in rows
    ]
