"""Two versions of an answer differ in these words and no others."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_app.domain.versions import ArticleVersion, Change, compare, word_differences
from tests.domain.examples import article

SIGNS = {Change.SAME: "{}", Change.GONE: "[-{}]", Change.NEW: "[+{}]"}


def signed(old: str, new: str) -> str:
    return "".join(SIGNS[one.change].format(one.text) for one in word_differences(old, new))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("每月1000元。", "每月2000元。", "每月[-1000][+2000]元。"),
        ("税率为13%。免税。", "税率为9%。免税。", "税率为[-13%][+9%]。免税。"),
        ("甲。乙。", "甲。新增一句。乙。", "甲。[+新增一句。]乙。"),
        ("甲。乙。", "乙。", "[-甲。]乙。"),
        ("", "全新", "[+全新]"),
        ("一样", "一样", "一样"),
        ("use APP now", "use App now", "use [-APP][+App] now"),
    ],
)
def test_the_changed_words_are_marked(old: str, new: str, shown: str) -> None:
    assert signed(old, new) == shown


@given(st.text("甲乙丙。1a \n", max_size=60), st.text("甲乙丙。1a \n", max_size=60))
@settings(max_examples=60, deadline=None)
def test_both_texts_can_be_put_together_again(old: str, new: str) -> None:
    found = word_differences(old, new)
    assert "".join(one.text for one in found if one.change is not Change.NEW) == old
    assert "".join(one.text for one in found if one.change is not Change.GONE) == new
    assert all(one.text for one in found)


def test_of_a_book_without_a_full_stop_the_whole_is_other() -> None:
    old, new = "甲" * 5_000, "乙" * 5_000
    assert [one.change for one in word_differences(old, new)] == [Change.GONE, Change.NEW]


def test_only_the_parts_that_differ_are_named_the_answer_first() -> None:
    old = article(answer="旧", basis="甲", valid_until=None)
    new = article(answer="新", basis="乙", valid_until=date(2027, 1, 1))
    assert [one.part for one in compare(old, new)] == ["answer", "basis", "validity"]
    assert not compare(old, old)
    assert ArticleVersion(new, None, "").version == new.version
