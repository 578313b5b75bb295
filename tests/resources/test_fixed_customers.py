"""The customers with fixed identities: the practice callers and the awkward cases."""

from __future__ import annotations

import uuid
from collections import Counter

import phonenumbers

from tests.resources import shipped


def holders(number: str) -> list[str]:
    return [row["name"] for row in shipped.fixed_customers() if number in row["numbers"]]


def test_every_customer_has_a_version_seven_id_of_its_own() -> None:
    ids = [row["id"] for row in shipped.fixed_customers()]
    assert len(set(ids)) == len(ids)
    assert all(uuid.UUID(one).version == 7 and str(uuid.UUID(one)) == one for one in ids)


def test_every_number_is_normalised_and_labelled() -> None:
    for row in shipped.fixed_customers():
        assert len(row["numbers"]) == len(row["labels"]) >= 1
        for number in row["numbers"]:
            parsed = phonenumbers.parse(number, None)
            assert phonenumbers.is_valid_number(parsed)
            e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
            assert e164 == number


def test_every_customer_lies_in_a_known_region_and_segment() -> None:
    names = shipped.names()
    segments = {row["id"]: row["kind"] for row in names["segments"]}
    places = {row["city"] + district for row in names["regions"] for district in row["districts"]}
    for row in shipped.fixed_customers():
        assert segments[row["segment"]] == row["kind"]
        assert row["region"] in places
        assert isinstance(row["arrears_cents"], int)
        assert row["arrears_cents"] >= 0


def test_every_history_points_at_what_exists() -> None:
    articles = {row["id"]: row["category"] for row in shipped.articles()}
    for row in shipped.fixed_customers():
        for past in row["history"]:
            assert 1 <= past["days_ago"] <= 730
            assert past["queue"] in shipped.queue_names()
            assert past["category"] in shipped.leaves()
            assert past["question"]
            assert past["answer"]
            assert all(articles[one] == past["category"] for one in past["articles"])


def test_one_switchboard_is_shared_by_three_customers() -> None:
    counts = Counter(n for row in shipped.fixed_customers() for n in row["numbers"])
    assert [count for count in counts.values() if count > 1] == [3]


def test_one_customers_number_ends_in_a_short_code() -> None:
    assert holders("+8616100012366") == ["林春燕"]
    assert "12366" in shipped.names()["numbers"]["service_numbers"]


def test_the_demo_caller_an_elderly_caller_and_a_debtor_are_there() -> None:
    rows = shipped.fixed_customers()
    assert holders("+8613800138000") == ["张伟"]
    assert any(row["segment"] == "care-group" for row in rows)
    assert any(row["kind"] == "company" and row["arrears_cents"] > 0 for row in rows)


def test_a_reserved_number_belongs_to_nobody() -> None:
    assert shipped.reserved_numbers()
    assert not any(holders(number) for number in shipped.reserved_numbers())
