"""What a centre sets for all its seats: skills, reasons, wrap-up, calendar, own fields (step ⑨).

Each setting is one JSON object under a name, replicated to every seat.
"""

from __future__ import annotations

from collections.abc import Mapping

DEFAULTS: Mapping[str, Mapping[str, object]] = {
    "skills": {"items": []},
    "not-ready-reasons": {
        "items": [
            {"id": "meeting", "name": "会议", "name_en": "Meeting"},
            {"id": "paperwork", "name": "处理工单", "name_en": "Paperwork"},
            {"id": "equipment", "name": "设备故障", "name_en": "Equipment"},
        ]
    },
    "wrap-up": {"seconds": 30, "auto_ready": True},
    "break": {"limit_minutes": 15},
    "calendar": {
        "working_days": [1, 2, 3, 4, 5],
        "hours": [["09:00", "12:00"], ["13:30", "17:30"]],
        "holidays": [],
        "make_up_days": [],
    },
    "customer-fields": {"items": []},
    "numbers": {"country": "CN", "area_code": "", "short_codes": []},
}
"""What a new centre starts with; ``working_days`` are ISO weekdays, 1 is Monday."""
