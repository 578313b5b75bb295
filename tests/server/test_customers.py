"""Customers are saved field by field; nothing is overwritten unseen (M18), on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from server.customer_rows import read_customer
from server.database import Database
from server.operations import Outcome
from server.rights import Role
from server.tables import customers
from tests.server.acting import Agent
from tests.server.conftest import ON_BOTH

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)

WHOLE_ID = "99999919900307123X"
FIELDS = {
    "items": [
        {"id": "card", "name": "银行卡", "kind": "text", "sensitive": True},
        {"id": "since", "name": "始于", "kind": "date"},
        {"id": "staff", "name": "人数", "kind": "number"},
        {"id": "size", "name": "规模", "kind": "choice", "choices": ["small", "large"]},
        {"id": "vip", "name": "贵宾", "kind": "yes-no"},
    ]
}


def row(database: Database, customer: str = "p1") -> dict[str, Any]:
    with database.read() as connection:
        found = read_customer(connection, customer)
    assert found is not None
    return found


def secret(database: Database, column: str, customer: str = "p1") -> str:
    with database.read() as connection:
        value: str = connection.execute(
            select(customers.c[column]).where(customers.c.id == customer)
        ).scalar_one()
    return value


def test_a_new_customer_is_kept_masked_and_spelt(database: Database) -> None:
    agent = Agent(database)
    payload = {
        "name": "王小明", "kind": "person", "segment_id": "s1", "region": "宁波市",
        "arrears_cents": 12_345, "warning": "!", "notes": "n", "company": "甲公司",
        "address": "路 1 号", "id_number": WHOLE_ID.lower(),
        "phones": [{"number": "+8613900139000", "label": "手机"}, {"number": "60001"}],
    }  # fmt: skip
    assert agent.apply("customer.save", "p2", payload) == 1
    found = row(database, "p2")
    assert found["id_number"] == "9999**********123X"
    assert (found["pinyin"], found["initials"]) == ("wang xiao ming", "wxm")
    assert [(p["number"], p["label"]) for p in found["phones"]] == [
        ("+8613900139000", "手机"),
        ("60001", ""),
    ]
    assert secret(database, "id_secret", "p2") == WHOLE_ID
    assert (found["custom"], found["merged_into"], found["arrears_cents"]) == ({}, None, 12_345)


def test_somebody_known_only_by_a_number_is_a_customer_too(database: Database) -> None:
    agent = Agent(database)
    assert agent.apply("customer.save", "p2", {"phones": [{"number": "+8613900139000"}]}) == 1
    assert agent.reason("customer.save", "p3", {"name": " "}) == (
        "A new customer needs a name or a number."
    )


def test_edits_of_different_fields_on_one_version_both_stand(database: Database) -> None:
    agent = Agent(database)
    assert agent.apply("customer.save", "p1", {"notes": "a"}, {"notes": 1}) == 2
    assert agent.apply("customer.save", "p1", {"name": "张炜"}, {"name": 1}) == 3
    found = row(database)
    assert (found["notes"], found["name"], found["initials"]) == ("a", "张炜", "zw")


def test_a_conflict_shows_the_servers_row_and_where_it_changed(database: Database) -> None:
    agent = Agent(database)
    agent.apply(
        "customer.save", "p1", {"notes": "first", "warning": "w"}, {"notes": 1, "warning": 1}
    )
    late = agent.send(
        "customer.save", "p1", {"notes": "late", "region": "x"}, {"notes": 1, "region": 1}
    )
    assert (late.outcome, late.version) == (Outcome.CONFLICT, 2)
    assert late.reason == "Changed by someone else meanwhile: notes."
    assert late.server == {**row(database), "field_versions": {"notes": 2, "warning": 2}}
    assert row(database)["region"] == "杭州市"
    assert agent.apply("customer.save", "p1", {"notes": "late"}, {"notes": 2}) == 3


def test_saving_the_same_again_changes_nothing(database: Database) -> None:
    agent = Agent(database)
    assert agent.apply("customer.save", "p1", {"name": "张伟", "phones": [
        {"number": "+8613800138000", "label": "手机"}]}) == 1  # fmt: skip


def test_numbers_are_one_field_whose_order_stays(database: Database) -> None:
    agent = Agent(database)
    numbers = [
        {"number": "+8657187654321", "label": "b"},
        {"number": "+8613800138000", "label": ""},
    ]
    assert agent.apply("customer.save", "p1", {"phones": numbers}, {"phones": 1}) == 2
    found = row(database)["phones"]
    assert [{"number": p["number"], "label": p["label"]} for p in found] == numbers
    late = agent.send("customer.save", "p1", {"phones": []}, {"phones": 1})
    assert late.outcome is Outcome.CONFLICT
    assert late.server["phones"] == found
    assert agent.apply("customer.save", "p1", {"phones": numbers[1:]}, {"phones": 2}) == 3
    assert [p["number"] for p in row(database)["phones"]] == ["+8613800138000"]


def test_a_masked_number_that_comes_back_is_no_edit(database: Database) -> None:
    agent = Agent(database)
    agent.apply("customer.save", "p1", {"id_number": WHOLE_ID}, {"id_number": 1})
    masked = row(database)["id_number"]
    assert (
        agent.apply("customer.save", "p1", {"id_number": masked, "notes": "x"}, {"notes": 1}) == 3
    )
    assert secret(database, "id_secret") == WHOLE_ID
    assert "whole number" in agent.reason("customer.save", "p1", {"id_number": "99**123X"})
    assert agent.apply("customer.save", "p1", {"id_number": ""}, {"id_number": 2}) == 4
    assert (row(database)["id_number"], secret(database, "id_secret")) == ("", "")


def test_the_centres_own_fields_are_checked_and_masked(database: Database) -> None:
    Agent(database, "a3", "administrator").apply(
        "setting.save", "customer-fields", {"value": FIELDS}
    )
    agent = Agent(database)
    values = {"card": "6222000011112222", "since": "2020-02-29", "staff": 3.5, "size": "small",
              "vip": True}  # fmt: skip
    agent.apply("customer.save", "p1", {"custom": values}, {"custom": 1})
    kept = row(database)["custom"]
    assert kept == {**values, "card": "6222********2222"}
    assert "6222000011112222" in secret(database, "custom_secrets")

    edited = {**kept, "vip": False}
    agent.apply("customer.save", "p1", {"custom": edited}, {"custom": 2})
    assert row(database)["custom"] == edited
    assert "6222000011112222" in secret(database, "custom_secrets")
    agent.apply("customer.save", "p1", {"custom": {"card": None}}, {"custom": 3})
    assert secret(database, "custom_secrets") == "{}"


@pytest.mark.parametrize(
    "custom",
    [{"nobody": "x"}, {"since": "2021-02-29"}, {"staff": "3"}, {"staff": True}, {"size": "huge"},
     {"vip": 1}, {"card": "6222**2222"}, {"card": 5}],
)  # fmt: skip
def test_a_value_that_does_not_fit_its_field_is_rejected(
    database: Database, custom: dict[str, object]
) -> None:
    Agent(database, "a3", "administrator").apply(
        "setting.save", "customer-fields", {"value": FIELDS}
    )
    reason = Agent(database).reason("customer.save", "p1", {"custom": custom}, {"custom": 1})
    assert next(iter(custom)) in reason


@pytest.mark.parametrize(
    "payload",
    [{"name": 5}, {"name": "a\0b"}, {"kind": "robot"}, {"arrears_cents": -1},
     {"arrears_cents": 1.5}, {"arrears_cents": 10**16}, {"segment_id": "none"}, {"version": 3},
     {"merged_into": "p1"}, {"id_secret": "1"}, {"pinyin": "x"}, {"id": "p2"}, {"phones": {}},
     {"phones": [{"number": "13800138000x"}]}, {"phones": [{"number": "+86"}]},
     {"phones": [{"number": "12366"}, {"number": "12366"}]}, {"phones": ["12366"]},
     {"phones": [{"number": "12366", "id": "x"}]}, {"phones": [{"number": "1"}] * 51},
     {"custom": []}, {"custom": {"a": {}}}, {"id_number": "x" * 41}, {"id_number": "<b>"},
     {"notes": "x" * 20_001}, {"region": "长" * 1_001}],
)  # fmt: skip
def test_odd_values_are_rejected_in_words_and_change_nothing(
    database: Database, payload: dict[str, object]
) -> None:
    before = row(database)
    assert Agent(database).reason("customer.save", "p1", payload).endswith(".")
    assert row(database) == before


def test_only_who_is_on_calls_edits_customers(database: Database) -> None:
    for role in Role:
        result = Agent(database, "a2", role).send("customer.save", "p1", {"name": "张伟"})
        on_calls = role in (Role.AGENT, Role.SPECIALIST, Role.SUPERVISOR)
        assert (result.outcome is Outcome.APPLIED) is on_calls, role
