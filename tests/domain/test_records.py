"""What a typed text looks for, and what says it."""

from __future__ import annotations

import pytest

from agent_app.domain.numbers import normalise
from agent_app.domain.records import RecordState, Sought, number_part, says, sought


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", Sought()),
        ("   ", Sought()),
        ("---", Sought()),
        ("138 0013 8000", Sought(number="+8613800138000")),
        ("0086-13800138000", Sought(number="+8613800138000")),
        ("8512 3456", Sought(number="+8657185123456")),
        ("400-123-4567", Sought(number="+864001234567")),
        ("12366", Sought(words=("12366",))),
        ("138 0013", Sought(words=("1380013",))),
        ("增值税 13% 增值税", Sought(words=("增值税", "13%"))),
        ("13800138000 退税", Sought(words=("13800138000", "退税"))),
    ],
)
def test_a_whole_number_is_looked_for_exactly_and_anything_else_by_its_words(
    text: str, found: Sought
) -> None:
    assert sought(text, normalise(text, area_code="0571")) == found


@pytest.mark.parametrize(
    ("word", "part"),
    [("8000", "8000"), ("057185", "57185"), ("+86138", "138"), ("0086138", "138"), ("13", ""),
     ("13%", ""), ("000", "00")],
)  # fmt: skip
def test_digits_may_be_a_part_of_a_number_as_it_is_stored(word: str, part: str) -> None:
    assert number_part(word) == (part if len(part) >= 3 else "")


def test_every_word_must_be_said_somewhere() -> None:
    texts = ("VAT 发票", "13%")
    assert says(("vat", "13%"), texts, "")
    assert says(("发票", "8000"), texts, "+8613800138000")
    assert not says(("发票", "红字"), texts, "+8613800138000")
    assert says((), (), "")


def test_what_the_server_does_not_have_is_undelivered() -> None:
    assert [state for state in RecordState if not state.undelivered] == [
        RecordState.DELIVERED, RecordState.CALL_ONLY,
    ]  # fmt: skip
