"""What is dialled: rules as data, feature codes exactly, digits all or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.dialling import (
    DialRule,
    dial_string,
    dtmf_digits,
    feature_code,
    pieces,
)
from agent_app.domain.numbers import normalise

HANGZHOU = (
    DialRule(starts_with="+86571", strip=6, prefix="9"),  # the site's own city
    DialRule(starts_with="+861", min_digits=13, outside="浙江", strip=3, prefix="90"),
    DialRule(starts_with="+861", min_digits=13, strip=3, prefix="9"),  # mobiles of the province
    DialRule(starts_with="+86400", strip=3, prefix="9"),
    DialRule(starts_with="+86800", strip=3, prefix="9"),
    DialRule(starts_with="+86", strip=3, prefix="90"),  # other cities
    DialRule(starts_with="+", strip=1, prefix="900"),  # abroad
    DialRule(starts_with="95", min_digits=5, max_digits=9, prefix="9"),
)
"""A site in Hangzhou behind an exchange that gives an outside line at 9."""


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("0571-8512 3456", "985123456"),
        ("85123456", "985123456"),
        ("010-6512 3456", "901065123456"),
        ("138 0571 1234", "913805711234"),  # a mobile of Hangzhou
        ("138 0013 8000", "9013800138000"),  # one of Beijing: 0 for another province
        ("+86 138 0013 8000", "9013800138000"),
        ("400-810-8888", "94008108888"),
        ("8008108888", "98008108888"),
        ("+44 20 7946 0958", "900442079460958"),
        ("95588", "995588"),
        ("12366", "12366"),
        ("110", "110"),
        ("1002", "1002"),
        ("7001", "7001"),
    ],
)
def test_a_site_behind_an_outside_line(typed: str, dialled: str) -> None:
    assert dial_string(normalise(typed, area_code="0571"), HANGZHOU) == dialled


@pytest.mark.parametrize(
    ("rule", "typed", "dialled"),
    [
        (DialRule(prefix="0"), "13800138000", "0+8613800138000"),
        (DialRule(strip=1), "13800138000", "8613800138000"),
        (DialRule(min_digits=5, prefix="9"), "1002", "1002"),
        (DialRule(max_digits=4, prefix="9"), "12366", "12366"),
        (DialRule(inside="北京", prefix="9"), "13800138000", "9+8613800138000"),
        (DialRule(inside="浙江", prefix="9"), "13800138000", "+8613800138000"),
        (DialRule(inside="浙江", prefix="9"), "1002", "1002"),
        (DialRule(outside="浙江", prefix="9"), "1002", "1002"),  # it is not known where that is
        (DialRule(strip=20), "1002", ""),
        (DialRule(prefix="9" * 31), "1002", ""),  # 35 digits
    ],
)
def test_what_one_rule_does(rule: DialRule, typed: str, dialled: str) -> None:
    assert dial_string(normalise(typed), (rule,)) == dialled


def test_without_rules_a_number_is_dialled_as_it_is_known() -> None:
    assert dial_string(normalise("138 0013 8000"), ()) == "+8613800138000"


def test_the_first_rule_that_fits_is_the_only_one() -> None:
    rules = (DialRule(starts_with="1", prefix="9"), DialRule(prefix="8"))
    assert dial_string(normalise("1002"), rules) == "91002"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("*43", "*43"), ("*8 1002", "*81002"), ("＊８-1002", "*81002"), ("#31#138", "#31#138"),
        ("12366", ""), ("138*", ""), ("*43a", ""), ("", ""), ("*" * 33, ""), ("*43;x=1", ""),
    ],
)  # fmt: skip
def test_a_feature_code_is_dialled_exactly(typed: str, code: str) -> None:
    assert feature_code(typed) == code


@pytest.mark.parametrize(
    ("pasted", "digits"),
    [
        ("12#", "12#"), ("3301 0219 8001 011234", "330102198001011234"), ("１２-3", "123"),
        ("12a", ""), ("", ""), ("330102X", ""), ("1,2", ""), ("1\x002", ""),
    ],
)  # fmt: skip
def test_digits_are_sent_all_or_none(pasted: str, digits: str) -> None:
    assert dtmf_digits(pasted) == digits


def test_many_digits_go_in_pieces_that_one_command_holds() -> None:
    digits = "0123456789" * 7
    assert [len(piece) for piece in pieces(digits)] == [32, 32, 6]
    assert "".join(pieces(digits)) == digits
    assert pieces("") == ()


@given(st.text(), st.text("0123456789*#+", max_size=8), st.integers(0, 32))
def test_nothing_but_a_dial_string_ever_leaves(typed: str, prefix: str, strip: int) -> None:
    dialled = dial_string(normalise(typed), (DialRule(strip=strip, prefix=prefix),))
    assert len(dialled) <= 32
    assert set(dialled + feature_code(typed)) <= set("0123456789*#+")
