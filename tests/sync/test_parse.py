from __future__ import annotations

from contextlib import suppress
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import parse
from sync.errors import BadReply
from sync.wire import TABLES, ChangePage, OtherSignIn, Outcome
from tests.sync.memory import operation


def page(**changes: Any) -> dict[str, Any]:
    columns = list(TABLES["phones"])
    part = {"columns": columns, "rows": [["p1", "c1", "+8613800138000", "mobile"]], "deleted": []}
    return {"tables": {"phones": part}, "next": 1, "newest": 1, "more": False} | changes


def parsed(content: object) -> ChangePage:
    return parse.change_page(orjson.dumps(content))


def with_part(**changes: Any) -> dict[str, Any]:
    content = page()
    content["tables"]["phones"] |= changes
    return content


def session(**changes: Any) -> bytes:
    agent = {"id": "a1", "login": "wang", "name": "王", "extension": "", "role": "agent"}
    found = {
        "agent": agent, "access_token": "a", "access_expires_s": 600, "refresh_token": "r",
        "server_time": "2026-11-22T01:00:00Z",
    }  # fmt: skip
    return orjson.dumps(found | changes)


def test_a_session_names_the_agents_other_sign_ins_or_none() -> None:
    other = {"device": "", "started_at": "2026-11-22T01:00:00Z", "colour": "red"}
    assert parse.signed_in(session()).others == ()
    assert parse.signed_in(session(others=[other])).others == (
        OtherSignIn("", other["started_at"]),
    )


@pytest.mark.parametrize("others", [None, {}, [1], [{}], [{"device": 1, "started_at": "x"}]])
def test_other_sign_ins_that_are_none_are_refused(others: object) -> None:
    with pytest.raises(BadReply):
        parse.signed_in(session(others=others))


def test_a_page_keeps_rows_and_tombstones_in_our_order_of_columns() -> None:
    content = with_part(
        columns=["label", "number", "colour", "customer_id", "id"],
        rows=[["mobile", "+8613800138000", "red", "c1", "p1"]],
        deleted=["p2"],
    )
    found = parsed(content)
    assert found.rows == {"phones": [["p1", "c1", "+8613800138000", "mobile"]]}
    assert found.deleted == {"phones": ["p2"]}
    assert (found.next_cursor, found.newest, found.more) == (1, 1, False)


def test_tables_that_this_seat_does_not_know_are_left_aside() -> None:
    assert parsed(page(tables={"parcels": {"columns": ["id"], "rows": [["p1"]]}})).rows == {}


def test_a_table_with_tombstones_only_needs_no_columns_that_we_know() -> None:
    assert parsed(with_part(columns=[], rows=[], deleted=["p9"])).deleted == {"phones": ["p9"]}


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        page(tables=[]),
        page(tables={"phones": []}),
        page(more=1),
        page(more=None),
        page(next=-1),
        page(next=1.5),
        page(next=True),
        page(next=2**63),
        page(newest="1"),
        with_part(columns=None),
        with_part(rows={}),
        with_part(rows=[["p1"]]),
        with_part(rows=["p1"]),
        with_part(rows=[["p1", "c1", 13800138000, "mobile"]]),
        with_part(rows=[[None, "c1", "110", "mobile"]]),
        with_part(rows=[["", "c1", "110", "mobile"]]),
        with_part(columns=["id", "customer_id", "number"], rows=[["p1", "c1", "110"]]),
        with_part(deleted="p1"),
        with_part(deleted=[1]),
    ],
)
def test_a_page_with_anything_out_of_place_is_refused_whole(content: object) -> None:
    with pytest.raises(BadReply):
        parsed(content)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("version", None), ("version", True), ("version", "1"), ("version", 2**63),
        ("waited_s", 1.5), ("quotes", {}), ("question", 7), ("id", 7),
    ],
)  # fmt: skip
def test_each_column_holds_its_own_kind_of_value(column: str, value: object) -> None:
    columns = TABLES["interactions"]
    row: list[object] = [None] * len(columns)
    row[columns.index("id")], row[columns.index("version")] = "i1", 3
    row[columns.index("quotes")], row[columns.index("waited_s")] = [], 12
    part = {"columns": list(columns), "rows": [row]}
    assert parsed(page(tables={"interactions": part})).rows["interactions"] == [row]
    row[columns.index(column)] = value
    with pytest.raises(BadReply):
        parsed(page(tables={"interactions": part}))


