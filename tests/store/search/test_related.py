"""Beside an article stand others about the same, of its own category first."""

from __future__ import annotations

from datetime import date

from agent_app.domain.ids import ArticleId, CategoryId
from agent_app.store.search import KnowledgeIndex
from tests.store.rigs import in_loop
from tests.store.search.rigs import TODAY, article, indexed, sample_rows

CATEGORY_OF = {row["id"]: row["category"] for row in sample_rows()}


@in_loop
async def test_related_articles_are_of_the_same_category_and_never_itself() -> None:
    async with indexed() as index:
        found = await index.related(ArticleId("K0001"), today=TODAY)
    assert 1 <= len(found) <= 5
    assert "K0001" not in {one.article_id for one in found}
    assert CATEGORY_OF[found[0].article_id] == CATEGORY_OF["K0001"]
    assert all(one.valid and not one.marks for one in found)


@in_loop
async def test_its_own_category_goes_before_others_and_variants_are_left_out() -> None:
    other = {"category_id": CategoryId("02")}
    base = ArticleId("base")
    articles = [
        article("base", "契税税率", keywords="买房"),
        article("variant", "契税税率", region="浙江省", variant_of=base),
        article("elsewhere", "契税税率表", **other),
        article("same", "契税税率与优惠"),
        article("expired", "契税税率旧规", valid_until=date(2020, 12, 31)),
        article("other", "发票开具"),
    ]
    async with indexed(articles, []) as index:
        found = await index.related(base, today=TODAY)
        of_variant = await index.related(ArticleId("variant"), today=TODAY)
        gone = await index.related(ArticleId("gone"), today=TODAY)
    assert [one.article_id for one in found] == ["same", "elsewhere"]
    assert [one.article_id for one in of_variant] == ["same", "elsewhere"]
    assert gone == ()


@in_loop
async def test_never_more_than_five_and_none_before_the_first_build() -> None:
    many = [article(f"a-{number}", f"契税税率第{number}条") for number in range(9)]
    async with indexed(many, []) as index:
        assert len(await index.related(ArticleId("a-1"), today=TODAY)) == 5
    assert await KnowledgeIndex().related(ArticleId("a-1"), today=TODAY) == ()
