"""What the sample server builds its customers and past interactions from."""

from __future__ import annotations

import re
import string

import phonenumbers
import pytest

from tests.resources import shipped

WEIGHTED = ("surnames", "regions", "segments", "queues", "menu", "follow_ups", "end_reasons",
            "warnings", "hour_weights", "month_weights")  # fmt: skip


@pytest.mark.parametrize("group", WEIGHTED)
def test_every_choice_has_a_weight(group: str) -> None:
    rows = shipped.names()[group]
    assert rows
    assert all(isinstance(row["weight"], int) and row["weight"] > 0 for row in rows)


def test_every_generated_number_is_a_valid_one_of_its_region() -> None:
    names = shipped.names()
    patterns = list(names["numbers"]["mobile_patterns"])
    patterns += [row["area_code"] + row["landline_pattern"] for row in names["regions"]]
    for pattern in patterns:
        for digit in "0159":
            number = phonenumbers.parse(pattern.replace("#", digit), "CN")
            assert phonenumbers.is_valid_number(number), pattern


def test_there_are_enough_names_for_two_thousand_customers() -> None:
    names = shipped.names()
    for kind in ("male", "female", "any", "elder"):
        characters = names["given_characters"][kind]
        assert len(characters) >= 15
        assert all(len(character) == 1 for character in characters)
    assert len(names["surnames"]) >= 80
    companies = names["companies"]
    assert len(companies["brand_characters"]) ** 2 * len(companies["industries"]) > 20_000


def test_every_segment_carries_the_rule_shown_on_the_card() -> None:
    segments = shipped.names()["segments"]
    assert len({row["id"] for row in segments}) == len(segments)
    for row in segments:
        assert row["kind"] in {"person", "company"}
        assert len(row["rule"]) >= 15
    care = next(row for row in segments if row["id"] == "care-group")
    assert "语速放慢" in care["rule"]


def test_every_menu_path_leads_to_a_queue_and_to_categories() -> None:
    menu = shipped.names()["menu"]
    assert len({row["path"] for row in menu}) == len(menu)
    for row in menu:
        assert re.fullmatch(r"\d(-\d)?", row["path"])
        assert row["queue"] in shipped.queue_names()
        assert row["categories"]
    assert {name for row in menu for name in row["categories"]} == shipped.leaves()


def test_every_category_has_questions_and_answers_with_known_placeholders() -> None:
    names = shipped.names()
    known = set(names["placeholders"])
    assert set(names["templates"]) == shipped.leaves()
    for texts in names["templates"].values():
        assert len(texts["questions"]) >= 3
        assert len(texts["answers"]) >= 2
        for text in texts["questions"] + texts["answers"]:
            used = {field for _, field, _, _ in string.Formatter().parse(text) if field}
            assert used <= known


def test_warnings_name_segments_that_exist() -> None:
    names = shipped.names()
    segments = {row["id"] for row in names["segments"]}
    assert all(set(row["segments"]) <= segments for row in names["warnings"])


def test_queues_stand_for_categories_that_there_are() -> None:
    names = shipped.document(shipped.SAMPLE_CENTRE / "names.json")
    known = {row["id"] for row in shipped.categories()}
    queues = {row["queue"] for row in names["menu"]} | set(names["queue_numbers"].values())
    assert set(names["queue_categories"]) <= queues
    assert set(names["queue_categories"].values()) <= known
