"""The words that differ, and only those, are found in both texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.difference import LONGEST, Span, differing


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("one", "other", "ours", "theirs"),
    [
        ("", "", [], []),
        ("same", "same", [], []),
        ("", "new", [], ["new"]),
        ("下午回电", "上午回电", ["下"], ["上"]),
        ("call Mon", "call Tue at 9", ["Mon"], ["Tue at 9"]),
        ("a1b2c", "aXbYc", ["1", "2"], ["X", "Y"]),
    ],
)
def test_what_differs_is_marked(one: str, other: str, ours: list[str], theirs: list[str]) -> None:
    mine, his = differing(one, other)
    assert (words(one, mine), words(other, his)) == (ours, theirs)


def test_the_middle_of_a_long_text_is_one_span() -> None:
    one, other = "a" + "x" * (LONGEST + 1) + "z", "a" + "y" * 3 + "z"
    assert differing(one, other) == (((1, LONGEST + 2),), ((1, 4),))


@given(st.text(max_size=30), st.text(max_size=30))
def test_without_the_marked_parts_both_are_the_same(one: str, other: str) -> None:
    def rest(text: str, spans: tuple[Span, ...]) -> str:
        return "".join(c for i, c in enumerate(text) if not any(a <= i < b for a, b in spans))

    mine, his = differing(one, other)
    assert rest(one, mine) == rest(other, his)
