"""A disk without room and a folder that may not be written: said, survived, nothing half done."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent_app.store.database import FileSettings
from agent_app.store.errors import DiskFullError
from agent_app.store.store import StoreSettings
from tests.domain.examples import draft
from tests.store.rigs import in_loop, open_once, opened, page, row

TIGHT = StoreSettings(
    cache=FileSettings(durable=False, max_pages=60), work=FileSettings(durable=True, max_pages=40)
)
LONG = replace(draft(), answer="字" * 20_000)


@in_loop
async def test_a_page_that_does_not_fit_is_refused_whole(tmp_path: Path) -> None:
    large = page(2, articles=[row("articles", id=f"a-{n}", answer="字" * 900) for n in range(600)])
    async with opened(tmp_path, settings=TIGHT) as store:
        with pytest.raises(DiskFullError, match="no room left on the disk"):
            await store.replica.apply(large)
        assert await store.replica.cursor() == 0
        assert await store.knowledge.all_articles() == ()
        await store.replica.apply(page(1, articles=[row("articles")]))
        assert await store.replica.cursor() == 1


@in_loop
async def test_a_draft_that_does_not_fit_is_said_and_the_old_one_stays(tmp_path: Path) -> None:
    async with opened(tmp_path, settings=TIGHT) as store:
        await store.drafts.put(draft())
        with pytest.raises(DiskFullError):
            await store.drafts.put(replace(LONG, answer=LONG.answer * 4))
        assert await store.drafts.open() == (draft(),)
        await store.drafts.put(draft(answer="short"))
        assert (await store.drafts.open())[0].answer == "short"


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 4096)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs a file system of its own")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.processes
@in_loop
async def test_on_a_disk_that_is_really_full_work_goes_on_after_room_is_made(
    small_disk: Path,
) -> None:
    ballast = small_disk / "ballast"
    async with opened(small_disk / "seat") as store:
        await store.drafts.put(draft(answer="before"))
        with pytest.raises(OSError, match="No space"):
            fill(ballast)
        with pytest.raises(DiskFullError):
            await store.drafts.put(LONG)
        assert (await store.drafts.open())[0].answer == "before"
        ballast.unlink()
        await store.drafts.put(LONG)
        assert await store.drafts.open() == (LONG,)


OPEN_READ_ONLY = """
import asyncio, os, sys
from pathlib import Path
from tests.store.rigs import open_once
from agent_app.store.errors import StoreError

open_once(Path(sys.argv[2]))  # everything is imported before the rights go
if os.geteuid() == 0:
    os.setuid(65534)
try:
    open_once(Path(sys.argv[1]))
except StoreError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.processes
@pytest.mark.parametrize("protected", ["new folder", "folder", "cache.db", "work.db"])
def test_what_may_not_be_written_is_said(tmp_path: Path, protected: str) -> None:
    place = tmp_path / "seat"
    place.mkdir()
    if protected != "new folder":
        open_once(place)
    whole = protected.endswith("folder")
    for path in place.iterdir():
        path.chmod(0o444 if whole or path.name == protected else 0o666)
    place.chmod(0o555 if whole else 0o777)
    for parent in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        parent.chmod(0o755)
    told = subprocess.run(
        [sys.executable, "-c", OPEN_READ_ONLY, str(place), str(tmp_path / "other")],
        check=True, capture_output=True, text=True, timeout=30, cwd=Path.cwd(),
    )  # fmt: skip
    place.chmod(0o755)
    assert told.stdout.startswith("ReadOnlyError The file")
    assert "read-only" in told.stdout
