"""What an import writes as a number is what a seat looks up when that number calls."""

from __future__ import annotations

import pytest

from agent_app.domain.numbers import NumberKind, normalise
from server.imports.phone_numbers import NumberRules, normal_number

SPELLINGS = (
    "13800138000", "138 0013 8000", "138-0013-8000", "+8613800138000", "+86 138 0013 8000",
    "008613800138000", "8613800138000", "１３８００１３８０００", "013800138000",
    "0571-87654321", "(0571) 87654321", "057187654321", "+86 571 8765 4321", "87654321",
    "0571-87654321-808", "0571-87654321转808", "010-62345678", "01062345678", "021 62345678",
    "4008123456", "400-812-3456", "8008201234", "12366", "110", "95588", "10086", "1001", "7001",
    "+1 650 253 0000", "0016502530000", "+852 2345 6789", "+44 20 7946 0958",
    "138_0013_8000", "0571-87654321(808)", "0571-87654321（转808）", "0571-87654321 转分机808",
    "0571-87654321 分机：808", "0571-87654321p808", "0571-87654321#808", "4008123456转1",
    "+8612366", "+86 95588", "+86 400 812 3456", "(+86)13800138000",
)  # fmt: skip
RULES = NumberRules("CN", "571", frozenset({"7001"}))


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_both_sides_spell_a_number_alike(spelling: str) -> None:
    seat = normalise(spelling, area_code="0571", short_codes=frozenset({"7001"}))
    assert seat.kind is not NumberKind.OTHER
    assert normal_number(spelling, RULES) == seat.normal


@pytest.mark.parametrize(
    "nothing", ["", "-", "abc", "000", "无", "1380013800013800138000", "12 ab"]
)
def test_what_is_no_number_is_none(nothing: str) -> None:
    assert normal_number(nothing, RULES) is None
