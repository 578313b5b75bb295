"""A store in a folder of its own, pages to fill it with, and a loop to run it in."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from agent_app.store.store import Store, StoreSettings
from sync.wire import TABLES, ChangePage, Json

P = ParamSpec("P")
R = TypeVar("R")
KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
LIMIT_S = 30


def in_loop(test: Callable[P, Coroutine[Any, Any, R]]) -> Callable[P, R]:
    """Run an async test in a loop of its own, with a limit."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        return asyncio.run(asyncio.wait_for(test(*args, **kwargs), LIMIT_S))

    return run


@asynccontextmanager
async def opened(
    folder: Path,
    key: bytes = KEY,
    *,
    settings: StoreSettings | None = None,
    now: datetime = NOW,
) -> AsyncIterator[Store]:
    store = await Store.open(folder, key, settings=settings, now=lambda: now)
    try:
        yield store
    finally:
        await store.close()


@in_loop
async def open_once(folder: Path, key: bytes = KEY) -> None:
    async with opened(folder, key):
        pass


async def counted(store: Store) -> tuple[int, int]:
    """How much of her work waits in the outbox, and how much was set aside."""
    states = [item.state for item in await store.outbox.items()]
    return sum(state.waits for state in states), sum(state.set_aside for state in states)


DEFAULTS: dict[str, dict[str, Json]] = {
    "settings": {"id": "wrap-up", "version": 1, "value": {"seconds": 30}},
    "notices": {
        "id": "n-1", "version": 1, "title": "征期延长", "body": "按 16 日答复", "must_read": True,
        "author_name": "沈梦洁", "published_at": "2026-10-09T00:00:00.000Z", "expires_at": None,
    },
    "segments": {"id": "s-1", "name": "重点企业", "rule": "优先接听"},
    "categories": {
        "id": "01.01", "parent_id": "01", "name": "专项附加扣除", "name_en": "Deductions",
        "position": 2,
    },
    "articles": {
        "id": "a-1", "version": 3, "category_id": "01.01", "title": "子女教育专项附加扣除标准",
        "question": "每月能扣多少？", "answer": "每月2000元。", "basis": "办法", "keywords": "孩子",
        "region": "全国", "valid_from": "2023-01-01", "valid_until": None, "sample": True,
        "pinyin": "zi nv", "initials": "zn", "owner_id": "u-9", "owner_name": "严思源",
        "variant_of": "",
    },
    "attachments": {
        "id": "f-1", "article_id": "a-1", "name": "扣除标准.pdf", "media_type": "application/pdf",
        "size": 4711, "digest": "0" * 64,
    },
    "article_drafts": {
        "id": "d-1", "version": 1, "article_id": "a-1", "base_version": 3, "category_id": "01.01",
        "title": "子女教育专项附加扣除标准", "question": "每月能扣多少？", "answer": "每月3000元。",
        "basis": "办法", "keywords": "孩子", "region": "全国", "valid_from": "2027-01-01",
        "valid_until": None, "owner_id": "u-9", "variant_of": "", "note": "新标准",
        "state": "writing", "author_id": "u-9", "author_name": "严思源", "reviewer_name": "",
        "remark": "", "changed_at": "2026-10-09T00:00:00.000Z",
    },
    "customers": {
        "id": "c-1", "version": 1, "kind": "person", "name": "张伟", "segment_id": "s-1",
        "region": "杭州", "arrears_cents": 1250, "warning": "曾辱骂", "notes": "下午回电",
        "company": "", "id_number": "3301**********1234", "address": "", "pinyin": "zhang wei",
        "initials": "zw", "merged_into": None, "custom": {},
    },
    "phones": {"id": "p-1", "customer_id": "c-1", "number": "+8613800138000", "label": "手机"},
    "interactions": {
        "id": "i-1", "version": 1, "customer_id": "c-1", "agent_id": "u-1", "agent_name": "李娜",
        "direction": "incoming", "exchange_call_id": "x-1", "caller_name": "张伟",
        "number": "+8613800138000", "dialled": "12366", "queue": "咨询", "menu_path": "2-1",
        "waited_s": 12, "started_at": "2026-01-05T02:03:04Z",
        "answered_at": "2026-01-05T02:03:10Z", "ended_at": "2026-01-05T02:05:10Z",
        "talk_s": 120, "end_reason": "caller-hung-up", "category_id": "01.01",
        "question": "子女教育", "answer": "每月2000元。", "follow_up": "", "basis": "办法",
        "customer_name": "张伟", "quotes": [],
    },
    "gap_reports": {
        "id": "g-1", "version": 1, "article_id": "a-1", "article_version": 3,
        "asked": "两个孩子怎么扣", "missing": "没有说两个孩子", "category_id": "01.01",
        "interaction_id": "i-1", "reporter_id": "u-1", "reporter_name": "李娜", "owner_id": "u-9",
        "owner_name": "严思源", "state": "open", "outcome": "", "outcome_article_id": None,
        "outcome_version": None, "reported_at": "2026-10-09T00:00:00.000Z",
        "changed_at": "2026-10-09T00:00:00.000Z",
    },
    "tickets": {
        "id": "t-1", "version": 1, "number": "20260105-0001", "kind": "consult",
        "title": "退税进度", "body": "退税一个月未到账", "customer_id": "c-1",
        "customer_name": "张伟", "contact": "+8613800138000", "interaction_id": "i-1",
        "category_id": "01.01", "holder_id": "", "holder_name": "所得税科",
        "due_at": "2026-01-07T09:30:00Z", "state": "closed", "outcome": "已退",
        "author_id": "u-1", "author_name": "李娜", "made_at": "2026-01-05T02:05:00Z",
        "changed_at": "2026-01-06T02:05:00Z",
    },
    "grades": {
        "id": "x-1", "digit": 1, "name": "满意", "name_en": "Satisfied", "satisfied": True,
        "at": "2026-01-05T02:05:20Z",
    },
}  # fmt: skip


def row(table: str, **values: Json) -> list[Json]:
    """A row in wire order; what is not given is the example's."""
    return [values.get(column, DEFAULTS[table][column]) for column in TABLES[table]]


def page(
    cursor: int = 1,
    deleted: dict[str, list[str]] | None = None,
    **rows: list[list[Json]],
) -> ChangePage:
    return ChangePage(rows, deleted or {}, cursor, cursor, more=False)


def centre_page(cursor: int = 1) -> ChangePage:
    """One customer with a number, a segment, a category, an article and one past call."""
    return ChangePage({table: [row(table)] for table in TABLES}, {}, cursor, cursor, more=False)
