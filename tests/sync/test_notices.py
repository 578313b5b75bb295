"""Who has read which notice: answers checked to the last field, and none after the end."""

from __future__ import annotations

import asyncio

import orjson
import pytest

from sync.api import ServerApi
from sync.auth import Auth
from sync.errors import BadReply, Unreachable
from sync.notices import NoticeBoard, NoticeReader, own_reads, readers
from sync.remote import Remote
from tests.sync.memory import MemoryTokens

AT = "2026-05-04T03:05:01Z"


def body(content: object) -> bytes:
    return orjson.dumps(content)


def test_only_what_she_has_read_is_hers() -> None:
    rows = [{"id": "n1", "read_at": AT, "title": "x"}, {"id": "n2", "read_at": None}]
    assert own_reads(body({"rows": rows})) == {"n1": AT}


def test_who_has_read_it_stands_before_who_has_not() -> None:
    found = readers(body({
        "readers": [{"agent_id": "a1", "agent_name": "李娜", "read_at": AT}],
        "missing": [{"agent_id": "a2", "agent_name": ""}],
    }))  # fmt: skip
    assert found == (NoticeReader("a1", "李娜", AT), NoticeReader("a2", ""))


@pytest.mark.parametrize(
    "content",
    [
        [], {}, {"rows": {}}, {"rows": [5]}, {"rows": [{"id": 5, "read_at": AT}]},
        {"rows": [{"id": "n1", "read_at": 5}]}, {"readers": [], "missing": [{"agent_id": ""}]},
        {"readers": [{"agent_id": "a1", "agent_name": "x"}], "missing": []},
    ],
)  # fmt: skip
def test_an_answer_with_anything_out_of_place_is_refused(content: object) -> None:
    with pytest.raises(BadReply):
        own_reads(body(content))
    with pytest.raises(BadReply):
        readers(body(content))


def test_a_seat_that_closes_asks_nobody() -> None:
    api = ServerApi("http://127.0.0.1:9")
    remote = Remote(api=api, auth=Auth(api=api, tokens=MemoryTokens(), device="test"))
    board = NoticeBoard(remote=remote)
    remote.close()
    remote.close()
    with pytest.raises(Unreachable):
        asyncio.run(board.readers("n1"))
