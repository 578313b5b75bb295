"""The centre's settings say only what every seat understands."""

from __future__ import annotations

import copy
from typing import Any

import orjson
import pytest

from server.centre_settings import DEFAULTS, read_settings
from server.database import Database
from server.errors import RejectedError
from server.operations import Outcome
from server.setting_checks import CHECKS, check_setting
from tests.server.acting import Agent
from tests.server.conftest import ON_BOTH

CALENDAR = DEFAULTS["calendar"]
SATISFIED = {"digit": 1, "name": "满意", "satisfied": True}
DISSATISFIED = {"digit": 2, "name": "不满意", "satisfied": False}
A_FIELD = {"id": "card", "name": "卡", "kind": "text"}

BAD: list[tuple[str, Any]] = [
    ("unknown", {}),
    ("practice", {"value": True}),
    ("skills", []),
    ("skills", {}),
    ("skills", {"items": {}}),
    ("skills", {"items": ["tax"]}),
    ("skills", {"items": [{"id": "a b", "name": "x"}]}),
    ("skills", {"items": [{"id": "tax", "name": ""}]}),
    ("skills", {"items": [{"id": "tax"}]}),
    ("skills", {"items": [{"id": "tax", "name": "x"}] * 2}),
    ("skills", {"items": [], "more": 1}),
    ("skills", {"items": [{"id": f"s{n}", "name": "x"} for n in range(501)]}),
    ("not-ready-reasons", {"items": [{"id": "a", "name": "x", "name_en": 5}]}),
    ("not-ready-reasons", {"items": [{"id": "a", "name": "x\0"}]}),
    ("wrap-up", {"seconds": 30}),
    ("wrap-up", {"seconds": 3_601, "auto_ready": True}),
    ("wrap-up", {"seconds": True, "auto_ready": True}),
    ("wrap-up", {"seconds": 1.5, "auto_ready": True}),
    ("wrap-up", {"seconds": 30, "auto_ready": "yes"}),
    ("wrap-up", {"seconds": 30, "auto_ready": True, "park_at_end": 1}),
    ("queue-categories", {}),
    ("queue-categories", {"items": ["咨询"]}),
    ("queue-categories", {"items": [{"queue": "咨询"}]}),
    ("queue-categories", {"items": [{"queue": " ", "category_id": "01"}]}),
    ("queue-categories", {"items": [{"queue": "咨询", "category_id": "0 1"}]}),
    ("queue-categories", {"items": [{"queue": "咨询", "category_id": "01"}] * 2}),
    ("break", {"limit_minutes": -1}),
    ("calendar", {**CALENDAR, "working_days": [0]}),
    ("calendar", {**CALENDAR, "working_days": [1, 1]}),
    ("calendar", {**CALENDAR, "working_days": [8]}),
    ("calendar", {**CALENDAR, "hours": [["9:00", "12:00"]]}),
    ("calendar", {**CALENDAR, "hours": [["09:00", "24:00"]]}),
    ("calendar", {**CALENDAR, "hours": [["12:00", "09:00"]]}),
    ("calendar", {**CALENDAR, "hours": [["09:00", "12:00"], ["11:00", "13:00"]]}),
    ("calendar", {**CALENDAR, "hours": ["09:00"]}),
    ("calendar", {**CALENDAR, "hours": [[9, 12]]}),
    ("calendar", {**CALENDAR, "holidays": ["2026-02-30"]}),
    ("calendar", {**CALENDAR, "holidays": ["20260201"]}),
    ("calendar", {**CALENDAR, "holidays": [5]}),
    ("calendar", {**CALENDAR, "holidays": ["2026-02-01"], "make_up_days": ["2026-02-01"]}),
    ("ticket-units", {"items": [{"id": "tax", "name": "所得税科"}]}),
    ("ticket-units", {"items": [{"id": "tax", "name": "所得税科", "days": -1}]}),
    ("ticket-units", {"items": [{"id": "tax", "name": "所得税科", "days": 366}]}),
    ("ticket-units", {"items": [{"id": "tax", "name": " ", "days": 2}]}),
    ("ticket-units", {"items": [{"id": "tax", "name": "所得税科", "days": 2}] * 2}),
    ("customer-fields", {"items": [{"id": "Card", "name": "x", "kind": "text"}]}),
    ("customer-fields", {"items": [{"id": "card", "name": "x", "kind": "secret"}]}),
    ("customer-fields", {"items": [{"id": "card", "name": "x", "kind": []}]}),
    ("customer-fields", {"items": [{"id": "card", "name": "x", "kind": "choice"}]}),
    ("customer-fields", {"items": [{**A_FIELD, "choices": ["a"]}]}),
    ("customer-fields", {"items": [{**A_FIELD, "sensitive": 1}]}),
    ("customer-fields", {"items": [{**A_FIELD, "kind": "date", "sensitive": True}]}),
    ("satisfaction-scale", {}),
    ("satisfaction-scale", {"items": []}),
    ("satisfaction-scale", {"items": ["1"]}),
    ("satisfaction-scale", {"items": [SATISFIED]}),
    ("satisfaction-scale", {"items": [SATISFIED, SATISFIED]}),
    ("satisfaction-scale", {"items": [SATISFIED, {**DISSATISFIED, "digit": 10}]}),
    ("satisfaction-scale", {"items": [SATISFIED, {**DISSATISFIED, "digit": "2"}]}),
    ("satisfaction-scale", {"items": [SATISFIED, {**DISSATISFIED, "name": " "}]}),
    ("satisfaction-scale", {"items": [SATISFIED, {**DISSATISFIED, "name": "不" * 41}]}),
    ("satisfaction-scale", {"items": [SATISFIED, {**DISSATISFIED, "satisfied": 0}]}),
    ("satisfaction-scale", {"items": [SATISFIED, {**DISSATISFIED, "marks": 1}]}),
    ("numbers", {"country": "cn", "area_code": "", "short_codes": []}),
    ("numbers", {"country": "CN", "area_code": "057x", "short_codes": []}),
    ("numbers", {"country": "CN", "area_code": "", "short_codes": ["+86"]}),
]