@pytest.mark.parametrize(
    ("table", "column"),
    [("gap_reports", "article_version"), ("gap_reports", "outcome_version"),
     ("article_drafts", "base_version"), ("attachments", "size")],
)  # fmt: skip
def test_numbers_beside_the_version_are_numbers_too(table: str, column: str) -> None:
    columns = TABLES[table]
    row: list[object] = [None] * len(columns)
    row[0], row[columns.index(column)] = "x1", 3
    if "version" in columns:
        row[columns.index("version")] = 1
    part = {"columns": list(columns), "rows": [row]}
    assert parsed(page(tables={table: part})).rows[table] == [row]
    row[columns.index(column)] = "3"
    with pytest.raises(BadReply):
        parsed(page(tables={table: part}))


def test_a_sample_mark_is_true_or_false() -> None:
    columns = TABLES["articles"]
    row: list[object] = ["text"] * len(columns)
    row[columns.index("version")], row[columns.index("sample")] = 1, True
    part = {"columns": list(columns), "rows": [row]}
    assert parsed(page(tables={"articles": part})).rows["articles"] == [row]
    row[columns.index("sample")] = 1
    with pytest.raises(BadReply):
        parsed(page(tables={"articles": part}))


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>sign in to the hotel</html>", b'{"newest": 5', b'{"newest": NaN}',
        b'{"newest": Infinity}', b'{"newest": 5} {"newest": 6}', b"\xff\xfe", b'"newest"',
        b'{"newest": "\xd5\xc5"}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_body_that_is_no_whole_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(BadReply):
        parse.newest(body)


@given(st.binary(max_size=400))
def test_no_body_whatever_escapes_the_border(body: bytes) -> None:
    for function in (parse.change_page, parse.signed_in, parse.newest, parse.row):
        with suppress(BadReply):
            function(body)
    parse.error_envelope(body)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.sampled_from(["tables", "next", "newest", "more"]), json_values)
def test_a_page_with_one_part_replaced_is_a_page_or_refused(key: str, value: object) -> None:
    try:
        found = parsed(page(**{key: value}))
    except BadReply:
        return
    assert isinstance(found.more, bool)
    assert found.next_cursor >= 0
    assert found.newest >= 0


def results(*answers: object) -> bytes:
    return orjson.dumps({"results": list(answers)})


def test_results_carry_reason_version_and_the_values_of_the_server() -> None:
    conflict = {
        "id": "op-1", "outcome": "conflict", "reason": "newer there", "version": 4,
        "server": {"answer": "theirs"},
    }  # fmt: skip
    bare = {"id": "op-2", "outcome": "applied", "reason": None, "version": None, "server": None}
    first, second = parse.operation_results(results(conflict, bare), [operation(1), operation(2)])
    assert first.outcome is Outcome.CONFLICT
    assert (first.reason, first.version, first.server) == ("newer there", 4, {"answer": "theirs"})
    assert (second.outcome, second.reason, second.version, second.server) == (
        Outcome.APPLIED, "", 0, {},
    )  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        results(),
        results({"id": "op-2", "outcome": "applied"}),
        results({"id": "op-1", "outcome": "applied"}, {"id": "op-1", "outcome": "applied"}),
        results({"id": "op-1", "outcome": "maybe"}),
        results({"id": "op-1", "outcome": 1}),
        results({"id": "op-1", "outcome": "applied", "version": "1"}),
        results({"id": "op-1", "outcome": "applied", "reason": 1}),
        results({"id": "op-1", "outcome": "conflict", "server": []}),
        results("op-1"),
        b'{"results": {}}',
    ],
)
def test_results_that_do_not_answer_what_was_sent_are_refused(body: bytes) -> None:
    with pytest.raises(BadReply):
        parse.operation_results(body, [operation(1)])
