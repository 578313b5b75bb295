"""What becomes of an edit when the row has moved on: a pure rule with a truth table (step ⑨)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Value = None | bool | int | str


@dataclass(frozen=True, slots=True)
class Merge:
    """``changes`` are the fields to write; nothing is written while ``conflicts`` is not empty."""

    changes: Mapping[str, Value]
    conflicts: tuple[str, ...]


def merge_whole(
    *,
    current: Mapping[str, Value],
    version: int,
    wanted: Mapping[str, Value],
    base: Mapping[str, int],
) -> Merge:
    """The same for a row that is judged as a whole: every field is of its newest ``version``."""
    versions = dict.fromkeys(wanted, version)
    return merge(current=current, field_versions=versions, wanted=wanted, base=base)


def merge(
    *,
    current: Mapping[str, Value],
    field_versions: Mapping[str, int],
    wanted: Mapping[str, Value],
    base: Mapping[str, int],
) -> Merge:
    """Compare a wish with the row as it is.

    A field that already has the wanted value is left alone. One that differs may be written if
    the wish was made against the version that last changed it (or a later one); a field missing
    from ``field_versions`` has been as it is since version 1, one missing from ``base`` was made
    against nothing.
    """
    different = {name: value for name, value in wanted.items() if current[name] != value}
    conflicts = tuple(name for name in different if field_versions.get(name, 1) > base.get(name, 0))
    return Merge(changes=different, conflicts=conflicts)
