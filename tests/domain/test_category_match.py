"""A category by a few keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.category_match import ABOVE, BEGINNING, ON_THE_WAY, WITHIN, fits
from agent_app.domain.ids import CategoryId
from agent_app.domain.knowledge import Category

INCOME = Category(
    CategoryId("01"), None, "个人所得税", "Individual income tax", 1,
    ("ge", "ren", "suo", "de", "shui"),
)  # fmt: skip
DEDUCTIONS = Category(
    CategoryId("01.01"), CategoryId("01"), "专项附加扣除", "Special additional deductions", 1,
    ("zhuan", "xiang", "fu", "jia", "kou", "chu"),
)  # fmt: skip
APP = Category(CategoryId("a"), None, "税务APP", "", 1, ("shui", "wu", "", "", ""))
UNSPELT = Category(CategoryId("u"), None, "发票", "", 1)


@pytest.mark.parametrize(
    ("typed", "fit"),
    [
        ("专项", (BEGINNING, ((0, 2),))),
        ("zxfj", (BEGINNING, ((0, 4),))),
        ("ZHUANXIANG", (BEGINNING, ((0, 2),))),
        ("zhxfu", (BEGINNING, ((0, 3),))),
        ("专xiangf", (BEGINNING, ((0, 3),))),
        ("扣除", (WITHIN, ((4, 6),))),
        ("kc", (WITHIN, ((4, 6),))),
        ("special", (BEGINNING, ())),
        ("deduct", (WITHIN, ())),
        ("grzx", (ON_THE_WAY, ((0, 2),))),
        ("个人专项", (ON_THE_WAY, ((0, 2),))),
        ("grsds", (ABOVE, ())),
        ("income", (ABOVE, ())),
        ("个税", None),
        ("zxkc", None),
        ("zxfjkcc", None),
        ("grsds kc", (WITHIN, ((4, 6),))),
        ("kc zx", (BEGINNING, ((0, 2), (4, 6)))),
        ("zx zxf", (BEGINNING, ((0, 2),))),
        ("zx none", None),
        ("", (ABOVE, ())),
    ],
)
def test_characters_pinyin_initials_and_the_names_above(typed: str, fit: object) -> None:
    assert fits(typed, (INCOME, DEDUCTIONS)) == fit


def test_letters_in_a_name_are_letters() -> None:
    assert fits("swapp", (APP,)) == (BEGINNING, ((0, 5),))


def test_a_name_nobody_has_spelt_is_found_by_its_characters() -> None:
    assert fits("票", (UNSPELT,)) == (WITHIN, ((1, 2),))
    assert fits("fp", (UNSPELT,)) is None


@given(st.text("zhuanxigfjkouc专项附加扣除 ", max_size=30))
def test_whatever_is_typed_marks_are_in_order_and_inside_the_name(typed: str) -> None:
    fit = fits(typed, (INCOME, DEDUCTIONS))
    flat = [] if fit is None else [at for span in fit[1] for at in span]
    assert flat == sorted(flat)
    assert all(0 <= at <= 6 for at in flat)
