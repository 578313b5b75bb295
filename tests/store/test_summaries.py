"""One key saves: draft, interaction and outbox entry together, once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from agent_app.domain.calls import CallState, EndReason
from agent_app.domain.customers import QuotedArticle
from agent_app.domain.ids import AgentId, ArticleId, CategoryId, CustomerId
from agent_app.domain.link import OutboxState
from agent_app.domain.summary import SummaryDraft
from agent_app.store import summaries as module
from agent_app.store.store import Store
from agent_app.store.summaries import title
from agent_app.store.tables import outbox, own_interactions
from sync.wire import TABLES, OperationKind, OperationResult, Outcome
from tests.domain.examples import RANG_AT, call, draft
from tests.store.rigs import NOW, in_loop, opened

LI = AgentId("u-1")
DONE = draft(
    call=call(state=CallState.ENDED, answered_at=RANG_AT + timedelta(seconds=4),
              ended_at=RANG_AT + timedelta(seconds=64), talked_s=59.6,
              end_reason=EndReason.CALLER_HUNG_UP),
    customer_id=CustomerId("c-1"), customer_name="张伟", category_id=CategoryId("01.01"),
    question="子女教育\n能扣多少", answer="每月2000元。", basis="国发〔2023〕13号", follow_up="无",
    quotes=(QuotedArticle(ArticleId("a-1"), 3, "标准"),),
)  # fmt: skip


async def rows_in(store: Store) -> tuple[int, int]:
    def count(connection: Connection) -> tuple[int, int]:
        return (
            connection.execute(select(func.count()).select_from(own_interactions)).scalar_one(),
            connection.execute(select(func.count()).select_from(outbox)).scalar_one(),
        )

    return await store.outbox._work.write(count)


@in_loop
async def test_saving_queues_the_whole_interaction_for_the_server(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.drafts.put(DONE)
        item = await store.summaries.save(DONE, agent_id=LI, agent_name="李娜")
        [operation] = await store.outbox.due(10)
        assert await store.drafts.open() == ()
    assert (item.operation_id, item.record) == (operation.id, "i-1")
    assert (item.state, item.attempts, item.made_at) == (OutboxState.WAITING, 0, NOW)
    assert item.title == "张伟 · 子女教育 能扣多少"
    assert operation.kind is OperationKind.SAVE_INTERACTION
    assert (operation.record, operation.author, operation.base) == ("i-1", "u-1", {})
    assert operation.made_at == "2026-03-02T10:00:00.000Z"
    assert set(operation.payload) == set(TABLES["interactions"]) - {"version"}
    assert operation.payload == {
        "id": "i-1", "customer_id": "c-1", "agent_id": "u-1", "agent_name": "李娜",
        "direction": "incoming", "exchange_call_id": "x-1", "caller_name": "张伟",
        "number": "+8613800138000", "dialled": "12366", "queue": "咨询", "menu_path": "2-1",
        "waited_s": 42, "started_at": "2026-03-02T09:30:00.000Z",
        "answered_at": "2026-03-02T09:30:04.000Z", "ended_at": "2026-03-02T09:31:04.000Z",
        "talk_s": 60, "end_reason": "caller-hung-up", "category_id": "01.01",
        "question": "子女教育\n能扣多少", "answer": "每月2000元。", "follow_up": "无",
        "basis": "国发〔2023〕13号", "customer_name": "张伟",
        "quotes": [{"article_id": "a-1", "version": 3, "title": "标准"}],
    }  # fmt: skip


@in_loop
async def test_an_unanswered_call_of_nobody_is_saved_too(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.summaries.save(
            draft(call=call(normal="", number="x77", waited_s=None)), agent_id=LI, agent_name="李娜"
        )
        [operation] = await store.outbox.due(10)
    for column in ("customer_id", "category_id", "waited_s", "answered_at", "ended_at"):
        assert operation.payload[column] is None
    assert (operation.payload["number"], operation.payload["end_reason"]) == ("x77", "")


@in_loop
async def test_half_characters_reach_neither_file_nor_server(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.summaries.save(
            replace(DONE, question="好\ud83d", answer="a\0b"), agent_id=LI, agent_name="李娜"
        )
        [operation] = await store.outbox.due(10)
    assert (operation.payload["question"], operation.payload["answer"]) == ("好\ufffd", "a b")


@in_loop
async def test_saving_twice_does_not_double(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        first, second = await asyncio.gather(
            store.summaries.save(DONE, agent_id=LI, agent_name="李娜"),
            store.summaries.save(DONE, agent_id=LI, agent_name="李娜"),
        )
        assert await rows_in(store) == (1, 1)
    assert first == second
    async with opened(tmp_path) as store:
        again = await store.summaries.save(DONE, agent_id=LI, agent_name="李娜")
        assert again == first
        assert await rows_in(store) == (1, 1)


@in_loop
async def test_saving_after_delivery_says_delivered_and_queues_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        item = await store.summaries.save(DONE, agent_id=LI, agent_name="李娜")
        await store.outbox.settle([OperationResult(item.operation_id, Outcome.APPLIED)])
        again = await store.summaries.save(DONE, agent_id=LI, agent_name="李娜")
        assert await rows_in(store) == (1, 0)
    assert again == replace(item, state=OutboxState.DELIVERED)


@in_loop
async def test_a_fault_in_the_middle_keeps_the_draft_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path) as store:
        await store.drafts.put(DONE)
        with monkeypatch.context() as broken:
            broken.setattr(module, "insert", lambda _table: 1 / 0)  # the entry is there already
            with pytest.raises(ZeroDivisionError):
                await store.summaries.save(DONE, agent_id=LI, agent_name="李娜")
        assert await rows_in(store) == (0, 0)
        assert await store.drafts.open() == (DONE,)


@in_loop
async def test_every_save_tells_what_it_was_about(tmp_path: Path) -> None:
    told: list[frozenset[str]] = []
    async with opened(tmp_path) as store:
        forget = store.outbox.changed.add(told.append)
        await store.summaries.save(DONE, agent_id=LI, agent_name="李娜")
        forget()
        await store.summaries.save(DONE, agent_id=LI, agent_name="李娜")
    assert told == [frozenset({"interaction.save"})]


@pytest.mark.parametrize(
    ("summary", "shown"),
    [
        (DONE, "张伟 · 子女教育 能扣多少"),
        (replace(DONE, customer_name=""), "张伟 · 子女教育 能扣多少"),
        (draft(call=call(name="")), "13800138000"),
        (draft(call=call(name="", number="")), ""),
        (replace(DONE, question="长" * 200), "张伟 · " + "长" * 75),
    ],
)
def test_the_list_of_what_waits_says_whom_and_what(summary: SummaryDraft, shown: str) -> None:
    assert title(summary) == shown
