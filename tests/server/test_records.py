"""Single records and lists, health, and what is answered where nothing is."""

from __future__ import annotations

from typing import Any

import pytest

from server import __version__
from tests.server.conftest import ON_BOTH
from tests.server.running import Centre, Seat, save

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)


def test_health_needs_no_token(centre: Centre) -> None:
    answer = Seat(centre.url).get("/health")
    assert answer.json() == {"status": "ok", "version": __version__, "wire": 1}


def test_customer_and_article_come_as_objects(centre: Centre) -> None:
    seat = centre.seat()
    assert seat.get("/customers/p1").json() == {
        "id": "p1", "version": 1, "kind": "person", "name": "张伟", "segment_id": "s1",
        "region": "杭州市", "arrears_cents": 5, "warning": "", "notes": "", "company": "",
        "id_number": "", "address": "", "pinyin": "", "initials": "", "merged_into": None,
        "custom": {}, "phones": [{"id": "n1", "number": "+8613800138000", "label": "手机"}],
    }  # fmt: skip
    article = seat.get("/articles/k1").json()
    assert (article["title"], article["sample"], article["valid_until"]) == ("税率", True, None)


def test_what_is_not_there_is_not_found(centre: Centre) -> None:
    seat = centre.seat()
    for table in ("customers", "articles", "interactions"):
        for record in ("x", "%00", "..%2f..%2fetc", "x" * 200, "%ff", "a%20b"):
            answer = seat.get(f"/{table}/{record}")
            assert answer.status_code == 404, record
            assert answer.json()["error"]["code"] == "not-found", record


def test_interactions_are_found_by_number_customer_and_operation(centre: Centre) -> None:
    seat = centre.seat()
    mine = save("i1", payload_customer_id="p1", payload_started_at="2026-01-01T00:00:00Z")
    seat.send(
        mine,
        save("i2", payload_number="+8613800138", payload_started_at="2026-01-02T00:00:00Z"),
        save("i3", payload_started_at="2026-01-03T00:00:00Z"),
    )

    def find(**params: object) -> tuple[list[str], int]:
        found: dict[str, Any] = seat.get("/interactions", **params).json()
        return [row["id"] for row in found["rows"]], found["total"]

    assert find() == (["i3", "i2", "i1"], 3)
    assert find(limit=1) == (["i3"], 3)
    assert find(number="+8613800138000") == (["i3", "i1"], 2)
    assert find(number="138000") == ([], 0)
    assert find(customer_id="p1") == (["i1"], 1)
    assert find(operation_id=mine["id"]) == (["i1"], 1)
    assert find(operation_id=mine["id"], number="+1") == ([], 0)


def test_a_bad_condition_is_refused(centre: Centre) -> None:
    seat = centre.seat()
    for params in ({"limit": 0}, {"limit": 10_000}, {"number": "\0"}, {"customer_id": "\0"},
                   {"operation_id": "a b"}, {"number": "1" * 2_000}):  # fmt: skip
        answer = seat.get("/interactions", **params)
        assert answer.status_code == 400, params
        assert answer.json()["error"]["code"] == "bad-request", params


def test_unknown_routes_and_methods_are_named(centre: Centre) -> None:
    seat = centre.seat()
    assert seat.get("/nothing").json()["error"]["code"] == "not-found"
    assert seat.get("/operations").json()["error"]["code"] == "method-not-allowed"
    assert seat.post("/events", {}).json()["error"]["code"] == "method-not-allowed"
    assert seat.get("/../../openapi.json").status_code == 404
