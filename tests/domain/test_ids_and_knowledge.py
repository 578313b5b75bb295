"""Ids are made on the seat and sort by time; an article is valid between its days."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from agent_app.domain.ids import new_interaction_id, new_operation_id, uuid7
from tests.domain.examples import article


def test_a_new_id_is_a_version_7_uuid_and_used_once() -> None:
    made = [uuid7() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert {uuid.UUID(one).version for one in made} == {7}
    assert {uuid.UUID(one).variant for one in made} == {uuid.RFC_4122}


def test_ids_made_later_sort_later(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([1_000_000_000_000_000, 1_000_000_001_000_000])
    monkeypatch.setattr("agent_app.domain.ids.time.time_ns", lambda: next(times))
    assert new_interaction_id() < new_operation_id()


@pytest.mark.parametrize(
    ("day", "valid"),
    [
        (date(2022, 12, 31), False),
        (date(2023, 1, 1), True),
        (date(2023, 6, 30), True),
        (date(2023, 7, 1), False),
    ],
)
def test_an_article_is_valid_from_its_first_to_its_last_day(day: date, valid: bool) -> None:
    assert article(valid_until=date(2023, 6, 30)).valid_on(day) is valid


def test_an_article_without_an_end_stays_valid() -> None:
    assert article().valid_on(date(2099, 1, 1))
