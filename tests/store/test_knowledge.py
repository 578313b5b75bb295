"""Articles and categories come out as they came in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from agent_app.domain.ids import ArticleId
from tests.store.rigs import centre_page, in_loop, opened, page, row


@in_loop
async def test_an_article_has_every_field(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(centre_page())
        article = await store.knowledge.article(ArticleId("a-1"))
    assert article is not None
    assert (article.version, article.category_id) == (3, "01.01")
    assert (article.title, article.answer) == ("子女教育专项附加扣除标准", "每月2000元。")
    assert (article.valid_from, article.valid_until) == (date(2023, 1, 1), None)
    assert article.sample is True
    assert (article.keywords, article.pinyin, article.initials) == ("孩子", "zi nv", "zn")
    assert (article.owner_id, article.owner_name) == ("u-9", "严思源")
    assert (article.variant_of, article.group) == (None, "a-1")


@in_loop
async def test_an_article_that_is_gone_is_none(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        assert await store.knowledge.article(ArticleId("a-1")) is None


@in_loop
async def test_all_articles_come_by_id_with_their_days(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(page(articles=[
            row("articles", id="a-2", valid_from=None, valid_until="2024-12-31"),
            row("articles", id="a-1"),
        ]))  # fmt: skip
        first, second = await store.knowledge.all_articles()
    assert (first.article_id, second.article_id) == ("a-1", "a-2")
    assert (second.valid_from, second.valid_until) == (date.min, date(2024, 12, 31))


@in_loop
async def test_categories_come_in_the_order_they_are_shown(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(page(categories=[
            row("categories"), row("categories", id="01", parent_id=None, name="个税", position=1),
        ]))  # fmt: skip
        top, below = await store.knowledge.categories()
    assert (top.category_id, top.parent_id, top.name) == ("01", None, "个税")
    assert (below.category_id, below.parent_id, below.name_en) == ("01.01", "01", "Deductions")


@in_loop
async def test_an_article_is_read_with_its_variants_and_files(tmp_path: Path) -> None:
    async with opened(tmp_path) as store:
        await store.replica.apply(page(
            articles=[
                row("articles", id="a-1", answer="每月**2000元**<script>"),
                row("articles", id="a-2", variant_of="a-1", region="浙江省"),
                row("articles", id="a-3", variant_of="a-1", region="江苏省"),
                row("articles", id="a-4"),
            ],
            attachments=[
                row("attachments", id="f-2", name="乙.pdf"),
                row("attachments"),
                row("attachments", id="f-3", article_id="a-4"),
            ],
        ))  # fmt: skip
        base = await store.knowledge.reading(ArticleId("a-1"))
        variant = await store.knowledge.reading(ArticleId("a-2"))
        gone = await store.knowledge.reading(ArticleId("a-9"))
    assert base is not None
    assert base.answer_html == "<p>每月<strong>2000元</strong>&lt;script&gt;</p>\n"
    assert [one.region for one in base.variants] == ["江苏省", "浙江省"]
    assert [one.name for one in base.attachments] == ["乙.pdf", "扣除标准.pdf"]
    assert base.attachments[1].size == 4711
    assert variant is not None
    assert {one.article_id for one in variant.variants} == {"a-1", "a-3"}
    assert gone is None


@in_loop
async def test_named_articles_come_without_those_that_are_gone(tmp_path: Path) -> None:
    many = [row("articles", id=f"a-{number}") for number in range(600)]
    async with opened(tmp_path) as store:
        await store.replica.apply(page(articles=many))
        wanted = {ArticleId(f"a-{number}") for number in range(1, 700)}
        found = await store.knowledge.some(wanted)
    assert len(found) == 599
