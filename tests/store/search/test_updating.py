"""What changed is read anew, and nothing else; searches go on over the state before."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.domain.knowledge import Article, Category, SearchScope
from agent_app.store.search import KnowledgeIndex, built
from agent_app.store.search.entries import make_entry
from tests.store.rigs import in_loop
from tests.store.search.rigs import TODAY, article, indexed, within

TREE = [
    Category(CategoryId("01"), None, "个人所得税", "", 0),
    Category(CategoryId("02"), None, "契税", "", 1),
]
BASE = [
    article("a-1", "子女教育专项附加扣除"),
    article("a-2", "住房租金专项附加扣除", region="浙江省"),
    article("a-3", "全年一次性奖金"),
]
FIRST = within("01")


async def found(index: KnowledgeIndex, query: str, scope: SearchScope = FIRST) -> list[str]:
    answer = await index.search(query, scope=scope, today=TODAY)
    return [hit.title for hit in answer.hits]


@in_loop
async def test_the_new_title_is_found_and_the_old_one_is_not() -> None:
    async with indexed(BASE, TREE) as index:
        await index.update([replace(BASE[2], title="年度奖金的计税", version=2)])
        assert await found(index, "年度奖金") == ["年度奖金的计税"]
        assert await found(index, "ndjj") == ["年度奖金的计税"]
        assert await found(index, "年") == ["年度奖金的计税"]
        assert await found(index, "一次性") == []
        assert await found(index, "全") == []
        [hit] = await index.named([ArticleId("a-3")], today=TODAY)
        assert (hit.title, hit.version) == ("年度奖金的计税", 2)


@in_loop
async def test_a_new_article_is_found_beside_those_that_were_there() -> None:
    async with indexed(BASE, TREE) as index:
        await index.update([article("a-0", "继续教育专项附加扣除", region="江苏省")])
        titles = {"子女教育专项附加扣除", "住房租金专项附加扣除", "继续教育专项附加扣除"}
        assert set(await found(index, "专项附加扣除")) == titles
        assert await found(index, "继") == ["继续教育专项附加扣除"]
        assert index.regions == ("江苏省", "浙江省")


@in_loop
async def test_an_article_that_is_gone_is_found_no_more_by_any_way() -> None:
    async with indexed(BASE, TREE) as index:
        await index.update([], [ArticleId("a-2"), ArticleId("never was")])
        for query in ("住房租金", "住", "zfzj", "zhufang", ""):
            assert "住房租金专项附加扣除" not in await found(index, query), query
        assert await index.named([ArticleId("a-2")], today=TODAY) == ()
        assert index.regions == ()
        await index.update([BASE[1]])
        assert await found(index, "住房租金") == ["住房租金专项附加扣除"]


@in_loop
async def test_an_article_that_moved_is_listed_in_its_new_category_and_region() -> None:
    async with indexed(BASE, TREE) as index:
        await index.update([replace(BASE[0], category_id=CategoryId("02"), region="江苏省")])
        assert await found(index, "", within("02")) == ["子女教育专项附加扣除"]
        assert await found(index, "子女教育", within("01")) == []
        assert await found(index, "", within("01")) == ["住房租金专项附加扣除", "全年一次性奖金"]
        here = SearchScope(region="浙江省")
        assert await found(index, "专项附加扣除", here) == ["住房租金专项附加扣除"]


@in_loop
async def test_one_article_named_twice_counts_once() -> None:
    async with indexed(BASE, TREE) as index:
        first, second = (replace(BASE[0], title=title) for title in ("甲税的事", "乙税的事"))
        await index.update([first])
        await index.update([second, BASE[1]])
        assert await found(index, "甲税") == []
        assert await found(index, "税的事") == ["乙税的事"]
        answer = await index.search("专项附加扣除", today=TODAY)
        assert answer.total == 1


@in_loop
async def test_suggestions_know_what_changed() -> None:
    async with indexed(BASE, TREE) as index:
        await index.update([replace(BASE[2], valid_until=date(2025, 12, 31))])
        rows = await index.suggest(
            queue="", menu_path="", category_id=CategoryId("01"), history_categories=(), typed="",
            today=TODAY,
        )  # fmt: skip
    assert {one.article_id for one in rows} == {"a-1", "a-2"}


@in_loop
async def test_before_the_first_build_there_is_nothing_to_change() -> None:
    index = KnowledgeIndex()
    await index.update([BASE[0]])
    assert (await index.search("子女", today=TODAY)).fault
    index.close()


@in_loop
async def test_searches_are_answered_while_a_change_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading, go_on = threading.Event(), threading.Event()

    def slowly(one: Article, *rest: Any) -> Any:
        reading.set()
        assert go_on.wait(20)
        return make_entry(one, *rest)

    async with indexed(BASE, TREE) as index:
        monkeypatch.setattr(built, "make_entry", slowly)
        change = asyncio.ensure_future(index.update([replace(BASE[2], title="年度奖金")]))
        assert await asyncio.to_thread(reading.wait, 20)
        assert await found(index, "一次性奖金") == ["全年一次性奖金"]
        go_on.set()
        await change
        assert await found(index, "年度奖金") == ["年度奖金"]


@in_loop
async def test_only_what_changed_is_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(one: Article, *rest: Any) -> Any:
        read.append(one.article_id)
        return make_entry(one, *rest)

    async with indexed(BASE, TREE) as index:
        monkeypatch.setattr(built, "make_entry", noted)
        await index.update([BASE[1]], [ArticleId("a-1")])
    assert read == ["a-2"]


@in_loop
async def test_a_full_list_of_a_character_keeps_the_shortest_titles() -> None:
    many = [article(f"a-{n}", "税" + "很" * (n % 7) + "长") for n in range(250)]
    async with indexed(many, []) as index:
        await index.update([article("short", "税"), article("long", "税" + "很" * 20)])
        answer = await index.search("税", today=TODAY, limit=1)
    assert [hit.article_id for hit in answer.hits] == ["short"]
    assert answer.total == 200
