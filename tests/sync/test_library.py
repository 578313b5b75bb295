"""Older versions and files, checked to the last field."""

from __future__ import annotations

import asyncio

import orjson
import pytest

from sync.errors import BadReply, RequestRefused, Unreachable
from sync.http import HttpLimits
from sync.library import CentreLibrary, versions
from tests.sync.centre import Centre
from tests.sync.httpserver import Request, Response, api_for, refusal
from tests.sync.seat import signed_in

ROW = {
    "version": 1, "saved_at": "2026-01-01T00:00:00.000Z", "author": "u-9",
    "author_name": "严思源", "article": {"id": "K1", "answer": "甲"},
}  # fmt: skip


def body(*rows: dict[str, object]) -> bytes:
    return orjson.dumps({"rows": rows})


def test_versions_come_the_newest_first() -> None:
    found = versions(body(ROW, {**ROW, "version": 2, "saved_at": "", "author_name": ""}))
    assert [one.version for one in found] == [2, 1]
    assert (found[1].author_name, found[1].article["answer"]) == ("严思源", "甲")


@pytest.mark.parametrize(
    "odd",
    [
        b"{}",
        b"[]",
        body({**ROW, "version": "1"}),
        body({**ROW, "article": None}),
        body({**ROW, "author_name": None}),
        body(ROW, ROW),
    ],
)
def test_what_is_no_history_is_refused(odd: bytes) -> None:
    with pytest.raises(BadReply):
        versions(odd)


def library(*known: tuple[str, bytes]) -> CentreLibrary:
    """Asked with a good token, a server that has this at these paths."""
    centre = Centre()

    def answer(request: Request) -> Response:
        assert request.token
        found = dict(known).get(request.path)
        return refusal(404, "not-found") if found is None else Response(200, found)

    return CentreLibrary(api=api_for(answer), auth=signed_in(centre))


def test_a_large_file_may_take_longer_to_come_than_other_answers() -> None:
    async def story() -> None:
        content = b"%PDF-1.7" * 100_000
        impatient = api_for(lambda _: Response(200, content), limits=HttpLimits(total_s=-1))
        asked = CentreLibrary(api=impatient, auth=signed_in(Centre()))
        assert await asked.attachment("f1") == content
        with pytest.raises(Unreachable):
            await asked.versions("K1")
        asked.stop()

    asyncio.run(story())


def test_a_file_comes_as_it_was_sent_and_a_missing_one_is_refused() -> None:
    async def story() -> None:
        asked = library(
            ("/api/v1/attachments/f%2F1", b"%PDF-1.7\x00\xff"),
            ("/api/v1/articles/K1/versions", body(ROW)),
        )
        assert await asked.attachment("f/1") == b"%PDF-1.7\x00\xff"
        assert [one.version for one in await asked.versions("K1")] == [1]
        with pytest.raises(RequestRefused):
            await asked.versions("K2")
        asked.stop()
        asked.stop()
        with pytest.raises(Unreachable):
            await asked.attachment("f/1")

    asyncio.run(story())
