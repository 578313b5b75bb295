"""The official answer is found however it is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from pypinyin import lazy_pinyin

from agent_app.domain.ids import ArticleId
from agent_app.domain.knowledge import SearchHit, SearchScope
from agent_app.store.search import KnowledgeIndex
from tests.store.rigs import in_loop
from tests.store.search.rigs import TODAY, article, indexed, marked, sample_rows
from tests.store.search.rigs import within as inside


async def hits(index: KnowledgeIndex, query: str, limit: int = 5) -> list[SearchHit]:
    return list((await index.search(query, today=TODAY, limit=limit)).hits)


async def recall(queries: list[tuple[str, str]]) -> float:
    async with indexed() as index:
        found = [
            name in [hit.article_id for hit in await hits(index, query)] for name, query in queries
        ]
    return sum(found) / len(found)


def of_titles(change: Callable[[str], str]) -> list[tuple[str, str]]:
    return [(row["id"], change(row["title"])) for row in sample_rows()]


@in_loop
async def test_every_title_finds_its_article_first_or_its_twin() -> None:
    async with indexed() as index:
        for name, title in of_titles(str):
            first = (await hits(index, title, 2))[:2]
            assert name in [hit.article_id for hit in first], title


@in_loop
async def test_titles_in_pinyin_are_found() -> None:
    assert await recall(of_titles(lambda title: "".join(lazy_pinyin(title[:8])))) >= 0.95


@in_loop
async def test_titles_in_initials_are_found() -> None:
    def initials(title: str) -> str:
        return "".join(syllable[0] for syllable in lazy_pinyin(title[:7]))

    assert await recall(of_titles(initials)) >= 0.95


@in_loop
async def test_titles_with_words_dropped_are_found() -> None:
    assert await recall(of_titles(lambda title: title[:3] + title[5:])) >= 0.97


@in_loop
async def test_synonyms_and_callers_questions_are_found() -> None:
    asked = [(row["id"], word) for row in sample_rows() for word in row["synonyms"]]
    assert await recall(asked) >= 0.95
    assert await recall([(row["id"], row["question"]) for row in sample_rows()]) >= 0.95


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("子女教育", "[子女教育]专项附加扣除标准"),
        ("子女 扣除", "[子女]教育专项附加[扣除]标准"),
        ("紫女叫育", "[子女教育]专项附加扣除标准"),
        ("znjy", "[子女教育]专项附加扣除标准"),
        ("zinvjiaoyu", "[子女教育]专项附加扣除标准"),
        ("zinvjiaoy", "[子女教育]专项附加扣除标准"),
        ("ＺＩＮＶ", "[子女]教育专项附加扣除标准"),
        ("增值税13%", "[增值税]税率[13]%、9%、6%的适用范围"),
        ("zzs 13", "[增值税]税率[13]%、9%、6%的适用范围"),
        ("grsds app", "[个人所得税APP]中发现不认识的任职单位"),
        ("房贷", "住[房贷]款利息专项附加扣除"),
        ("年终奖怎么交税", "[全年一次性奖金]的计税方式"),
    ],
)
@in_loop
async def test_what_matched_is_marked_in_the_first_title(query: str, shown: str) -> None:
    async with indexed() as index:
        found = [marked(hit) for hit in await hits(index, query)]
    assert found[0] == shown


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("fangdai", "住房贷款利息专项附加扣除"),
        ("nianzhongjiang", "全年一次性奖金的计税方式"),
        ("nzj", "全年一次性奖金的计税方式"),
        ("getihu", "个体工商户经营所得减半征收"),
        ("kanbing kouchu", "大病医疗专项附加扣除"),
    ],
)
@in_loop
async def test_what_callers_say_is_found_spelt_too(query: str, title: str) -> None:
    async with indexed() as index:
        assert (await hits(index, query))[0].title == title


@in_loop
async def test_initials_find_every_title_about_them() -> None:
    async with indexed() as index:
        found = await hits(index, "grsds", 20)
    assert len(found) >= 3
    assert all("个人所得税" in hit.title for hit in found)
    assert all("[个人所得税" in marked(hit) for hit in found)


@in_loop
async def test_every_key_of_a_title_keeps_it_in_sight() -> None:
    title = "留抵退税的条件和办理"
    async with indexed() as index:
        for end in range(2, len(title) + 1):
            assert title in [hit.title for hit in await hits(index, title[:end])], title[:end]
        for end in range(2, 9):
            assert title in [hit.title for hit in await hits(index, "liudituishui"[:end], 20)]


@in_loop
async def test_one_character_lists_titles_beginning_with_it_first() -> None:
    async with indexed() as index:
        found = await hits(index, "契")
        assert [hit.title.startswith("契") for hit in found] == [True, True, False]
        assert marked(found[0]).startswith("[契]")
        sounding = await hits(index, "g")
        assert {marked(hit)[:3] for hit in sounding} <= {"[个]", "[更]", "[工]", "[国]", "[购]"}
        assert await hits(index, "龘") == []


@in_loop
async def test_a_character_of_very_many_titles_lists_the_shortest() -> None:
    many = [article(f"a-{n}", "税" + "很" * (n % 7) + "长") for n in range(250)]
    async with indexed([*many, article("short", "税")], []) as index:
        first = await index.search("税", today=TODAY, limit=1)
        within = await index.search("长", today=TODAY)
    assert [hit.article_id for hit in first.hits] == ["short"]
    assert (first.total, within.total) == (200, 200)


@in_loop
async def test_an_expired_answer_is_said_to_be_and_comes_behind() -> None:
    async with indexed() as index:
        found = await hits(index, "子女教育专项附加扣除", 20)
    assert found[0].valid
    [expired] = [hit for hit in found if not hit.valid]
    assert "2022" in expired.title


@in_loop
async def test_a_valid_answer_goes_before_a_better_match_that_is_not_valid_today() -> None:
    articles = [
        article("expired", "契税", valid_until=date(2025, 12, 31)),
        article("to come", "契税", valid_from=date(2027, 1, 1)),
        article("valid", "关于买房时要交的契税税率"),
    ]
    async with indexed(articles, []) as index:
        found = await hits(index, "契税")
        single = await hits(index, "契")
    assert found[0].article_id == "valid"
    assert [hit.valid for hit in found] == [hit.valid for hit in single] == [True, False, False]


@in_loop
async def test_a_hit_shows_category_version_and_where_the_words_are() -> None:
    row = next(row for row in sample_rows() if row["id"] == "K0001")
    async with indexed() as index:
        [first, *_] = await hits(index, "全日制学历")
    assert (first.article_id, first.version) == ("K0001", row["version"])
    assert first.category == "专项附加扣除"
    assert "全日制学历" in first.snippet


@in_loop
async def test_a_category_narrows_to_itself_and_what_is_below() -> None:
    async with indexed() as index:
        everywhere = await index.search("申报", today=TODAY)
        within = await index.search("申报", scope=inside("02"), today=TODAY)
        single = await index.search("税", scope=inside("02"), today=TODAY)
        listed = await index.search("", scope=inside("02.01"), today=TODAY)
        nothing = await index.search("申报", scope=inside("nowhere"), today=TODAY)
    rows = {row["id"]: row["category"] for row in sample_rows()}
    assert 0 < len(within.hits) < len(everywhere.hits)
    assert all(rows[hit.article_id].startswith("02") for hit in (*within.hits, *single.hits))
    assert {hit.article_id for hit in listed.hits} == {
        name for name, category in rows.items() if category == "02.01"
    }
    assert nothing.hits == ()


@in_loop
async def test_words_of_the_text_weigh_less_than_words_of_the_title() -> None:
    articles = [
        article("body", "另一件事", answer="这里提到滞纳金三个字"),
        article("keys", "又一件事", keywords="滞纳金"),
        article("title", "税款滞纳金的计算"),
    ]
    async with indexed(articles, []) as index:
        found = await hits(index, "滞纳金")
    assert [hit.article_id for hit in found] == ["title", "keys", "body"]


@in_loop
async def test_letters_match_words_their_beginnings_and_keywords() -> None:
    articles = [
        article("a", "电子税务局APP操作", keywords="ukey 开票软件", answer="see vpn settings"),
        article("b", "办税服务厅"),
    ]
    async with indexed(articles, []) as index:
        for query in ("app", "ap", "ukey", "uke", "vpn", "dianzishuiwu", "dzswj"):
            assert [hit.article_id for hit in await hits(index, query)] == ["a"], query
        assert await hits(index, "zzzz") == []


@in_loop
async def test_an_article_without_spelling_is_spelt_here() -> None:
    async with indexed([article("a", "契税的申报")], []) as index:
        assert [hit.article_id for hit in await hits(index, "qishui")] == ["a"]
        assert [hit.article_id for hit in await hits(index, "气水")] == ["a"]


@in_loop
async def test_the_servers_spelling_decides_how_a_title_sounds() -> None:
    odd = article("a", "重庆A座", pinyin="chong qing a zuo")
    async with indexed([odd, article("b", "重要", pinyin="too many syllables here")], []) as index:
        assert [hit.article_id for hit in await hits(index, "chongqing")] == ["a"]
        assert [hit.article_id for hit in await hits(index, "zhongyao")] == ["b"]


@in_loop
async def test_a_region_shows_its_own_answers_and_the_whole_countrys() -> None:
    articles = [
        article("country", "契税税率", region="全国"),
        article("zhejiang", "契税补贴", region="浙江省"),
        article("jiangsu", "契税补贴", region="江苏省"),
        article("old", "契税口径", region="浙江省", valid_until=date(2025, 12, 31)),
    ]
    async with indexed(articles, []) as index:
        here = SearchScope(region="浙江省")
        found = await index.search("契税", scope=here, today=TODAY)
        single = await index.search("契", scope=here, today=TODAY)
        listed = await index.search("", scope=here, today=TODAY)
        now = await index.search("", scope=replace(here, in_force=True), today=TODAY)
        assert index.regions == ("江苏省", "浙江省")
    for answer in (found, single, listed):
        assert {hit.article_id for hit in answer.hits} == {"country", "zhejiang", "old"}
    assert [(hit.article_id, hit.region) for hit in now.hits] == [
        ("country", ""), ("zhejiang", "浙江省"),
    ]  # fmt: skip


@in_loop
async def test_articles_are_named_in_the_order_asked_without_those_that_are_gone() -> None:
    ids = [ArticleId(one) for one in ("K0005", "gone", "K0001")]
    async with indexed() as index:
        found = await index.named(ids, today=TODAY)
    assert [hit.article_id for hit in found] == ["K0005", "K0001"]
    assert all(hit.title and hit.category and not hit.marks for hit in found)
    assert await KnowledgeIndex().named(ids, today=TODAY) == ()
