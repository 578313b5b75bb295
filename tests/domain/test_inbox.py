"""Which part clashes, what is left when theirs is taken, and what a decision stands on."""

from __future__ import annotations

import pytest

from agent_app.domain.inbox import new_base, pairs, without_clashes

SERVER = {"id": "c", "version": 8, "name": "乙", "region": "杭州",
          "field_versions": {"name": 8, "notes": 2}}  # fmt: skip


@pytest.mark.parametrize(
    ("mine", "base", "differs", "clash"),
    [
        ({"name": "甲"}, {"name": 7}, True, True),
        ({"name": "甲"}, {"name": 8}, True, False),
        ({"name": "甲"}, {}, True, True),
        ({"name": "乙"}, {"name": 1}, False, False),
        ({"region": "宁波"}, {"region": 1}, True, False),  # as it is since version 1
        ({"region": "宁波"}, {}, True, True),
        ({"notes": "x"}, {"notes": 1}, False, False),  # the server said nothing of it
    ],
)
def test_a_part_clashes_if_somebody_changed_it_since(
    mine: dict[str, object], base: dict[str, int], differs: bool, clash: bool
) -> None:
    [pair] = pairs(mine | {"id": "c"}, base, SERVER)
    assert (pair.differs, pair.clash) == (differs, clash)


def test_without_the_versions_every_difference_is_a_clash() -> None:
    [pair] = pairs({"name": "甲"}, {"name": 99}, {"name": "乙"})
    assert pair.clash
    [same] = pairs({"name": "乙"}, {}, {"name": "乙"})
    assert not same.clash


def test_of_a_phone_only_number_and_label_count_and_an_id_number_is_hidden() -> None:
    server = {"phones": [{"id": "p", "number": "1", "label": ""}, "odd"],
              "id_number": "3301**********1234"}  # fmt: skip
    mine = {"phones": [{"number": "1"}], "id_number": "330102199001011234"}
    assert [pair.differs for pair in pairs(mine, {}, server)] == [False, False]


def test_taking_theirs_leaves_what_does_not_clash() -> None:
    mine = {"id": "c", "region": "宁波", "name": "甲"}
    both = pairs(mine, {"name": 7, "region": 7}, SERVER)
    assert [pair.name for pair in both] == ["name", "region"]
    assert without_clashes(mine, both) == ({"id": "c", "region": "宁波"}, {"name": "甲"})


def test_a_decision_stands_on_what_the_server_has_now() -> None:
    assert new_base({"id": "c", "name": "甲", "notes": ""}, SERVER) == {"name": 8, "notes": 8}
    assert new_base({"name": "甲"}, {}) == {"name": 0}
