"""The conflict rule's truth table."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from server.conflict import Value, merge, merge_whole


@pytest.mark.parametrize(
    ("have", "changed_in", "want", "base", "changes", "conflicts"),
    [
        ("x", {}, "x", {}, {}, ()),
        ("x", {"f": 9}, "x", {"f": 1}, {}, ()),
        ("x", {}, "y", {"f": 1}, {"f": "y"}, ()),
        ("x", {}, "y", {}, {"f": "y"}, ("f",)),
        ("x", {"f": 3}, "y", {"f": 2}, {"f": "y"}, ("f",)),
        ("x", {"f": 3}, "y", {"f": 3}, {"f": "y"}, ()),
        ("x", {"f": 3}, "y", {"f": 4}, {"f": "y"}, ()),
        ("x", {"other": 9}, "y", {"f": 1}, {"f": "y"}, ()),
        (None, {}, "y", {"f": 1}, {"f": "y"}, ()),
        ("x", {}, None, {"f": 1}, {"f": None}, ()),
    ],
)
def test_an_edit_wins_only_against_the_version_it_was_made_on(
    have: str | None,
    changed_in: Mapping[str, int],
    want: str | None,
    base: Mapping[str, int],
    changes: Mapping[str, str | None],
    conflicts: tuple[str, ...],
) -> None:
    found = merge(current={"f": have}, field_versions=changed_in, wanted={"f": want}, base=base)
    assert (found.changes, found.conflicts) == (changes, conflicts)


def test_one_fields_conflict_names_that_field_only() -> None:
    found = merge(
        current={"a": 1, "b": 2, "c": 3},
        field_versions={"a": 5},
        wanted={"a": 7, "b": 8, "c": 3},
        base={"a": 4, "b": 4, "c": 4},
    )
    assert found.conflicts == ("a",)


def test_a_row_that_is_judged_as_a_whole_has_one_version_for_every_field() -> None:
    current: dict[str, Value] = {"title": "a", "body": "b"}
    wanted: dict[str, Value] = {"title": "a", "body": "c"}
    seen = merge_whole(current=current, version=3, wanted=wanted, base={"body": 3})
    assert (dict(seen.changes), seen.conflicts) == ({"body": "c"}, ())
    for base in ({}, {"body": 2}, {"title": 3}):
        late = merge_whole(current=current, version=3, wanted=wanted, base=base)
        assert late.conflicts == ("body",)
