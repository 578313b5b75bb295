"""Files that go and come: progress, stopping, and nothing half left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import orjson
import pytest

from sync.errors import BadReply, RequestRefused
from sync.jobs import CentreJobs, JobState, SendingStopped, SentFile, job
from tests.sync.centre import Centre
from tests.sync.httpserver import Request, Response, api_for, refusal
from tests.sync.seat import signed_in

RUNNING = {
    "id": "j-1", "state": "running", "file_name": "客户.csv", "rows_done": 3, "rows_total": None,
    "report": {},
}  # fmt: skip


def a_job(**changes: object) -> Response:
    return Response(200, orjson.dumps(RUNNING | changes))


def test_a_job_is_read_to_its_last_field() -> None:
    found = job(orjson.dumps(RUNNING | {"rows_total": 9, "state": "done"}))
    assert (found.state.over, found.rows_done, found.rows_total) == (True, 3, 9)
    odds: tuple[dict[str, object], ...] = ({"state": "asleep"}, {"rows_done": -1}, {"report": []})
    for odd in odds:
        with pytest.raises(BadReply):
            job(orjson.dumps(RUNNING | odd))


def test_a_file_says_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * 100)
    with path.open("rb") as file:
        sent = SentFile(file)
        assert (len(sent), sent.read(40), sent.sent) == (100, b"x" * 40, 40)
        assert b"".join(sent) == b"x" * 60
        sent.stop()
        with pytest.raises(SendingStopped):
            sent.read(1)


def test_the_whole_file_goes_with_what_is_wanted_of_it(tmp_path: Path) -> None:
    path = tmp_path / "客户 1.XLSX"
    path.write_bytes(bytes(range(256)) * 1000)
    got: list[Request] = []
    bodies: list[bytes] = []
    told: list[SentFile] = []

    def answer(request: Request) -> Response:
        got.append(request)
        bodies.append(b"".join(cast("Iterable[bytes]", request.body)))
        return Response(202, orjson.dumps(RUNNING))

    async def story() -> None:
        centre = CentreJobs(api=api_for(answer), auth=signed_in(Centre()))
        found = await centre.send_import(path, dry_run=True, update=False, told=told.append)
        assert found.state is JobState.RUNNING
        centre.stop()

    asyncio.run(story())
    assert got[0].query == {
        "format": "xlsx", "dry_run": "true", "duplicates": "skip", "file_name": "客户 1.XLSX",
    }  # fmt: skip
    assert bodies == [path.read_bytes()]
    assert told[0].sent == 256_000


def test_a_file_that_is_not_there_is_the_computers_fault(tmp_path: Path) -> None:
    async def story() -> None:
        centre = CentreJobs(api=api_for(lambda _: a_job()), auth=signed_in(Centre()))
        with pytest.raises(OSError, match="nowhere"):
            await centre.send_import(
                tmp_path / "nowhere.csv", dry_run=True, update=True, told=lambda _: None
            )
        centre.stop()

    asyncio.run(story())


def test_a_fetched_file_has_its_name_when_it_is_whole(tmp_path: Path) -> None:
    def answer(request: Request) -> Response:
        if "gone" in request.path:
            return refusal(404, "not-found")
        if request.path.endswith("/file"):
            return Response(200, b"name\n" * 100_000)
        return a_job(state="cancelled")

    async def story() -> None:
        centre = CentreJobs(api=api_for(answer), auth=signed_in(Centre()))
        target = tmp_path / "out.csv"
        await centre.save("exports", "j-1", target)
        assert target.stat().st_size == 500_000
        with pytest.raises(RequestRefused):
            await centre.save("exports", "gone", tmp_path / "other.csv")
        with pytest.raises(OSError, match="missing"):
            await centre.save("exports", "j-1", tmp_path / "missing" / "out.csv")
        assert (await centre.cancel("exports", "j-1")).state is JobState.CANCELLED
        assert (await centre.look("imports", "j-1")).state is JobState.CANCELLED
        started = await centre.start_export(table="customers", format_="csv", chinese=True)
        assert started.id == "j-1"
        centre.stop()

    asyncio.run(story())
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]
