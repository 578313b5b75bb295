"""An article's files go to the server, or it is said why not."""

from __future__ import annotations

import asyncio
from pathlib import Path

from agent_app.desk.article_files import OFFLINE, SIZE_MAX, TOO_LARGE, UNREADABLE
from agent_app.domain.ids import ArticleId
from agent_app.runtime.tasks import Tasks
from sync.errors import RequestRefused, Unreachable
from tests.desk.fakes import HandClock
from tests.desk.fakes_editing import EditingRig, editing_rig

K1 = ArticleId("k1")


async def added(rig: EditingRig, path: Path) -> list[str]:
    said: list[str] = []
    ended = asyncio.Event()
    rig.files.problem.connect(said.append)
    rig.files.busy_changed.connect(lambda busy: None if busy else ended.set())
    rig.files.add(K1, path)
    assert rig.files.busy
    async with asyncio.timeout(20):
        await ended.wait()
    return said


def test_a_file_is_sent_whole(tmp_path: Path) -> None:
    (tmp_path / "表.txt").write_text("hello")

    async def work() -> None:
        rig = editing_rig(HandClock(), Tasks())
        assert await added(rig, tmp_path / "表.txt") == []
        assert rig.server.files == [("k1", "表.txt", "hello")]

    asyncio.run(work())


def test_what_cannot_be_sent_is_said(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_bytes(b"x" * (SIZE_MAX + 1))
    (tmp_path / "a.svg").write_text("<svg>")

    async def work() -> None:
        rig = editing_rig(HandClock(), Tasks())
        assert await added(rig, tmp_path / "large.txt") == [TOO_LARGE]
        assert await added(rig, tmp_path / "none.txt") == [UNREADABLE]
        rig.server.error = RequestRefused("Files are taken that …", status=415, code="not-taken")
        assert await added(rig, tmp_path / "a.svg") == ["Files are taken that …"]
        rig.server.error = Unreachable("away")
        assert await added(rig, tmp_path / "a.svg") == [OFFLINE]

    asyncio.run(work())
