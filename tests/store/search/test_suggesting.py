"""Three to five articles nobody asked for, each with the reason why it is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from agent_app.domain.ids import CategoryId
from agent_app.domain.knowledge import Category, Suggestion
from tests.store.rigs import in_loop
from tests.store.search.rigs import TODAY, article, indexed, sample_rows

CATEGORY_OF = {row["id"]: row["category"] for row in sample_rows()}
NOTHING: dict[str, Any] = {
    "queue": "", "menu_path": "", "category_id": None, "history_categories": (), "typed": "",
    "today": TODAY,
}  # fmt: skip


async def suggested(
    menus: Mapping[str, Sequence[CategoryId]] | None = None, **occasion: Any
) -> tuple[Suggestion, ...]:
    async with indexed(menus=menus) as index:
        return await index.suggest(**(NOTHING | occasion))


def kinds(found: tuple[Suggestion, ...]) -> list[str]:
    return [one.reason.kind for one in found]


@in_loop
async def test_without_any_reason_nothing_is_suggested() -> None:
    assert await suggested() == ()
    assert await suggested(queue="综合咨询", menu_path="9-9", typed="  ") == ()


@in_loop
async def test_what_she_types_is_the_strongest_reason() -> None:
    found = await suggested(
        typed="客户退货发票怎么冲红", category_id="05.02", queue="发票专席",
        history_categories=("01.01",),
    )  # fmt: skip
    assert found[0].article_id == "K0044"
    assert (found[0].reason.kind, found[0].reason.detail) == ("typed", "客户退货发票怎么冲红")
    assert 3 <= len(found) <= 5
    assert len({one.article_id for one in found}) == len(found)


@in_loop
async def test_typed_words_that_match_nothing_give_no_row() -> None:
    assert await suggested(typed="xyzxyz") == ()


@in_loop
async def test_the_summarys_category_suggests_its_articles_by_name() -> None:
    found = await suggested(category_id="01.01")
    assert 3 <= len(found) <= 5
    assert {CATEGORY_OF[one.article_id] for one in found} == {"01.01"}
    assert {(one.reason.kind, one.reason.detail) for one in found} == {("category", "专项附加扣除")}


@in_loop
async def test_a_small_category_is_filled_from_the_one_above() -> None:
    leaves = Counter(CATEGORY_OF.values())
    above = Counter(leaf[:2] for leaf in CATEGORY_OF.values())
    smallest = min(sorted(leaf for leaf in leaves if above[leaf[:2]] >= 3), key=leaves.__getitem__)
    found = await suggested(category_id=smallest)
    assert len(found) == 3
    assert CATEGORY_OF[found[0].article_id] == smallest
    assert all(CATEGORY_OF[one.article_id][:2] == smallest[:2] for one in found)
    assert len({one.reason.detail for one in found}) == 2, "the reason names the category above"


@in_loop
async def test_what_the_caller_asked_before_is_a_reason_newest_first() -> None:
    found = await suggested(history_categories=("02.02", "02.02", "01.01", "05.01", "09.01"))
    assert kinds(found) == ["history"] * 3
    assert [CATEGORY_OF[one.article_id] for one in found] == ["02.02", "01.01", "05.01"]


@in_loop
async def test_a_menu_path_leads_to_the_categories_that_the_site_gave_it() -> None:
    menus = {"3-2": [CategoryId("05.02"), CategoryId("05.03")]}
    found = await suggested(menus=menus, menu_path="3-2")
    assert found
    assert set(kinds(found)) == {"menu"}
    assert CATEGORY_OF[found[0].article_id] == "05.02"
    assert await suggested(menus=menus, menu_path="3-9") == ()


@in_loop
async def test_a_menu_path_in_words_leads_to_the_longest_category_it_names() -> None:
    found = await suggested(menu_path="个人 / 个人所得税 / 专项附加扣除")
    assert {CATEGORY_OF[one.article_id] for one in found} == {"01.01"}
    assert {one.reason.detail for one in found} == {"专项附加扣除"}


@in_loop
async def test_a_queues_name_is_a_reason_when_it_says_something() -> None:
    found = await suggested(queue="发票专席")
    assert found
    assert all("发票" in one.title or "数电票" in one.title for one in found)
    assert {(one.reason.kind, one.reason.detail) for one in found} == {("queue", "发票专席")}


@in_loop
async def test_never_more_than_five_and_none_twice() -> None:
    found = await suggested(
        typed="专项附加扣除", category_id="01.01", history_categories=("01.01", "02.01", "03.01"),
        queue="个税专席", menu_path="专项附加扣除",
    )  # fmt: skip
    assert len(found) == 5
    assert len({one.article_id for one in found}) == 5


@in_loop
async def test_an_expired_answer_is_never_suggested() -> None:
    tree = [Category(CategoryId("01"), None, "甲", "", 1)]
    articles = [article("old", "契税旧规", valid_until=date(2020, 12, 31)), article("new", "契税")]
    async with indexed(articles, tree) as index:
        found = await index.suggest(**(NOTHING | {"category_id": "01", "typed": "契税"}))
    assert [one.article_id for one in found] == ["new"]
    assert found[0].version == 1


@in_loop
async def test_what_is_quoted_already_makes_room_for_others() -> None:
    first = await suggested(category_id="01.01", typed="专项附加扣除")
    quoted = [first[0].article_id, first[1].article_id]
    found = await suggested(category_id="01.01", typed="专项附加扣除", leave_out=quoted)
    assert len(found) == len(first)
    assert not {one.article_id for one in found} & set(quoted)
