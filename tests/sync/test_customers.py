"""What the server says of customers, checked to the last field."""

from __future__ import annotations

import asyncio

import orjson
import pytest

from sync.customers import CentreCustomers, found, merges, pairs
from sync.errors import BadReply, RequestRefused, Unreachable
from sync.remote import Remote
from tests.sync.centre import Centre
from tests.sync.httpserver import Request, Response, api_for, refusal
from tests.sync.seat import signed_in

ROW = {
    "id": "c-1", "kind": "person", "name": "张伟", "segment_id": None, "region": "杭州",
    "company": "", "address": "", "id_number": "3301**********1234", "warning": "", "notes": "",
    "phones": [{"id": "p", "number": "+8613800138000", "label": ""}], "found_by": "id-number",
}  # fmt: skip
MERGE = {
    "kept_id": "c-1", "merged_id": "c-2", "at": "2026-01-01T00:00:00.000Z", "agent_id": "a",
    "agent_name": "李娜",
    "moved": {"phones": [{"number": "12366", "label": ""}], "interactions": ["i-1", "i-2"]},
}  # fmt: skip


def body(**parts: object) -> bytes:
    return orjson.dumps(parts)


def test_a_search_brings_rows_with_their_reason() -> None:
    answer = found(body(rows=[ROW], more=True))
    [row] = answer.rows
    assert (row.id, row.found_by, row.phones[0].number) == ("c-1", "id-number", "+8613800138000")
    assert answer.more


def test_pairs_name_both_and_why() -> None:
    other = {**ROW, "id": "c-2"}
    [pair] = pairs(body(rows=[{"customers": [ROW, other], "reasons": ["same-number"]},
                              {"customers": [ROW], "reasons": []}]))  # fmt: skip
    assert (pair.first.id, pair.second.id, pair.reasons) == ("c-1", "c-2", ("same-number",))


def test_merges_say_what_moved() -> None:
    [one] = merges(body(versions=[], merges=[MERGE]))
    assert (one.merged_id, one.agent_name, one.interactions) == ("c-2", "李娜", 2)
    assert one.numbers == ("12366",)


@pytest.mark.parametrize(
    "odd", [b"[]", b"{}", body(rows=[{"id": ""}]), body(rows=[{**ROW, "phones": [1]}])]
)
def test_what_is_no_answer_is_refused(odd: bytes) -> None:
    with pytest.raises(BadReply):
        found(odd)
    with pytest.raises(BadReply):
        merges(odd)


def test_what_was_typed_goes_out_whole_and_a_refusal_comes_back() -> None:
    asked: list[dict[str, str]] = []

    def answer(request: Request) -> Response:
        asked.append(dict(request.query))
        if "duplicates" in request.path:
            return refusal(403, "not-allowed")
        return Response(200, body(rows=[], more=False))

    async def story() -> None:
        remote = Remote(api=api_for(answer), auth=signed_in(Centre()))
        centre = CentreCustomers(remote=remote)
        assert (await centre.search("张 & 李", 20)).rows == ()
        with pytest.raises(RequestRefused):
            await centre.duplicates("c/1")
        remote.close()
        with pytest.raises(Unreachable):
            await centre.merges("c-1")

    asyncio.run(story())
    assert asked == [
        {"q": "张 & 李", "limit": "20"},
        {"limit": "50", "customer_id": "c/1"},
    ]
