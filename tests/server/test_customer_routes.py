"""Customers over HTTP: found, shown masked, revealed on the record, and told apart (M18)."""

from __future__ import annotations

from typing import Any

import pytest

from server.rights import Role
from tests.server.acting import Agent
from tests.server.conftest import ON_BOTH
from tests.server.running import Centre
from tests.server.test_customers import FIELDS, WHOLE_ID

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)

A_CARD = "6222000011112222"


@pytest.fixture
def agent(centre: Centre) -> Agent:
    """An agent of a centre where p1 has an ID number and a card number."""
    Agent(centre.database, "a3", "administrator").apply(
        "setting.save", "customer-fields", {"value": FIELDS}
    )
    made = Agent(centre.database)
    payload = {"id_number": WHOLE_ID, "custom": {"card": A_CARD}}
    made.apply("customer.save", "p1", payload, dict.fromkeys(payload, 1))
    return made


def audit(centre: Centre, **params: object) -> list[dict[str, Any]]:
    found = centre.seat("a3", "quality").get("/audit", table="customers", **params)
    rows: list[dict[str, Any]] = found.json()["rows"]
    return rows


def test_a_card_comes_masked_with_its_numbers(centre: Centre, agent: Agent) -> None:
    answer = centre.seat().get("/customers/p1")
    card = answer.json()
    assert card["id_number"] == "9999**********123X"
    assert card["custom"] == {"card": "6222********2222"}
    assert card["phones"] == [{"id": "n1", "number": "+8613800138000", "label": "手机"}]
    found = centre.seat().get("/customers", q="13800138000").json()
    assert found == {"rows": [{**card, "found_by": "number"}], "more": False}
    for text in (answer.text, centre.seat().get("/changes", after=0).text):
        assert WHOLE_ID not in text
        assert A_CARD not in text


def test_a_reveal_shows_the_whole_and_is_written_down(centre: Centre, agent: Agent) -> None:
    seat = centre.seat()
    for name, whole in (("id_number", WHOLE_ID), ("custom.card", A_CARD), ("custom.vip", "")):
        wish = {"field": name, "reason": "he asks for a refund"}
        assert seat.post("/customers/p1/reveal", wish).json() == {"value": whole}
    entries = [entry for entry in audit(centre, record="p1") if entry["action"] == "reveal"]
    assert [entry["detail"]["field"] for entry in reversed(entries)] == [
        "id_number",
        "custom.card",
        "custom.vip",
    ]
    assert {entry["agent_id"] for entry in entries} == {"a1"}
    assert entries[0]["detail"]["reason"] == "he asks for a refund"
    assert WHOLE_ID not in str(audit(centre))


@pytest.mark.parametrize(
    "wish",
    [{}, {"field": "id_number"}, {"field": "id_number", "reason": " "},
     {"field": "name", "reason": "x"}, {"field": "id_secret", "reason": "x"},
     {"field": "id_number", "reason": "x", "more": 1}, {"field": ["id_number"], "reason": "x"},
     {"field": "custom." + "x" * 60, "reason": "x"}, {"field": "id_number", "reason": "x" * 501}],
)  # fmt: skip
def test_a_reveal_without_a_field_or_a_reason_is_refused(
    centre: Centre, agent: Agent, wish: dict[str, object]
) -> None:
    answer = centre.seat().post("/customers/p1/reveal", wish)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad-request")
    assert not [entry for entry in audit(centre, record="p1") if entry["action"] == "reveal"]


def test_only_who_is_on_calls_may_see_the_whole(centre: Centre, agent: Agent) -> None:
    wish = {"field": "id_number", "reason": "x"}
    for role in Role:
        answer = centre.seat("a2", role).post("/customers/p1/reveal", wish)
        on_calls = role in (Role.AGENT, Role.SPECIALIST, Role.SUPERVISOR)
        assert answer.status_code == (200 if on_calls else 403), role
        assert (WHOLE_ID in answer.text) is on_calls
    assert centre.seat().post("/customers/p9/reveal", wish).status_code == 404


