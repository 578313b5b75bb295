"""Notices on the seat: read once, known from other seats, written and kept (M32)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from agent_app.domain.ids import AgentId, NoticeId
from agent_app.domain.notices import NoticeForm
from agent_app.store.notices import end_of
from sync.wire import OperationResult, Outcome
from tests.store.rigs import NOW, counted, in_loop, opened, page, row

ME = AgentId("u-1")
FORM = NoticeForm(NoticeId("n-9"), 0, "停电", "周六上午", must_read=True, until=date(2026, 3, 7))


@in_loop
async def test_a_notice_is_read_once_and_the_server_is_told_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(page(notices=[row("notices")]))
        (notice,) = await store.notice_board.all()
        assert (notice.title, notice.must_read, notice.read_at) == ("征期延长", True, None)
        await store.notice_board.read(notice, agent_id=ME)
        await store.notice_board.read(notice, agent_id=ME)
        (sent,) = await store.outbox.due(10)
        assert (sent.kind, sent.record, dict(sent.payload)) == (
            "notice.read", "n-1", {"read_at": "2026-03-02T10:00:00.000Z"},
        )  # fmt: skip
        await store.outbox.settle([OperationResult(sent.id, Outcome.APPLIED, version=1)])
    async with opened(tmp_path) as store:
        (notice,) = await store.notice_board.all()
        assert notice.read_at == NOW
        await store.notice_board.read(notice, agent_id=ME)
        assert (await counted(store))[0] == 0


@in_loop
async def test_what_she_read_elsewhere_is_read_here(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(page(notices=[row("notices")]))
        assert not await store.notice_board.note_reads({})
        at = "2026-02-28T08:00:00.000Z"
        assert await store.notice_board.note_reads({"n-1": at})
        assert not await store.notice_board.note_reads({"n-1": "2026-03-01T08:00:00.000Z"})
        (notice,) = await store.notice_board.all()
        assert notice.read_at is not None
        assert notice.read_at.day == 28
        assert (await counted(store))[0] == 0


@in_loop
async def test_a_written_notice_is_there_at_once_and_goes_out_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.notice_board.keep_form(FORM)
        await store.notice_board.save(FORM, agent_id=ME)
        await store.notice_board.save(FORM, agent_id=ME)
        (sent,) = await store.outbox.due(10)
        assert dict(sent.payload) == {
            "id": "n-9", "title": "停电", "body": "周六上午", "must_read": True,
            "published_at": "2026-03-02T10:00:00.000Z", "expires_at": end_of(date(2026, 3, 7)),
        }  # fmt: skip
        assert await store.notice_board.typed_form(FORM) is None
        (mine,) = await store.notice_board.all()
        assert (mine.title, mine.provisional, mine.version) == ("停电", True, 0)
        await store.outbox.settle([OperationResult(sent.id, Outcome.APPLIED, version=1)])
        changed = replace(FORM, version=1, title="停水", until=None)
        await store.notice_board.save(changed, agent_id=ME)
        (second,) = await store.outbox.due(10)
        assert second.base == dict.fromkeys(second.payload, 1)
        assert "published_at" not in second.payload
        (mine,) = await store.notice_board.all()
        assert (mine.title, mine.expires_at) == ("停水", None)


@in_loop
async def test_a_second_change_stands_on_her_first_that_went_out_meanwhile(tmp_path: Path) -> None:
    form = NoticeForm(NoticeId("n-1"), 1, "征期延长到 16 日", "")
    async with opened(tmp_path) as store:
        await store.replica.apply(page(notices=[row("notices")]))
        await store.notice_board.save(form, agent_id=ME)
        (sent,) = await store.outbox.due(10)
        await store.outbox.settle([OperationResult(sent.id, Outcome.APPLIED, version=2)])
        await store.notice_board.save(replace(form, title="征期延长到 18 日"), agent_id=ME)
        (second,) = await store.outbox.due(10)
        assert set(second.base.values()) == {2}


@in_loop
async def test_what_is_typed_of_a_notice_is_there_again(tmp_path: Path) -> None:
    changed = NoticeForm(NoticeId("n-1"), 1, "征期延长", "")
    async with opened(tmp_path) as store:
        await store.notice_board.keep_form(FORM)
        await store.notice_board.keep_form(changed)
    async with opened(tmp_path) as store:
        board = store.notice_board
        assert await board.typed_form(NoticeForm(NoticeId("n-10"))) == FORM
        assert await board.typed_form(replace(changed, title="?")) == changed
        await board.drop_form(FORM)
        assert await board.typed_form(FORM) is None


@pytest.mark.parametrize("body", ["[", "[]", '{"version": 1}', '{"notice_id": "n", "until": "x"}'])
@in_loop
async def test_a_form_that_cannot_be_read_is_none(tmp_path: Path, body: str) -> None:
    async with opened(tmp_path) as store:
        await store.notice_board._typed.put("notice", "", body)
        assert await store.notice_board.typed_form(FORM) is None


@in_loop
async def test_of_a_notice_that_left_the_copy_nothing_is_shown(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(page(1, notices=[row("notices")]))
        await store.notice_board.save(NoticeForm(NoticeId("n-1"), 1, "改"), agent_id=ME)
        await store.replica.apply(page(2, {"notices": ["n-1"]}))
        assert not await store.notice_board.all()
