"""A customer is found by whatever an agent knows of her (M18), on both databases."""

from __future__ import annotations

import pytest

from server.customer_search import find_customers
from server.database import Database
from tests.server.acting import Agent
from tests.server.conftest import ON_BOTH
from tests.server.test_customers import WHOLE_ID

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)

PEOPLE: dict[str, dict[str, object]] = {
    "zw": {"name": "张薇", "region": "杭州市西湖区", "phones": [{"number": "+8657187654321"}]},
    "jin": {"name": "杭州金税信息有限公司", "kind": "company", "region": "杭州市",
            "phones": [{"number": "60001"}, {"number": "+864001234567"}]},
    "wf": {"name": "王芳", "company": "金山贸易", "region": "温州市", "id_number": WHOLE_ID,
           "phones": [{"number": "+8613900139000", "label": "手机"}]},
    "wf2": {"name": "王芳", "region": "杭州市西湖区", "phones": [{"number": "512345"}]},
    "js": {"name": "John Smith", "region": "100%_Ltd"},
}  # fmt: skip


@pytest.fixture
def people(database: Database) -> Database:
    """p1 is 张伟 with +8613800138000, 杭州市; older rows without pinyin are found by name."""
    agent = Agent(database)
    for name, payload in PEOPLE.items():
        agent.apply("customer.save", name, payload)
    return database


def find(database: Database, text: str, limit: int = 20) -> list[tuple[str, str]]:
    with database.read() as connection:
        found = find_customers(connection, text, limit)
    return [(str(row["id"]), str(row["found_by"])) for row in found["rows"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("王芳", [("wf", "name"), ("wf2", "name")]),
        ("张", [("p1", "name"), ("zw", "name")]),
        ("张伟", [("p1", "name"), ("zw", "sound")]),
        ("王芳 西湖", [("wf2", "name")]),
        ("西湖 王芳", [("wf2", "name")]),
        ("zhangwei", [("zw", "pinyin")]),
        ("zhang wei", [("zw", "pinyin")]),
        ("ZhangW", [("zw", "pinyin")]),
        ("wangfang 温州", [("wf", "pinyin")]),
        ("hzjsxx", [("jin", "initials")]),
        ("+86 139-0013-9000", [("wf", "number")]),
        ("139 0013 9000", [("wf", "number")]),
        ("9000", [("wf", "number")]),
        ("0571-87654321", [("zw", "number")]),
        ("0086 571 8765 4321", [("zw", "number")]),
        ("4001234567", [("jin", "number")]),
        ("60001", [("jin", "number")]),
        ("0001", []),
        ("512345", [("wf2", "number")]),
        ("2345", []),
        ("n_S", []),
        ("000", []),
        (WHOLE_ID, [("wf", "id-number")]),
        (f" {WHOLE_ID.lower()} ", [("wf", "id-number")]),
        (WHOLE_ID[:17], []),
        ("9999", []),
        ("金山", [("wf", "company")]),
        ("金税", [("jin", "part-of-name")]),
        ("温州市", [("wf", "region")]),
        ("john smith", [("js", "pinyin")]),
        ("John Smith", [("js", "name")]),
        ("Smith", [("js", "part-of-name")]),
        ("100%", [("js", "region")]),
        ("0%_L", []),
        ("%", []), ("_", []), ("'; DROP TABLE customers", []), ("\U0010ffff", []),
        ("９０００", [("wf", "number")]),
        (" ", []),
    ],
)  # fmt: skip
def test_what_is_typed_finds_who_is_meant(
    people: Database, text: str, expected: list[tuple[str, str]]
) -> None:
    assert sorted(find(people, text)) == sorted(expected)


def test_the_surest_come_first_and_no_more_than_asked_for(people: Database) -> None:
    Agent(people).apply("customer.save", "w", {"name": "王芳芳"})
    assert [name for name, _ in find(people, "王芳")][-1] == "w"
    with people.read() as connection:
        found = find_customers(connection, "王", 2)
    assert (len(found["rows"]), found["more"]) == (2, True)


def test_rows_come_masked_and_with_their_numbers(people: Database) -> None:
    with people.read() as connection:
        rows = find_customers(connection, "139 0013 9000", 5)["rows"]
    assert rows[0]["id_number"] == "9999**********123X"
    numbers = rows[0]["phones"]
    assert isinstance(numbers, list)
    assert [(p["number"], p["label"]) for p in numbers] == [("+8613900139000", "手机")]


def test_a_customer_that_was_merged_is_not_found(people: Database) -> None:
    Agent(people, "a3", "supervisor").apply("customer.merge", "wf", {"merged": "wf2"})
    assert find(people, "王芳") == [("wf", "name")]