def test_history_says_who_changed_what_and_what_was_merged(centre: Centre, agent: Agent) -> None:
    agent.apply("customer.save", "p2", {"name": "张伟", "phones": [{"number": "60001"}]})
    agent.apply("customer.save", "p3", {"name": "张伟"})
    lead = Agent(centre.database, "a3", "supervisor")
    lead.apply("customer.merge", "p2", {"merged": "p3"})
    lead.apply("customer.merge", "p1", {"merged": "p2"})

    found = centre.seat().get("/customers/p1/history").json()
    told = [
        (entry["customer_id"], entry["agent_name"], entry["detail"]["kind"],
         entry["detail"]["fields"])
        for entry in reversed(found["versions"])
    ]  # fmt: skip
    assert told == [
        ("p1", "名字1001", "customer.save", ["custom", "id_number"]),
        ("p2", "名字1001", "customer.save", ["name", "phones"]),
        ("p3", "名字1001", "customer.save", ["name"]),
        ("p2", "名字1003", "customer.merge", ["merged"]),
        ("p1", "名字1003", "customer.merge", ["merged"]),
    ]
    assert {(merge["kept_id"], merge["merged_id"]) for merge in found["merges"]} == {
        ("p1", "p2"),
        ("p2", "p3"),
    }
    assert found["merges"][0]["moved"]["interactions"] == []
    assert WHOLE_ID not in str(found)
    assert centre.seat().get("/customers/p9/history").status_code == 404


def test_duplicates_are_suggested_with_their_reasons(centre: Centre, agent: Agent) -> None:
    others: dict[str, dict[str, object]] = {
        "d1": {"name": "章威", "phones": [{"number": "+8613800138000"}], "id_number": WHOLE_ID},
        "d2": {"name": "张伟", "region": "杭州市"},
        "d3": {"name": "李雷", "phones": [{"number": "+8613800138000"}]},
        "d4": {"phones": [{"number": "+8613800138000"}]},
    }
    for name, payload in others.items():
        agent.apply("customer.save", name, payload)

    def pairs(**params: object) -> dict[tuple[str, ...], list[str]]:
        rows = centre.seat().get("/customers/duplicates", **params).json()["rows"]
        return {tuple(c["id"] for c in row["customers"]): row["reasons"] for row in rows}

    with_p1 = {
        ("d1", "p1"): ["same-id-number"],
        ("d2", "p1"): ["same-name-and-region"],
        ("d4", "p1"): ["same-number"],
    }
    among_others = {("d1", "d4"): ["same-number"], ("d3", "d4"): ["same-number"]}
    assert pairs() == with_p1 | among_others
    assert pairs(customer_id="p1") == with_p1
    assert len(pairs(limit=1)) == 1
    assert pairs(customer_id="none") == {}

    agent.apply("customer.save", "p1", {"name": "张薇"}, {"name": 1})
    assert pairs()[("d1", "p1")] == ["same-number", "same-id-number"]
    Agent(centre.database, "a3", "supervisor").apply("customer.merge", "p1", {"merged": "d1"})
    assert not any("d1" in pair for pair in pairs())


@pytest.mark.parametrize(
    ("path", "params"),
    [("/customers", {}), ("/customers", {"q": "x" * 201}), ("/customers", {"q": "a\0"}),
     ("/customers", {"q": "a", "limit": 0}), ("/customers", {"q": "a", "limit": "many"}),
     ("/customers/duplicates", {"limit": 10_000}),
     ("/customers/duplicates", {"customer_id": "a b"})],
)  # fmt: skip
def test_an_odd_question_is_refused(centre: Centre, path: str, params: dict[str, object]) -> None:
    answer = centre.seat().get(path, **params)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad-request")


def test_articles_notices_and_settings_come_as_lists(centre: Centre) -> None:
    seat, lead = centre.seat(), centre.seat("a3", "supervisor")
    Agent(centre.database, "a3", "supervisor").apply("notice.save", "m1", {"title": "停电"})
    assert [row["id"] for row in seat.get("/articles").json()["rows"]] == ["k1"]
    assert seat.get("/articles", after="k1").json() == {"rows": []}
    assert seat.get("/articles", category_id="c2").json() == {"rows": []}
    assert [row["version"] for row in seat.get("/articles/k1/versions").json()["rows"]] == [2]
    assert [row["id"] for row in seat.get("/categories").json()["rows"]] == ["c1"]
    assert [row["id"] for row in seat.get("/segments").json()["rows"]] == ["s1"]
    assert [row["read_at"] for row in seat.get("/notices").json()["rows"]] == [None]
    assert len(lead.get("/notices/m1/readers").json()["missing"]) == 3
    assert lead.get("/notices/m9/readers").status_code == 404
    assert seat.get("/notices/m1/readers").status_code == 403
    assert seat.get("/articles/k9/versions").status_code == 404
    assert seat.get("/settings").json() == {"rows": []}
