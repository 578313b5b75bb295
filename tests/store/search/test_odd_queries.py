"""Nothing that can be typed or pasted makes the search fail or stop the next key."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_app.domain.knowledge import Category
from agent_app.store.errors import StoreClosedError
from agent_app.store.search import KnowledgeIndex
from tests.store.rigs import in_loop
from tests.store.search.rigs import TODAY, article, indexed, within

ODD = [
    "", " ", "\n", '"', "'", "AND", "OR NOT", "title:x", "*", "?", "(", "[[", "\\", "+-&|!{}^~",
    "a" * 10_000, "税" * 10_000, "税 " * 5_000, "\N{GRINNING FACE}",
    "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}", "\x00\x01\x1f", "\u202e税", "\ud83d",
    "Ａｐｐ", "㎡", "ﬁ", "é", "Привет", "税\x00契", "%_", "1.5", "1.", "\U00020bb7", "〇", "null",
    "_", "x_y",
]  # fmt: skip


@in_loop
async def test_odd_queries_are_answered() -> None:
    async with indexed() as index:
        for query in ODD:
            found = await index.search(query, today=TODAY)
            assert (found.query, found.fault) == (query, "")
            for hit in found.hits:
                assert all(0 <= start < end <= len(hit.title) for start, end in hit.marks)


@in_loop
async def test_an_empty_query_finds_nothing() -> None:
    async with indexed() as index:
        assert (await index.search("  ", today=TODAY)).hits == ()
        for query in ('"', "😀"):
            found = await index.search(query, scope=within("01"), today=TODAY)
            assert found.hits == ()


def test_no_text_at_all_raises() -> None:
    loop = asyncio.new_event_loop()
    titles = ["契税：申报（2026）", "Ａpp ㎡ ﬁ", "", "...", "é税 Ünï"]
    index = KnowledgeIndex()
    made = [article(str(n), title, answer="<b>x</b> 1<2") for n, title in enumerate(titles)]
    loop.run_until_complete(index.rebuild(made, []))

    @settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(st.text(max_size=30))
    def search(query: str) -> None:
        found = loop.run_until_complete(index.search(query, today=TODAY))
        for hit in found.hits:
            covered = [place for start, end in hit.marks for place in range(start, end)]
            assert covered == sorted(set(covered))
            assert all(place < len(hit.title) for place in covered)

    search()
    index.close()
    loop.close()


@in_loop
async def test_before_the_first_build_it_says_so() -> None:
    index = KnowledgeIndex()
    found = await index.search("税", today=TODAY)
    assert (found.hits, found.fault) == ((), "The knowledge base is being read.")
    assert await index.suggest(
        queue="", menu_path="", category_id=None, history_categories=(), typed="", today=TODAY
    ) == ()  # fmt: skip
    index.close()
    with pytest.raises(StoreClosedError):
        await index.rebuild([], [])


@in_loop
async def test_every_search_has_a_later_generation() -> None:
    async with indexed() as index:
        found = await asyncio.gather(*(index.search(q, today=TODAY) for q in "税契税契"))
    generations = [one.generation for one in found]
    assert generations == sorted(set(generations))


@in_loop
async def test_an_empty_knowledge_base_finds_nothing() -> None:
    async with indexed([], []) as index:
        assert (await index.search("契税", today=TODAY)).hits == ()
        assert (await index.search("契", today=TODAY)).hits == ()


@in_loop
async def test_a_rebuild_replaces_what_was_there_and_searches_go_on_meanwhile() -> None:
    async with indexed([article("old", "契税")], []) as index:
        building = asyncio.create_task(index.rebuild([article("new", "契税")], []))
        during = await index.search("契税", today=TODAY)
        await building
        after = await index.search("契税", today=TODAY)
    assert {hit.article_id for hit in during.hits} <= {"old", "new"}
    assert [hit.article_id for hit in after.hits] == ["new"]


@in_loop
async def test_a_category_tree_that_bites_its_tail_is_survived() -> None:
    tree = [
        Category("01", "02", "甲", "", 1),  # type: ignore[arg-type]
        Category("02", "01", "乙", "", 2),  # type: ignore[arg-type]
    ]
    async with indexed([article("a", "契税")], tree) as index:
        found = await index.search("契税", scope=within("02"), today=TODAY)
    assert [hit.article_id for hit in found.hits] == ["a"]
