"""Both sides add up alike, and a reply that is none is refused."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from sync.digest import CentreDigest, TableDigest, centre_digest, digest_of
from sync.errors import BadReply


def body(**parts: Any) -> bytes:
    table = {"rows": 2, "digest": "00000000000000ff"}
    return orjson.dumps({"sequence": 7, "tables": {"phones": table, "parcels": table}} | parts)


def test_the_order_of_rows_does_not_count_but_their_values_and_number_do() -> None:
    one, other = ["p-1", "c-1", "+86", None], ["p-2", "c-1", "12366", True]
    assert digest_of([one, other]) == digest_of([tuple(other), tuple(one)])
    assert digest_of([one]) != digest_of([other])
    assert digest_of([one, one]) != digest_of([one])
    assert digest_of([]) == TableDigest(0, 0)
    assert digest_of([["p", True]]) != digest_of([["p", 1]])


def test_a_digest_of_known_rows_is_what_it_was() -> None:
    """The server adds up the same; another number would tell every seat that it differs."""
    assert digest_of([["s-1", "一般", "核对名称"]]) == TableDigest(1, 0xE36C186EAB639C22)


def test_tables_that_this_seat_does_not_know_are_left_aside() -> None:
    assert centre_digest(body()) == CentreDigest(7, {"phones": TableDigest(2, 255)})


@pytest.mark.parametrize(
    "reply",
    [
        b"<html>",
        body(sequence="7"),
        body(tables=[]),
        body(tables={"phones": {"rows": 1, "digest": "no number"}}),
        body(tables={"phones": {"rows": 1}}),
        body(tables={"phones": 5}),
    ],
)
def test_a_reply_that_is_none_is_refused(reply: bytes) -> None:
    with pytest.raises(BadReply):
        centre_digest(reply)
