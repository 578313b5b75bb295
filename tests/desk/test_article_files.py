"""An article's files go to the server, or it is said why not."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path

from agent_app.desk.article_files import OFFLINE, SIZE_MAX, TOO_LARGE, UNREADABLE, FileChange
from agent_app.runtime.tasks import Tasks
from sync.errors import RequestRefused, Unreachable
from sync.told import DraftFileRow
from tests.desk.fakes import HandClock
from tests.desk.fakes_editing import EditingRig, editing_rig


async def added(rig: EditingRig, path: Path) -> list[str]:
    said: list[str] = []
    ended = asyncio.Event()
    rig.files.problem.connect(said.append)
    rig.files.busy_changed.connect(lambda busy: None if busy else ended.set())
    rig.files.show("d1", 1)
    rig.files.add(path)
    assert rig.files.busy
    async with asyncio.timeout(20):
        await ended.wait()
    return said


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not done():  # noqa: ASYNC110 - the fakes answer without an event
            await asyncio.sleep(0)


def test_a_file_is_sent_whole(tmp_path: Path) -> None:
    (tmp_path / "表.txt").write_text("hello")

    async def work() -> None:
        rig = editing_rig(HandClock(), Tasks())
        assert await added(rig, tmp_path / "表.txt") == []
        (one,) = rig.files.files
        assert (one.file.name, one.file.size, one.change) == ("表.txt", 5, FileChange.ADDED)
        assert one.file.digest == hashlib.sha256(b"hello").hexdigest()
        kept: list[FileChange] = []
        rig.files.changed.connect(lambda: kept.append(rig.files.files[0].change))
        for keep in (False, True):
            rig.files.keep(one.file.attachment_id, kept=keep)
            await until(lambda: not rig.files.busy)
        assert kept == [FileChange.REMOVED, FileChange.NONE]

    asyncio.run(work())


def test_another_drafts_files_are_not_taken_for_this_ones() -> None:
    async def work() -> None:
        rig = editing_rig(HandClock(), Tasks())
        rig.server.files["f1"] = DraftFileRow("f1", "表.pdf", "", 5, "", "")
        rig.files.show("d1", 1)
        await until(lambda: bool(rig.files.files))
        rig.files.show("", None)
        assert rig.files.files == ()
        rig.files.show("d1", 1)
        rig.files.show("d2", 1)
        await until(lambda: bool(rig.files.files))
        asked = rig.files.files
        rig.server.files.clear()
        rig.files.show("d2", 1)  # nothing says that they are others
        assert rig.files.files is asked
        rig.files.show("d2", 2)
        await until(lambda: not rig.files.files)

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
