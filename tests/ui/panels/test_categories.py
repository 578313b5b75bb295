"""Finding a category by a few characters."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from agent_app.domain.ids import CategoryId
from agent_app.domain.knowledge import Category
from tests.ui.panels.fakes_knowledge import planted
from ui.summary.categories import marked

CHINESE = planted()
ENGLISH = planted(language=QLocale.Language.English)


def test_a_path_names_everything_above() -> None:
    assert CHINESE.path(CategoryId("01.01")) == "个人所得税 › 专项附加扣除"
    assert ENGLISH.path(CategoryId("02.01")) == "Value-added tax › Rates and levy rates"
    assert ENGLISH.path(CategoryId("02.02")) == "Value-added tax › 小规模纳税人"


def test_no_category_has_no_path_and_one_that_is_gone_shows_its_id() -> None:
    assert CHINESE.path(None) == ""
    assert CHINESE.path(CategoryId("99")) == "99"


def test_nothing_typed_shows_the_whole_tree_indented() -> None:
    assert [(row.depth, row.title) for row in CHINESE.rows("  ")] == [
        (0, "个人所得税"), (1, "专项附加扣除"), (1, "综合所得汇算"),
        (0, "增值税"), (1, "税率与征收率"), (1, "小规模纳税人"),
    ]  # fmt: skip


def test_typing_finds_by_name_first_and_by_path_after() -> None:
    rows = CHINESE.rows("增值税 率")
    assert [row.key for row in rows] == ["02.01"]
    assert [row.key for row in CHINESE.rows("个人所得税")] == ["01", "01.01", "01.02"]
    assert rows[0].trail == "增值税"


def test_both_languages_are_understood_whichever_is_shown() -> None:
    assert [row.title for row in CHINESE.rows("LEVY")] == ["税率与征收率"]
    assert [row.title for row in ENGLISH.rows("征收")] == ["Rates and levy rates"]


def test_what_nobody_is_called_finds_nothing() -> None:
    assert CHINESE.rows("zzz") == ()


def test_matched_characters_are_marked_without_overlap() -> None:
    assert marked("税率与征收率", ["征收", "税率"]) == ((0, 2), (3, 5))
    assert marked("aaa", ["aa", "a"]) == ((0, 1),)
    assert marked("straße", ["str"]) == ()


def test_a_loop_in_bad_data_ends() -> None:
    loop = (
        Category(CategoryId("a"), CategoryId("b"), "甲", "", 0),
        Category(CategoryId("b"), CategoryId("a"), "乙", "", 1),
        Category(CategoryId("c"), CategoryId("gone"), "丙", "", 2),
    )
    tree = planted(loop)
    assert tree.path(CategoryId("a")) == "乙 › 甲"
    assert [row.title for row in tree.rows("")] == ["丙"]
