"""The call history on disk: newest first, nothing half, and gone when its time is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from agent_app.domain.call_log import CallEntry
from agent_app.domain.calls import Direction, EndReason
from agent_app.domain.ids import InteractionId
from tests.store.rigs import NOW, in_loop, opened

FULL = CallEntry(
    entry_id="5", interaction_id=InteractionId("i-1"), direction=Direction.INCOMING, name="张伟",
    number="138 0013 8000", normal="+8613800138000", queue="咨询", started_at=NOW,
    answered_at=NOW + timedelta(seconds=3), ended_at=NOW + timedelta(seconds=63), talked_s=60.0,
    end_reason=EndReason.TRANSFERRED, encrypted=True, transferred_by="1002", transferred_to="陈静",
    seen=True,
)  # fmt: skip
BARE = CallEntry(
    entry_id="6", interaction_id=InteractionId("i-2"), direction=Direction.OUTGOING, name="",
    number="12366", normal="12366", queue="", started_at=NOW,
)  # fmt: skip
MISSED = replace(BARE, entry_id="7", direction=Direction.INCOMING, ended_at=NOW, seen=False,
                 end_reason=EndReason.CALLER_GAVE_UP)  # fmt: skip


@in_loop
async def test_an_entry_comes_back_as_it_was(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        for entry in (FULL, BARE):
            await store.calls.put(entry)
    async with opened(tmp_path) as store:
        assert await store.calls.page() == (BARE, FULL)


@in_loop
async def test_an_entry_that_moved_is_the_same_entry(tmp_path: Path) -> None:
    over = replace(BARE, end_reason=EndReason.BUSY, ended_at=NOW, encrypted=False)
    async with opened(tmp_path) as store:
        await store.calls.put(BARE)
        await store.calls.put(over)
        assert await store.calls.page() == (over,)


@in_loop
async def test_pages_go_back_in_time(tmp_path: Path) -> None:
    entries = [replace(BARE, entry_id=f"{number:02}") for number in range(5)]
    async with opened(tmp_path) as store:
        for entry in entries:
            await store.calls.put(entry)
        assert [one.entry_id for one in await store.calls.page(limit=2)] == ["04", "03"]
        older = await store.calls.page(before="03", limit=9)
        assert [one.entry_id for one in older] == ["02", "01", "00"]


@in_loop
async def test_the_last_number_dialled(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        assert await store.calls.last_dialled() == ""
        for entry in (BARE, replace(BARE, entry_id="7", number="110"), replace(FULL, entry_id="8")):
            await store.calls.put(entry)
        assert await store.calls.last_dialled() == "110"


@in_loop
async def test_calls_that_were_up_when_the_desk_was_killed_are_lost(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.calls.put(BARE)
        await store.calls.put(FULL)
    async with opened(tmp_path) as store:
        await store.calls.close_open()
        assert await store.calls.page() == (replace(BARE, end_reason=EndReason.LOST), FULL)


@in_loop
async def test_missed_calls_are_counted_until_they_are_seen(tmp_path: Path) -> None:
    outgoing = replace(BARE, entry_id="8", end_reason=EndReason.LOST)
    answered = replace(FULL, entry_id="9", seen=False, end_reason=EndReason.LOST)
    async with opened(tmp_path) as store:
        for entry in (FULL, MISSED, outgoing, answered):
            await store.calls.put(entry)
        assert await store.calls.unseen() == 1
        await store.calls.mark_seen()
        assert await store.calls.unseen() == 0
        page = await store.calls.page()
        assert [entry.seen for entry in page] == [False, False, True, True]


@in_loop
async def test_old_calls_are_forgotten_with_delivered_summaries(tmp_path: Path) -> None:
    old = replace(BARE, started_at=NOW - timedelta(days=31))
    async with opened(tmp_path) as store:
        await store.calls.put(old)
        await store.calls.put(FULL)
    async with opened(tmp_path) as store:
        assert await store.calls.page() == (FULL,)
