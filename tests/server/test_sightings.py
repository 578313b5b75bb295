"""What a seat showed out of its own copy stands in the audit, once."""

from __future__ import annotations

from typing import Any

import pytest

from server.rights import Role
from tests.server.conftest import ON_BOTH
from tests.server.running import Centre

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)


def sighting(**payload: object) -> dict[str, Any]:
    return {
        "id": "o1", "kind": "customer.see", "record": "o1", "author": "a1",
        "made_at": "2026-05-04T03:02:01Z",
        "payload": {"customer_id": "p1", "by": "card", **payload},
    }  # fmt: skip


def entries(centre: Centre) -> list[dict[str, Any]]:
    answer = centre.seat(role=Role.ADMINISTRATOR).get("/audit", table="customers")
    assert answer.status_code == 200, answer.text
    return [entry for entry in answer.json()["rows"] if entry["action"] != "read-audit"]


def test_a_card_that_was_shown_on_a_seat_is_written_down_once(centre: Centre) -> None:
    seat = centre.seat()
    [first], [again] = seat.send(sighting()), seat.send(sighting())
    assert (first["outcome"], again["outcome"]) == ("applied", "already-applied")
    [entry] = entries(centre)
    assert (entry["action"], entry["record"], entry["agent_id"]) == ("see", "p1", "a1")
    assert entry["detail"] == {"at": "2026-05-04T03:02:01Z", "by": "seat-card"}


@pytest.mark.parametrize("payload", [{"by": "spy"}, {"customer_id": ""}, {"more": 1}])
def test_a_sighting_that_is_none_is_refused_and_not_written(
    centre: Centre, payload: dict[str, object]
) -> None:
    [result] = centre.seat().send(sighting(**payload))
    assert result["outcome"] == "rejected"
    assert not entries(centre)
