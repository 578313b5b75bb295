"""A page is applied whole or not at all, with its cursor; malformed ones are refused."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, func, select, text

from agent_app.domain.ids import ArticleId, CustomerId
from agent_app.store import tables
from agent_app.store.errors import MalformedPageError
from agent_app.store.page_rows import SLICE
from agent_app.store.replica import AppliedPage
from agent_app.store.store import Store
from sync.wire import TABLES, ChangePage, Json
from tests.store.rigs import centre_page, in_loop, opened, page, row


async def count(store: Store, table: Table) -> int:
    def job(connection: Connection) -> int:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()

    return await store.replica._cache.write(job)


@in_loop
async def test_a_page_and_its_cursor_are_there_after_a_restart(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        assert await store.replica.cursor() == 0
        await store.replica.apply(centre_page(cursor=4711))
    async with opened(tmp_path) as store:
        assert await store.replica.cursor() == 4711
        for table in TABLES:
            assert await count(store, tables.CACHE.tables[table]) == 1


@in_loop
async def test_applying_a_page_again_changes_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        before = await store.callers.load(CustomerId("c-1"))
        await store.replica.apply(centre_page())
        assert await store.callers.load(CustomerId("c-1")) == before


@in_loop
async def test_a_changed_row_replaces_the_old_one_in_every_column(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        await store.replica.apply(page(2, phones=[row("phones", number="+8613900139000")]))
        assert (await store.callers.find_by_number("+8613800138000")).customer is None
        assert len((await store.callers.find_by_number("+8613900139000")).candidates) == 1


@in_loop
async def test_deleted_rows_are_gone_and_unknown_ids_are_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        await store.replica.apply(page(2, deleted={"phones": ["p-1", "p-9"], "articles": []}))
        assert (await store.callers.find_by_number("+8613800138000")).customer is None
        assert await store.replica.cursor() == 2


@in_loop
async def test_a_table_nobody_here_knows_is_left_out(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        strange = ChangePage({"tickets": [["t-1"]]}, {"tickets": ["t-2"]}, 7, 7, more=False)
        await store.replica.apply(strange)
        assert await store.replica.cursor() == 7


@in_loop
async def test_rows_of_a_newer_server_lose_what_we_do_not_know(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(page(segments=[["s-1", "新", "规则", "colour", {"a": 1}]]))
        assert await count(store, tables.segments) == 1


@in_loop
async def test_rows_of_an_older_server_keep_what_they_do_not_name(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        await store.replica.apply(page(2, articles=[row("articles", title="新")[:4], ["a-2"]]))
        old = await store.knowledge.article(ArticleId("a-1"))
        new = await store.knowledge.article(ArticleId("a-2"))
        await store.replica.apply(page(3, articles=[["a-2"]]))
    assert old is not None
    assert new is not None
    assert (old.title, old.answer, old.pinyin) == ("新", "每月2000元。", "zi nv")
    assert (new.title, new.version, new.sample) == ("", 0, False)


@in_loop
async def test_nothing_where_a_text_or_number_belongs_becomes_the_empty_one(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(page(
            customers=[row("customers", region=None, arrears_cents=None, notes=None)],
            articles=[row("articles", sample=None, basis=None, valid_from="", valid_until="")],
            interactions=[row("interactions", quotes=None, waited_s=None, answered_at=None)],
        ))  # fmt: skip
        card = await store.callers.load(CustomerId("c-1"))
        article = await store.knowledge.article(ArticleId("a-1"))
    assert card is not None
    assert article is not None
    assert (card.region, card.arrears_cents, card.notes) == ("", 0, "")
    assert (article.sample, article.basis, article.valid_until) == (False, "", None)


MALFORMED: list[tuple[str, dict[str, Any]]] = [
    ("customers", {"name": 5}),
    ("customers", {"name": ["张"]}),
    ("customers", {"arrears_cents": "1250"}),
    ("customers", {"arrears_cents": 12.5}),
    ("customers", {"arrears_cents": True}),
    ("customers", {"arrears_cents": 1 << 63}),
    ("customers", {"name": "half \ud83d"}),
    ("customers", {"id": ""}),
    ("customers", {"id": None}),
    ("customers", {"id": 7}),
    ("phones", {"customer_id": None}),
    ("articles", {"sample": 1}),
    ("articles", {"sample": "yes"}),
    ("articles", {"valid_from": "yesterday"}),
    ("articles", {"valid_until": 20260101}),
    ("interactions", {"started_at": "yesterday"}),
    ("interactions", {"started_at": None}),
    ("interactions", {"answered_at": ""}),
    ("interactions", {"quotes": "none"}),
    ("interactions", {"quotes": {}}),
    ("interactions", {"waited_s": "12"}),
]


@pytest.mark.parametrize(("table", "wrong"), MALFORMED)
@in_loop
async def test_a_page_with_one_malformed_row_is_refused_whole(
    tmp_path: Path, table: str, wrong: dict[str, Any]
) -> None:
    told: list[AppliedPage] = []
    async with opened(tmp_path) as store:
        store.replica.applied.add(told.append)
        rows: dict[str, list[list[Json]]] = {name: [row(name)] for name in TABLES}
        rows[table] = [row(table, id=f"x-{n}") for n in range(SLICE + 1)]
        rows[table].append(row(table, **wrong))
        with pytest.raises(MalformedPageError, match="server sent"):
            await store.replica.apply(page(9, **rows))  # type: ignore[arg-type]
        assert await store.replica.cursor() == 0
        for name in TABLES:
            assert await count(store, tables.CACHE.tables[name]) == 0
        assert told == []
        await store.replica.apply(centre_page())  # and the next one is taken
        assert await store.replica.cursor() == 1


@pytest.mark.parametrize(
    "broken",
    [
        ChangePage({"phones": [[]]}, {}, 1, 1, more=False),
        ChangePage({"phones": ["p-1"]}, {}, 1, 1, more=False),  # type: ignore[list-item]
        ChangePage({}, {"phones": [7]}, 1, 1, more=False),  # type: ignore[list-item]
        ChangePage({}, {"phones": "p-1"}, 1, 1, more=False),  # type: ignore[dict-item]
        ChangePage({}, {}, -1, 1, more=False),
        ChangePage({}, {}, "5", 1, more=False),  # type: ignore[arg-type]
        ChangePage({}, {}, True, 1, more=False),
        ChangePage({}, {}, 1 << 63, 1, more=False),
    ],
)
@in_loop
async def test_a_page_of_another_form_is_refused(tmp_path: Path, broken: ChangePage) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        with pytest.raises(MalformedPageError):
            await store.replica.apply(broken)
        assert await store.replica.cursor() == 1


@in_loop
async def test_what_changed_is_told_after_it_is_kept(tmp_path: Path) -> None:
    told: list[AppliedPage] = []
    async with opened(tmp_path) as store:
        store.replica.applied.add(told.append)
        await store.replica.apply(replace(
            page(5, deleted={"phones": ["p-1"]}, customers=[row("customers")]), more=True,
        ))  # fmt: skip
        await store.replica.apply(page(6))
        await store.replica.apply(page(7))
    assert told == [
        AppliedPage(
            {"customers": frozenset({"c-1"})}, {"phones": frozenset({"p-1"})}, 5, more=True
        ),
        AppliedPage({}, {}, 6),  # nothing for this seat, but the end of what came before
    ]
    assert told[0].touches("articles", "customers")
    assert told[0].touches("phones")
    assert not told[0].touches("articles", "categories")


@in_loop
async def test_a_large_page_is_one_transaction_and_readers_go_on(tmp_path: Path) -> None:
    large = page(
        2,
        customers=[row("customers", id=f"c-{n}") for n in range(5_000)],
        phones=[row("phones", id=f"p-{n}", customer_id=f"c-{n}", number=f"+86138{n:08}")
                for n in range(5_000)],
    )  # fmt: skip
    async with opened(tmp_path) as store:
        await store.replica.apply(page(1, customers=[row("customers", id="seen")]))
        applying = asyncio.create_task(store.replica.apply(large))
        seen = set()
        while not applying.done():
            first = (await store.callers.find_by_number("+8613800000000")).candidates
            last = (await store.callers.find_by_number("+8613800004999")).candidates
            seen.add((len(first), len(last)))
        await applying
        assert (1, 0) not in seen, "the first row was there before the last"
        assert (0, 0) in seen, "somebody read while the page was written"
        assert len((await store.callers.find_by_number("+8613800004999")).candidates) == 1


@in_loop
async def test_look_ups_go_by_their_indexes(tmp_path: Path) -> None:
    plans = {
        "SELECT customer_id, label FROM phones WHERE number = 'x'": "phones_by_number",
        "SELECT number FROM phones WHERE customer_id = 'x'": "phones_by_customer",
        "SELECT * FROM interactions WHERE customer_id = 'x' ORDER BY started_at DESC LIMIT 20":
            "interactions_by_customer",
        "SELECT max(started_at) FROM interactions WHERE customer_id = 'x'":
            "interactions_by_customer",
    }  # fmt: skip

    def explain(connection: Connection, question: str) -> str:
        return str(connection.execute(text(f"EXPLAIN QUERY PLAN {question}")).all())

    async with opened(tmp_path) as store:
        for question, index in plans.items():
            plan = await store.replica._cache.write(lambda c, q=question: explain(c, q))  # type: ignore[misc]
            assert index in plan
            assert "TEMP B-TREE" not in plan