def test_what_a_new_centre_starts_with_is_good() -> None:
    assert set(CHECKS) == set(DEFAULTS)
    for name, value in DEFAULTS.items():
        assert check_setting(name, copy.deepcopy(value), None) == value


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_setting_that_seats_would_not_understand_is_refused(name: str, value: object) -> None:
    with pytest.raises(RejectedError):
        check_setting(name, value, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("skills", {"items": [{"id": "tax", "name": "税", "name_en": "Tax"}]}),
        ("calendar", {"working_days": [], "hours": [["00:00", "23:59"]],
                      "holidays": ["2026-10-01"], "make_up_days": ["2026-10-10"]}),
        ("customer-fields", {"items": [{"id": "size", "name": "规模", "kind": "choice",
                                        "choices": ["大", "小"]}]}),
        ("numbers", {"country": "HK", "area_code": "0571", "short_codes": ["60001", "*12#"]}),
    ],
)  # fmt: skip
def test_a_setting_may_say_much(name: str, value: dict[str, object]) -> None:
    assert check_setting(name, value, None) == value


def test_a_sensitive_field_stays_sensitive() -> None:
    before = {"items": [{**A_FIELD, "sensitive": True}]}
    with pytest.raises(RejectedError, match="cannot change"):
        check_setting("customer-fields", {"items": [A_FIELD]}, before)
    assert check_setting("customer-fields", before, before) == before
    assert check_setting("customer-fields", {"items": []}, before) == {"items": []}


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_the_administrator_sets_and_two_of_them_do_not_overwrite(database: Database) -> None:
    chief = Agent(database, "a3", "administrator")
    first = {"seconds": 60, "auto_ready": False}
    assert chief.apply("setting.save", "wrap-up", {"value": first}) == 1
    assert chief.apply("setting.save", "wrap-up", {"value": first}) == 1
    assert (
        chief.apply("setting.save", "wrap-up", {"value": first | {"seconds": 5}}, {"value": 1}) == 2
    )
    late = chief.send("setting.save", "wrap-up", {"value": first | {"seconds": 9}}, {"value": 1})
    assert (late.outcome, late.server) == (
        Outcome.CONFLICT,
        {"id": "wrap-up", "version": 2, "value": {"seconds": 5, "auto_ready": False}},
    )
    assert chief.reason("setting.save", "wrap-up", {"value": first, "x": 1}).endswith(
        "nothing else."
    )
    assert chief.reason("setting.save", "wrap-up", {"id": "break", "value": first}).endswith(".")
    assert "may not" in Agent(database).reason("setting.save", "wrap-up", {"value": first})
    with database.read() as connection:
        kept = read_settings(connection)
    assert orjson.loads(orjson.dumps(kept)) == [
        {"id": "wrap-up", "version": 2, "value": {"auto_ready": False, "seconds": 5}}
    ]
