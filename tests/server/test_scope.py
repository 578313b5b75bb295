"""What a seat keeps a copy of is the server's decision, by role, and a change of it is noticed."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, update

from server import tables
from server.rights import Role
from server.scope import EVERYTHING, REFERENCE, SCOPES
from tests.server.conftest import ON_BOTH
from tests.server.running import Centre, save

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)


def page(centre: Centre, role: str, after: int = 0, **params: object) -> dict[str, Any]:
    answer = centre.seat(role=role).get("/changes", after=after, **params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def refusal(centre: Centre, role: str, after: int, **params: object) -> str:
    answer = centre.seat(role=role).get("/changes", after=after, **params)
    assert answer.status_code == 409, answer.text
    code: str = answer.json()["error"]["code"]
    return code


def put_setting(centre: Centre, name: str, value: str) -> None:
    with centre.database.write() as transaction:
        transaction.connection.execute(
            insert(tables.centre_settings).values(id=name, version=1, value=value)
        )
        transaction.changed("settings", name)


def test_every_role_is_sent_its_own_tables_and_no_other(centre: Centre) -> None:
    put_setting(centre, "practice", '{"value":false}')
    assert set(SCOPES) == set(Role)
    there = {"settings", "segments", "categories", "articles", "customers", "phones"}
    for role, kept in SCOPES.items():
        assert set(page(centre, role)["tables"]) == there & set(kept), role
    assert "customers" not in SCOPES[Role.ANALYST]
    assert [role for role, kept in SCOPES.items() if "article_drafts" in kept] == [
        Role.SUPERVISOR, Role.KNOWLEDGE_EDITOR,
    ]  # fmt: skip
    assert SCOPES[Role.TRAINEE] == SCOPES[Role.ADMINISTRATOR] == REFERENCE


def test_a_practice_centre_gives_everything_to_everybody(centre: Centre) -> None:
    put_setting(centre, "practice", '{"value":true}')
    assert "customers" in page(centre, Role.TRAINEE)["tables"]
    assert centre.seat(role=Role.TRAINEE).get("/digest").json()["tables"].keys() == set(EVERYTHING)


def test_changes_outside_the_scope_are_passed_over_and_covered(centre: Centre) -> None:
    seat = centre.seat()
    for n in range(7):
        seat.send(save(f"i{n}"))
    first = page(centre, Role.TRAINEE, limit=2)
    assert list(first["tables"]) == ["segments", "categories"]
    rest = page(centre, Role.TRAINEE, first["next"], scope=first["scope"])
    assert list(rest["tables"]) == ["articles"]
    assert (rest["next"], rest["newest"], rest["more"]) == (12, 12, False)
    assert page(centre, Role.TRAINEE, 12, scope=rest["scope"])["tables"] == {}


def test_a_page_that_ends_with_the_last_row_in_scope_covers_the_rest_with_the_next_one(
    centre: Centre,
) -> None:
    first = page(centre, Role.TRAINEE, limit=3)
    assert (first["next"], first["more"]) == (3, True)
    second = page(centre, Role.TRAINEE, 3, limit=3, scope=first["scope"])
    assert (second["tables"], second["next"], second["more"]) == ({}, 5, False)


def test_a_seat_of_another_role_than_before_starts_over(centre: Centre) -> None:
    scope = page(centre, Role.AGENT)["scope"]
    assert page(centre, Role.SPECIALIST, 5, scope=scope)["scope"] == scope
    assert refusal(centre, Role.ANALYST, 5, scope=scope) == "scope-changed"
    assert refusal(centre, Role.ANALYST, 0, scope=scope) == "scope-changed"
    assert page(centre, Role.ANALYST)["scope"] != scope


def test_a_seat_notices_that_the_centre_was_restored_even_if_it_has_moved_on(
    centre: Centre,
) -> None:
    scope = page(centre, Role.AGENT)["scope"]
    with centre.database.write() as transaction:
        transaction.connection.execute(update(tables.change_counter).values(life=1_800_000_000))
    assert refusal(centre, Role.AGENT, 5, scope=scope) == "scope-changed"


@pytest.mark.parametrize("scope", ["?", ".", "0.0", "x" * 99, "{name}.", "{name}.-1", "{name}.١"])
def test_a_scope_that_no_server_said_is_another_scope(centre: Centre, scope: str) -> None:
    name = page(centre, Role.AGENT)["scope"].partition(".")[0]
    assert refusal(centre, Role.AGENT, 1, scope=scope.format(name=name)) == "scope-changed"
