"""What is typed to find a customer, taken apart."""

from __future__ import annotations

import pytest

from agent_app.domain.customer_search import (
    FoundBy,
    Said,
    Typed,
    letters_of,
    number_fits,
    read_typed,
)


@pytest.mark.parametrize(
    ("text", "words", "digits"),
    [
        ("  张伟 ", ("张伟",), ""),
        ("张 西湖区", ("张", "西湖区"), ""),
        ("138 0013-8000", ("138", "0013-8000"), "13800138000"),
        ("＋86 138", ("+86", "138"), "86138"),
        ("ＺＨＡＮＧ", ("ZHANG",), ""),
        ("杭州(集团)", ("杭州（集团）",), ""),
        ("", (), ""),
        (" \n\x00 ", (), ""),
        ("1", ("1",), ""),
        ("a b c d e f g h", ("a", "b", "c", "d", "e", "f"), ""),
    ],
)
def test_words_and_digits(text: str, words: tuple[str, ...], digits: str) -> None:
    typed = read_typed(text)
    assert (typed.words, typed.digits, typed.empty) == (words, digits, not words)


def test_a_pasted_page_is_cut() -> None:
    assert len(read_typed("长" * 100_000).whole) <= 200


@pytest.mark.parametrize(
    ("text", "tail"),
    [("8000", "8000"), ("0126", "0126"), ("057185123456", "57185123456"), ("138", ""), ("张", "")],
)
def test_last_digits_may_begin_with_a_zero_and_a_whole_number_loses_its_own(
    text: str, tail: str
) -> None:
    assert read_typed(text).tail == tail


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("110101199003078515", True),
        ("11010119900307851x", True),
        ("91330100MA27XX1234", True),
        ("110101 19900307 8515", True),
        ("13800138000", False),
        ("zhangwei", False),
        ("张伟", False),
    ],
)
def test_a_whole_id_is_something_for_the_server(text: str, may: bool) -> None:
    assert read_typed(text).may_be_id is may


def test_letters_are_compared_as_pinyin_is_spelt() -> None:
    assert (letters_of("Zhang-Wei"), letters_of("张wei")) == ("zhangwei", "")


@pytest.mark.parametrize(
    ("number", "text", "fits"),
    [
        ("+8613800138000", "13800138000", True),
        ("+8613800138000", "8000", True),
        ("+8613800138000", "13800", True),
        ("+8613800138000", "0013", False),
        ("60001", "60001", True),
        ("60001", "0001", False),
        ("+8657185123456", "0571-8512 3456", True),
    ],
)
def test_a_number_fits_from_its_front_or_its_end(number: str, text: str, fits: bool) -> None:
    assert number_fits(number, read_typed(text)) is fits


def test_every_word_has_to_fit_and_the_first_says_why() -> None:
    said = Said("张伟", "杭州市西湖区", "云栖餐饮", "文三路", ("+8613800138000",))
    assert said.fits(read_typed("张伟 西湖")) is FoundBy.NAME
    assert said.fits(read_typed("云栖 张")) is FoundBy.COMPANY
    assert said.fits(read_typed("文三路")) is FoundBy.REGION
    assert said.fits(read_typed("8000")) is FoundBy.NUMBER
    assert said.fits(read_typed("张伟 宁波")) is None
    assert said.fits(read_typed("9999")) is None
    assert said.fits(Typed(())) is None
