"""A few letters find a ready-made sentence; its blanks are filled in."""

from __future__ import annotations

import pytest

from agent_app.domain.text_modules import TextModule, filled, matching

CALL_BACK = TextModule("callback", "稍后回电", "hd", "已告知{customer}，核实后由{agent}回电。")
REFERRED = TextModule("referred", "转主管税务机关", "zzg", "请联系主管税务机关。")
CLEAR = TextModule("clear", "已解答清楚", "jd", "当场解答，无需回电。")
ALL = (CALL_BACK, REFERRED, CLEAR)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ALL),
        ("  ", ALL),
        ("h", (CALL_BACK,)),
        ("ZZ", (REFERRED,)),
        ("稍", (CALL_BACK,)),
        ("税务", (REFERRED,)),
        ("回电", (CALL_BACK, CLEAR)),
        ("nothing", ()),
    ],
)
def test_shortcut_name_and_words_find_it_in_that_order(
    typed: str, found: tuple[TextModule, ...]
) -> None:
    assert matching(typed, ALL) == found


def test_blanks_are_filled_and_unknown_ones_stay_to_be_seen() -> None:
    words = {"customer": "张伟", "agent": ""}
    assert filled(CALL_BACK.text, words) == "已告知张伟，核实后由{agent}回电。"
    assert filled("{nobody} {} {Customer} 100%", words) == "{nobody} {} {Customer} 100%"
    assert filled("{customer}", {"customer": "{agent}", "agent": "x"}) == "{agent}"
