"""One number a table says whether a seat's copy is the same."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson
import pytest
from sqlalchemy import delete, insert, update

from server import tables
from server.digest import WAITING_MAX
from server.rights import Role
from tests.server.conftest import ON_BOTH
from tests.server.running import Centre, save
from tests.server.test_changes import put_segment

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)


def of_rows(rows: list[list[Any]]) -> str:
    """The wire's words for it (docs/wire.md), apart from the server's."""
    parts = (hashlib.blake2b(orjson.dumps(row), digest_size=8).digest() for row in rows)
    return f"{sum(int.from_bytes(part, 'big') for part in parts) % 2**64:016x}"


def digests(centre: Centre, **params: object) -> dict[str, Any]:
    answer = centre.seat(role=Role.SUPERVISOR).get("/digest", **params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def copied(centre: Centre) -> dict[str, dict[str, list[Any]]]:
    """A seat's copy, fetched page by page."""
    copy: dict[str, dict[str, list[Any]]] = {name: {} for name in tables.REPLICATED}
    after, more = 0, True
    while more:
        page = centre.seat(role=Role.SUPERVISOR).get("/changes", after=after, limit=3).json()
        for name, part in page["tables"].items():
            copy[name].update((row[0], row) for row in part["rows"])
            for gone in part["deleted"]:
                copy[name].pop(gone, None)
        after, more = page["next"], page["more"]
    return copy


def assert_equal(centre: Centre) -> None:
    told = digests(centre)
    copy = copied(centre)
    assert told["tables"] == {
        name: {"rows": len(rows), "digest": of_rows(list(rows.values()))}
        for name, rows in copy.items()
    }


def test_a_copy_made_of_pages_has_the_centres_digests(centre: Centre) -> None:
    quotes = [{"article_id": "k1", "version": 2, "title": '税率 "1%"'}]
    centre.seat().send(save("i1", payload_quotes=quotes), save("i2"))
    with centre.database.write() as transaction:
        transaction.connection.execute(
            insert(tables.centre_settings).values(
                id="calendar", version=1, value='{ "b": [1.50, 1e2],  "a": null, "年": true }'
            )
        )
        transaction.changed("settings", "calendar")
    assert_equal(centre)
    put_segment(centre.database, "x", "rule")
    assert_equal(centre)
    with centre.database.write() as transaction:
        transaction.connection.execute(
            update(tables.customers).values(arrears_cents=-(2**40), custom='{"车牌": "浙A"}')
        )
        transaction.changed("customers", "p1")
        transaction.connection.execute(delete(tables.phones))
        transaction.changed("phones", "n1")
    assert_equal(centre)


def test_a_digest_says_at_which_sequence_it_was_taken(centre: Centre) -> None:
    assert digests(centre)["sequence"] == 5
    put_segment(centre.database, "x")
    assert digests(centre, tables="phones")["sequence"] == 6


def test_one_changed_character_changes_the_digest(centre: Centre) -> None:
    before = digests(centre)["tables"]
    with centre.database.write() as transaction:
        transaction.connection.execute(update(tables.customers).values(notes="."))
        transaction.changed("customers", "p1")
    after = digests(centre)["tables"]
    assert before["customers"]["digest"] != after["customers"]["digest"]
    assert {name: part for name, part in before.items() if name != "customers"} == {
        name: part for name, part in after.items() if name != "customers"
    }


def test_only_tables_asked_for_and_kept_by_the_role_are_told(centre: Centre) -> None:
    assert set(digests(centre, tables="phones,segments")["tables"]) == {"phones", "segments"}
    seat = centre.seat(role="analyst")
    assert set(seat.get("/digest", tables="phones,segments").json()["tables"]) == {"segments"}
    assert "customers" not in seat.get("/digest").json()["tables"]
    answer = seat.get("/digest", tables="agents")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad-request")


def test_too_many_at_once_are_told_to_come_later(centre: Centre) -> None:
    digests_of = centre.services.digests
    for _ in range(WAITING_MAX):
        assert digests_of._room.acquire(blocking=False)
    answer = centre.seat().get("/digest")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    digests_of._room.release(WAITING_MAX)
    assert centre.seat().get("/digest").status_code == 200
