from __future__ import annotations

import asyncio
from typing import Any

import orjson
import pytest

from sync.errors import BadReply, ServerBehind, ServerFailed
from sync.pull import Progress, pull
from tests.sync.centre import Centre
from tests.sync.httpserver import Request, Response, reply
from tests.sync.memory import MemoryReplica
from tests.sync.seat import remote_to
from tests.sync.waiting import until


def pulled(centre: Centre, replica: MemoryReplica) -> list[Progress]:
    seen: list[Progress] = []

    async def between(progress: Progress) -> None:
        seen.append(progress)

    async def work() -> None:
        seen.append(await pull(replica=replica, remote=remote, between=between))

    remote = remote_to(centre)
    try:
        asyncio.run(work())
    finally:
        remote.close()
    return seen


def test_all_pages_are_applied_and_pulling_again_does_nothing() -> None:
    centre, replica = Centre(changes=25, page=10), MemoryReplica()
    seen = pulled(centre, replica)
    assert replica.at == 25
    assert len(replica.tables["segments"]) == 25
    assert replica.pages == 3
    assert (seen[-1].done, seen[-1].expected) == (25, 25)
    assert [progress.done for progress in seen] == [0, 10, 10, 20, 20, 25, 25]
    pulled(centre, replica)
    assert replica.pages == 3


def test_the_next_page_is_asked_for_while_the_current_one_is_written() -> None:
    centre = Centre(changes=20, page=10)

    class Slow(MemoryReplica):
        async def apply(self, page: Any) -> None:
            asked = 2  # the page after the first is on its way, one after the last is not
            await until(lambda: centre.asked("changes") >= asked)
            await super().apply(page)

    replica = Slow()
    pulled(centre, replica)
    assert replica.at == 20
    assert centre.asked("changes") == 2


def test_a_restored_backup_is_reported_and_changes_nothing() -> None:
    replica = MemoryReplica(cursor=10)
    with pytest.raises(ServerBehind, match="restored") as behind:
        pulled(Centre(changes=4), replica)
    assert behind.value.cursor == 10
    assert replica.pages == 0


def page(**parts: Any) -> Response:
    return reply({"tables": {}, "next": 5, "newest": 5, "more": False} | parts)


@pytest.mark.parametrize(
    "answer",
    [
        page(next=2, newest=9),
        page(next=9, newest=5),
        page(next=3, newest=9, more=True),
        page(next=3, newest=3, tables={"phones": {"columns": [], "rows": [], "deleted": ["p"]}}),
    ],
)
def test_a_page_that_does_not_follow_on_the_cursor_is_refused(answer: Response) -> None:
    centre, replica = Centre(), MemoryReplica(cursor=3)
    centre.intercept = lambda request: answer if request.path.endswith("changes") else None
    with pytest.raises(BadReply):
        pulled(centre, replica)
    assert (replica.at, replica.pages) == (3, 0)


def test_a_page_that_only_moves_the_cursor_is_applied() -> None:
    centre, replica = Centre(), MemoryReplica(cursor=3)
    centre.intercept = lambda request: page() if request.path.endswith("changes") else None
    pulled(centre, replica)
    assert (replica.at, replica.pages) == (5, 1)


def test_pages_before_a_bad_one_stay_and_the_bad_one_leaves_no_trace() -> None:
    centre, replica = Centre(changes=30, page=10), MemoryReplica()

    def second_is_cut(request: Request) -> Response | None:
        if request.query.get("after") == "10":
            whole = orjson.dumps({"tables": {}, "next": 20, "newest": 30, "more": True})
            return Response(200, whole[:-3])
        return None

    centre.intercept = second_is_cut
    with pytest.raises(BadReply):
        pulled(centre, replica)
    assert (replica.at, replica.pages) == (10, 1)
    centre.intercept = lambda request: None
    pulled(centre, replica)
    assert replica.at == 30


@pytest.mark.parametrize("next_page_fails", [False, True])
def test_a_failing_store_ends_the_pull_and_drops_the_page_ahead(next_page_fails: bool) -> None:
    centre, replica = Centre(changes=20, page=10), MemoryReplica()

    class Full(MemoryReplica):
        async def apply(self, page: Any) -> None:
            await until(lambda: centre.asked("changes") == 2 and len(asyncio.all_tasks()) == 1)
            raise OSError("no space left on device")

    def fails(request: Request) -> Response | None:
        return Response(500, b"") if request.query.get("after") == "10" else None

    if next_page_fails:
        centre.intercept = fails
    replica = Full()
    with pytest.raises(OSError, match="no space"):
        pulled(centre, replica)
    assert replica.at == 0


def test_a_failing_page_ahead_is_raised_after_the_page_before_it_is_written() -> None:
    centre, replica = Centre(changes=20, page=10), MemoryReplica()
    centre.intercept = lambda r: Response(500, b"") if r.query.get("after") == "10" else None
    with pytest.raises(ServerFailed):
        pulled(centre, replica)
    assert replica.at == 10
