"""Answers about live calls and the directory: whole and of the right kinds, or not used at all."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import leg_parse
from sync.errors import BadReply
from sync.legs import AgentEntry, AgentLeg, Attachment, LegState, QueueEntry, Quote, leg_content
from tests.sync.live_centre import a_leg

QUOTE = Quote("K1", 3, "子女教育")
FULL = a_leg(attachment=Attachment("c1", "张伟", "01", "问", "答", "据", "回访", (QUOTE,)))


def given_leg(**changes: Any) -> dict[str, Any]:
    agent = {"id": "a1", "name": "王", "extension": ""}
    return {"interaction_id": "i1", "agent": agent, **leg_content(FULL, 7)} | changes


def parsed(*legs: object) -> tuple[AgentLeg, ...]:
    return leg_parse.legs(orjson.dumps({"legs": legs}))


def test_a_leg_is_what_was_told() -> None:
    assert parsed(given_leg(), given_leg(waited_s=None, newer="field")) == (
        AgentLeg("a1", "王", "", FULL),
        AgentLeg("a1", "王", "", a_leg(waited_s=None, attachment=FULL.attachment)),
    )


def test_nothing_attached_is_nothing() -> None:
    [found] = parsed(given_leg(**leg_content(a_leg(attachment=Attachment()), 1)))
    assert found.leg.attachment == Attachment()


def attached(**changes: Any) -> dict[str, Any]:
    content: dict[str, Any] = {**given_leg()["attachment"], **changes}
    return given_leg(attachment=content)


@pytest.mark.parametrize(
    "leg",
    [
        None, [], given_leg(agent=None), given_leg(agent={}), given_leg(state="asleep"),
        given_leg(state=None), given_leg(call_id=""), given_leg(interaction_id=1),
        given_leg(waited_s="1"), given_leg(started_at=""), given_leg(name=None),
        given_leg(attachment=None), attached(question=None), attached(customer_id=""),
        attached(quotes={}), attached(quotes=[1]), attached(quotes=[{"article_id": "K1"}]),
        attached(category_id=7),
    ],
)  # fmt: skip
def test_a_leg_that_the_wire_does_not_allow_is_refused(leg: object) -> None:
    with pytest.raises(BadReply):
        parsed(given_leg(), leg)


def test_people_and_queues_come_in_their_order() -> None:
    agent = {"id": "a1", "name": "王", "extension": "1001", "state": "newer-state", "since": ""}
    page = leg_parse.directory(
        orjson.dumps({"agents": [agent], "queues": [{"name": "咨询", "number": "7001"}]})
    )
    assert page.agents == (AgentEntry("a1", "王", "1001", "newer-state", ""),)
    assert page.queues == (QueueEntry("咨询", "7001"),)


@pytest.mark.parametrize(
    "content",
    [{}, {"agents": []}, {"queues": []}, {"agents": [{}], "queues": []},
     {"agents": [], "queues": [{"name": "x", "number": ""}]},
     {"agents": [{"id": "", "name": "", "extension": "", "state": "x", "since": ""}],
      "queues": []}],
)  # fmt: skip
def test_a_directory_that_the_wire_does_not_allow_is_refused(content: object) -> None:
    with pytest.raises(BadReply):
        leg_parse.directory(orjson.dumps(content))


@pytest.mark.parametrize("content", [{}, {"revision": -1}, {"revision": "7"}, {"revision": True}])
def test_a_revision_is_a_whole_number(content: object) -> None:
    assert leg_parse.revision(b'{"revision": 7}') == 7
    with pytest.raises(BadReply):
        leg_parse.revision(orjson.dumps(content))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["legs", "agent", "id", "state", "attachment", "quotes", "agents", "queues", "revision"]
    ), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@given(json_values)
def test_whatever_comes_is_a_value_or_a_bad_reply(content: object) -> None:
    for parse in (leg_parse.legs, leg_parse.directory, leg_parse.revision):
        try:
            parse(orjson.dumps(content))
        except BadReply:
            continue


def test_all_states_of_a_call_can_come() -> None:
    for state in LegState:
        assert parsed(given_leg(state=state.value))[0].leg.state is state
