"""Files of articles go to the server as files do, however slow the line is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import cast

import orjson
import pytest

from sync.errors import BadReply, RequestRefused, Unreachable
from sync.http import HttpLimits
from sync.told import KnowledgeServer, draft_files
from tests.sync.centre import Centre
from tests.sync.httpserver import Handler, Request, Response, api_for, refusal
from tests.sync.seat import signed_in

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 4000
IMPATIENT = HttpLimits(total_s=-1)
"""Every other answer would take too long."""


def server(answer: Handler) -> KnowledgeServer:
    return KnowledgeServer(api=api_for(answer, limits=IMPATIENT), auth=signed_in(Centre()))


def test_a_file_goes_piece_by_piece_as_what_it_is_and_has_its_time() -> None:
    got: list[Request] = []

    def answer(request: Request) -> Response:
        got.append(request)
        return Response(201, b"{}")

    async def story() -> None:
        centre = server(answer)
        await centre.add_file("k/1", "扣除 标准.pdf", PDF)
        centre.stop()
        with pytest.raises(Unreachable):
            await centre.add_file("k/1", "a.pdf", PDF)

    asyncio.run(story())
    [request] = got
    assert request.path.endswith("drafts/k%2F1/files")
    assert request.query == {"name": "扣除 标准.pdf"}
    assert request.headers["Content-Type"] == "application/octet-stream"
    assert request.headers["Content-Length"] == str(len(PDF))
    assert not isinstance(request.body, bytes)
    assert b"".join(cast("Iterable[bytes]", request.body)) == PDF


def test_a_file_that_the_server_does_not_take_is_refused_in_its_words() -> None:
    async def story() -> None:
        centre = server(lambda _: refusal(415, "not-taken", "no such files"))
        with pytest.raises(RequestRefused, match="no such files"):
            await centre.add_file("k1", "a.exe", b"MZ")
        centre.stop()

    asyncio.run(story())


@pytest.mark.parametrize("change", ["added", "removed", ""])
def test_what_a_draft_does_to_a_file_is_read(change: str) -> None:
    row = {"id": "f1", "name": "表.pdf", "media_type": "", "size": 5, "digest": ""}
    [found] = draft_files(orjson.dumps({"rows": [{**row, "change": change}]}))
    assert (found.file_id, found.name, found.size, found.change) == ("f1", "表.pdf", 5, change)


def test_an_unknown_change_of_a_file_is_nothing_to_guess_at() -> None:
    row = {
        "id": "f1",
        "name": "表.pdf",
        "media_type": "",
        "size": 5,
        "digest": "",
        "change": "sold",
    }
    with pytest.raises(BadReply, match="sold"):
        draft_files(orjson.dumps({"rows": [row]}))
