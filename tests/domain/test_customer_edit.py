"""What may be saved of a customer, what goes out of it, and what is hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent_app.domain.customer_edit import (
    ID_LIMIT,
    LINE_LIMIT,
    NOTES_LIMIT,
    PHONES_LIMIT,
    Choices,
    CustomerFields,
    CustomerForm,
    CustomField,
    FieldKind,
    Phone,
    Problem,
    Wrong,
    changes,
    everything,
    mask,
    tidy,
    whole,
    wrong,
)
from agent_app.domain.ids import CustomerId
from agent_app.domain.numbers import normalise

BEFORE = CustomerFields(name="张伟", id_number="3301**********1234", phones=(Phone("12366"),))
CENTRE = Choices(custom=(
    CustomField("text", "文字", ""),
    CustomField("count", "数", "", FieldKind.NUMBER),
    CustomField("day", "日", "", FieldKind.DATE),
    CustomField("pick", "选", "", FieldKind.CHOICE, (("a", "甲"),)),
    CustomField("flag", "是否", "", FieldKind.YES_NO),
    CustomField("card", "卡号", "", sensitive=True),
))  # fmt: skip


def problems(now: CustomerFields, before: CustomerFields = BEFORE) -> list[Wrong]:
    return list(wrong(CustomerForm(CustomerId("c"), before, now), CENTRE, normalise))


def test_a_form_is_tidied_before_it_is_saved() -> None:
    typed = CustomerFields(
        name=" 张伟 ", id_number=" 3301 02x ", notes="a\n",
        phones=(Phone(" 138 0013 8000 ", " 手机 "), Phone("", ""), Phone("", "谁")),
        custom={"text": "", "count": 0, "day": None, "flag": False},
    )  # fmt: skip
    clean = tidy(typed, normalise)
    assert (clean.name, clean.id_number, clean.notes) == ("张伟", "330102X", "a")
    assert clean.phones == (Phone("+8613800138000", "手机"), Phone("", "谁"))
    assert clean.custom == {"count": 0, "flag": False}


def test_half_a_character_does_not_cost_the_words_around_it() -> None:
    odd = "半\ud800句\0完"
    fields = CustomerFields(notes=odd, phones=(Phone("1", odd),), custom={"a": odd, "b": 2})
    clean = whole(fields)
    assert clean.notes == clean.phones[0].label == clean.custom["a"] == "半?句 完"
    assert clean.custom["b"] == 2
    assert whole(BEFORE) == BEFORE


def test_an_unchanged_or_well_filled_form_has_nothing_wrong() -> None:
    assert problems(BEFORE) == []
    good = replace(BEFORE, id_number="91330100MA27XYZ123", custom={
        "text": "x", "count": 2.5, "day": "2026-02-28", "pick": "a", "flag": False, "card": "62",
    })  # fmt: skip
    assert problems(good) == []
    assert problems(replace(BEFORE, id_number="")) == []
    assert problems(CustomerFields(name="只有名字")) == []


@pytest.mark.parametrize(
    ("now", "part", "problem"),
    [
        (CustomerFields(), "name", Problem.NO_NAME),
        (replace(BEFORE, name="x" * (LINE_LIMIT + 1)), "name", Problem.TOO_LONG),
        (replace(BEFORE, notes="x" * (NOTES_LIMIT + 1)), "notes", Problem.TOO_LONG),
        (replace(BEFORE, id_number="3301**1234"), "id_number", Problem.NOT_WHOLE),
        (replace(BEFORE, id_number="1" * (ID_LIMIT + 1)), "id_number", Problem.TOO_LONG),
        (replace(BEFORE, id_number="-1"), "id_number", Problem.NOT_AN_ID),
        (replace(BEFORE, id_number="护照"), "id_number", Problem.NOT_AN_ID),
        (replace(BEFORE, phones=(Phone("abc"),)), "phones", Problem.NOT_A_NUMBER),
        (replace(BEFORE, phones=(Phone("12366"), Phone("12366"))), "phones", Problem.TWICE),
        (replace(BEFORE, phones=(Phone("12366", "x" * (LINE_LIMIT + 1)),)), "phones",
         Problem.TOO_LONG),
        (replace(BEFORE, phones=(Phone("12366"),) * (PHONES_LIMIT + 1)), "phones",
         Problem.TOO_MANY),
        (replace(BEFORE, custom={"count": "viele"}), "custom.count", Problem.NOT_A_VALUE),
        (replace(BEFORE, custom={"count": True}), "custom.count", Problem.NOT_A_VALUE),
        (replace(BEFORE, custom={"day": "2026-02-30"}), "custom.day", Problem.NOT_A_VALUE),
        (replace(BEFORE, custom={"pick": "z"}), "custom.pick", Problem.NOT_A_VALUE),
        (replace(BEFORE, custom={"flag": "yes"}), "custom.flag", Problem.NOT_A_VALUE),
        (replace(BEFORE, custom={"card": "6222****"}), "custom.card", Problem.NOT_WHOLE),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_part(
    now: CustomerFields, part: str, problem: Problem
) -> None:
    assert problems(now) == [Wrong(part, problem)]


def test_a_value_that_was_there_before_may_stay() -> None:
    odd = replace(BEFORE, custom={"pick": "gone"})
    assert problems(odd, before=odd) == []


def test_only_what_changed_goes_out_and_of_a_new_one_everything() -> None:
    now = replace(BEFORE, segment_id="s-2", phones=(Phone("12345", "热线"),))
    assert changes(BEFORE, now) == {
        "segment_id": "s-2",
        "phones": [{"number": "12345", "label": "热线"}],
    }
    assert changes(BEFORE, BEFORE) == {}
    assert set(everything(CustomerFields())) == {
        "kind", "name", "segment_id", "region", "company", "address", "id_number", "warning",
        "notes", "phones", "custom",
    }  # fmt: skip


def test_the_middle_of_a_number_is_hidden() -> None:
    assert mask("330102199001011234") == "3301**********1234"
    assert mask("12345678901") == "*" * 11
