"""The category tree and the 80 sample articles: complete, unique, findable."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from tests.resources import shipped


def test_every_category_hangs_on_a_top_category() -> None:
    rows = shipped.categories()
    tops = {row["id"] for row in rows if row["parent"] is None}
    assert len({row["id"] for row in rows}) == len(rows)
    assert 8 <= len(tops) <= 12
    assert 40 <= len(shipped.leaves()) <= 50
    for row in rows:
        if row["parent"] is None:
            assert re.fullmatch(r"\d\d", row["id"])
        else:
            assert row["parent"] in tops
            assert re.fullmatch(rf"{row['parent']}\.\d\d", row["id"])


def test_every_category_is_named_in_both_languages() -> None:
    rows = shipped.categories()
    assert all(re.search(r"[\u4e00-\u9fff]", row["name"]) for row in rows)
    assert all(row["name_en"].isascii() and row["name_en"].strip() for row in rows)
    assert max(Counter(row["name"] for row in rows).values()) == 1


def test_there_are_eighty_articles_with_ids_of_their_own() -> None:
    assert [row["id"] for row in shipped.articles()] == [f"K{n:04d}" for n in range(1, 81)]


def test_no_two_articles_have_the_same_title_or_answer() -> None:
    rows = shipped.articles()
    for field in ("title", "answer", "question"):
        assert len({row[field] for row in rows}) == len(rows)


def test_every_article_lies_in_a_leaf_and_every_leaf_has_one() -> None:
    assert {row["category"] for row in shipped.articles()} == shipped.leaves()


def test_every_answer_can_be_read_aloud() -> None:
    for row in shipped.articles():
        sentences = [part for part in re.split("[。！？]", row["answer"]) if part.strip()]
        assert 2 <= len(sentences) <= 6, row["id"]
        assert 60 <= len(row["answer"]) <= 400, row["id"]
        assert row["answer"].endswith("。"), row["id"]


def test_every_article_can_be_found_by_other_words_than_its_title() -> None:
    for row in shipped.articles():
        assert len(row["keywords"]) >= 3, row["id"]
        assert row["synonyms"], row["id"]
        assert row["title"] not in row["synonyms"], row["id"]
        assert not any(" " in word for word in row["keywords"] + row["synonyms"]), row["id"]


def test_every_article_says_where_and_when_it_holds() -> None:
    provinces = {row["province"] for row in shipped.names()["regions"]}
    for row in shipped.articles():
        assert row["region"] == "全国" or row["region"] in provinces, row["id"]
        assert 1 <= row["version"] <= 4, row["id"]
        start = date.fromisoformat(row["valid_from"])
        if row["valid_until"] is not None:
            assert start < date.fromisoformat(row["valid_until"]), row["id"]


def test_some_articles_are_regional_and_some_have_run_out() -> None:
    rows = shipped.articles()
    assert any(row["region"] != "全国" for row in rows)
    ended = [row for row in rows if row["valid_until"] is not None]
    assert any(date.fromisoformat(row["valid_until"]) < date(2025, 1, 1) for row in ended)


def test_every_basis_is_marked_as_a_sample() -> None:
    assert all(row["basis"].startswith("示例") for row in shipped.articles())
