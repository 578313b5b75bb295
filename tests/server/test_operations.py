"""What becomes of each operation: the truth table of the wire, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from server.database import Database
from server.interactions import read_interaction
from server.operations import apply_one
from server.tokens import Identity
from tests.server.conftest import ON_BOTH
from tests.server.running import Centre, save

pytestmark = pytest.mark.parametrize("settings", ON_BOTH, indirect=True)

LONG = "长" * 20_000


def test_a_new_interaction_is_kept_with_every_column(centre: Centre) -> None:
    seat = centre.seat()
    quotes = [{"article_id": "k1", "version": 2, "title": "税率"}]
    full = {
        "customer_id": "p1", "agent_name": "名字1001", "exchange_call_id": "x-1",
        "caller_name": "<b>张</b>\u202e", "dialled": "12366", "queue": "咨询", "menu_path": "2-1",
        "waited_s": 40, "answered_at": "2026-05-04T03:02:41.5Z",
        "ended_at": "2026-05-04T03:05:00.000001Z", "talk_s": 139, "end_reason": "caller-hung-up",
        "category_id": "c1", "question": "问\n题", "answer": LONG, "follow_up": "回电",
        "basis": "第六章", "customer_name": "张伟", "quotes": quotes,
    }  # fmt: skip
    operation = save("i1", **{f"payload_{name}": value for name, value in full.items()})

    assert seat.send(operation) == [
        {"id": operation["id"], "outcome": "applied", "reason": "", "version": 1, "server": {}}
    ]
    assert seat.get("/interactions/i1").json() == {**operation["payload"], "version": 1}


def test_what_is_left_out_of_a_new_interaction_is_empty(centre: Centre) -> None:
    seat = centre.seat()
    seat.send(save("i1"))
    row = seat.get("/interactions/i1").json()
    assert (row["waited_s"], row["customer_id"], row["quotes"]) == (None, None, [])
    assert (row["question"], row["talk_s"], row["agent_name"]) == ("", 0, "名字1001")


def test_a_repeated_operation_is_answered_already_applied(centre: Centre) -> None:
    seat = centre.seat()
    operation = save("i1")
    first, second = seat.send(operation), seat.send(operation)
    assert [first[0]["outcome"], second[0]["outcome"]] == ["applied", "already-applied"]
    assert second[0]["version"] == 1
    assert seat.get("/interactions").json()["total"] == 1


def test_a_repeat_within_one_batch_is_applied_once(centre: Centre) -> None:
    operation = save("i1")
    outcomes = [answer["outcome"] for answer in centre.seat().send(operation, operation)]
    assert outcomes == ["applied", "already-applied"]


def test_an_operation_id_means_one_act_only(centre: Centre) -> None:
    seat = centre.seat()
    operation = save("i1")
    seat.send(operation)
    answer = seat.send({**save("i2"), "id": operation["id"]})[0]
    assert (answer["outcome"], answer["reason"]) == (
        "rejected",
        "This operation id was used for something else.",
    )
    assert seat.get("/interactions/i2").status_code == 404


def test_an_edit_on_the_newest_version_is_applied(centre: Centre) -> None:
    seat = centre.seat()
    seat.send(save("i1", payload_question="a"))
    answer = seat.send(save("i1", payload_question="b", base={"question": 1}))[0]
    assert (answer["outcome"], answer["version"]) == ("applied", 2)
    assert seat.get("/interactions/i1").json()["question"] == "b"


def test_edits_of_different_fields_on_one_version_both_stand(centre: Centre) -> None:
    seat = centre.seat()
    seat.send(save("i1"))
    seat.send(save("i1", payload={"question": "q"}, base={"question": 1}))
    answer = seat.send(save("i1", payload={"answer": "a"}, base={"answer": 1}))[0]
    assert (answer["outcome"], answer["version"]) == ("applied", 3)
    row = seat.get("/interactions/i1").json()
    assert (row["question"], row["answer"]) == ("q", "a")


def test_a_conflict_gives_the_servers_values_and_changes_nothing(centre: Centre) -> None:
    seat = centre.seat()
    seat.send(save("i1"))
    seat.send(save("i1", payload={"question": "first"}, base={"question": 1}))
    late = save(
        "i1", payload={"question": "late", "answer": "a"}, base={"question": 1, "answer": 1}
    )

    answer = seat.send(late)[0]
    assert (answer["outcome"], answer["version"]) == ("conflict", 2)
    row = seat.get("/interactions/i1").json()
    assert answer["server"] == {**row, "field_versions": {"question": 2}}
    assert (answer["server"]["question"], answer["server"]["answer"]) == ("first", "")
    assert seat.send(late)[0]["outcome"] == "conflict"
    decided = save("i1", payload={"question": "late"}, base={"question": 2})
    assert seat.send(decided)[0]["outcome"] == "applied"


def test_a_second_new_row_with_other_values_is_a_conflict(centre: Centre) -> None:
    seat = centre.seat()
    seat.send(save("i1", payload_question="a"))
    assert seat.send(save("i1", payload_question="b"))[0]["outcome"] == "conflict"
    assert seat.send(save("i1", payload_question="a"))[0]["outcome"] == "applied"
    assert seat.get("/interactions/i1").json()["version"] == 1


def test_another_agents_interaction_may_be_edited_by_a_supervisor_only(centre: Centre) -> None:
    centre.seat().send(save("i1"))
    edit = {"payload": {"question": "b"}, "base": {"question": 1}}
    refused = centre.seat("a2").send(save("i1", author="a2", **edit))[0]
    assert refused["reason"] == "This interaction belongs to another agent."
    allowed = centre.seat("a3", "supervisor").send(save("i1", author="a3", **edit))[0]
    assert allowed["outcome"] == "applied"


def test_the_server_names_the_agent_itself(centre: Centre) -> None:
    seat = centre.seat()
    seat.send(save("i1", payload_agent_name="Somebody else"))
    assert seat.get("/interactions/i1").json()["agent_name"] == "名字1001"


def test_one_bad_operation_never_blocks_the_others(centre: Centre) -> None:
    answers = centre.seat().send(save("i1"), 17, save("i2", kind="?"), save("i3"))
    assert [answer["outcome"] for answer in answers] == [
        "applied", "rejected", "rejected", "applied",
    ]  # fmt: skip


def quote(**changed: object) -> dict[str, object]:
    return {"article_id": "k1", "version": 1, "title": "t", **changed}


REJECTED: list[tuple[dict[str, Any], str]] = [
    ({"author": "a2"}, "The author of this operation is not who is signed in."),
    ({"author": 7}, "author must be text."),
    ({"kind": "fax.save"}, "This kind of operation is not known here."),
    ({"kind": ["interaction.save"]}, "This kind of operation is not known here."),
    ({"id": ""}, "id is not an id."),
    ({"id": "x" * 65}, "id is longer than 64 characters."),
    ({"id": "a b"}, "id is not an id."),
    ({"id": None}, "id must be text."),
    ({"made_at": "yesterday"}, "made_at is not a time in UTC like 2026-05-04T03:02:01Z."),
    ({"made_at": "2026-02-30T00:00:00Z"}, "made_at is not a time in UTC"),
    ({"made_at": "2026-05-04T03:02:01+08:00"}, "made_at is not a time in UTC"),
    ({"base": [1]}, "base must be an object."),
    ({"base": 0}, "base must be an object."),
    ({"base": {"question": -1}}, "base.question must be between 0 and"),
    ({"base": {"question": 1.5}}, "base.question must be a whole number."),
    ({"base": {"colour": 1}}, "Unknown fields in base: colour."),
    ({"payload": None}, "payload must be an object."),
    ({"surprise": 1}, "Unknown parts of an operation: surprise."),
    ({"payload_id": "i2"}, "The payload is about another record than the operation."),
    ({"payload_version": 3}, "Unknown columns: version."),
    ({"payload_field_versions": "{}"}, "Unknown columns: field_versions."),
    ({"payload_colour": "red"}, "Unknown columns: colour."),
    ({"payload_agent_id": "a2"}, "A new interaction must be the author's own."),
    ({"payload_agent_id": None}, "agent_id must be text."),
    ({"payload_direction": "sideways"}, "direction must be incoming or outgoing."),
    ({"payload_direction": []}, "direction must be incoming or outgoing."),
    ({"payload_started_at": None}, "started_at must be text."),
    ({"payload_customer_id": "nobody"}, "The customer nobody is not known here."),
    ({"payload_customer_id": ""}, "customer_id is not an id."),
    ({"payload_category_id": "c9"}, "The category c9 is not known here."),
    ({"payload_quotes": [quote(article_id="k9")]}, "The article k9 is not known here."),
    ({"payload_quotes": [quote(colour="red")]}, "quotes must hold article_id, version and title"),
    ({"payload_quotes": ["k1"]}, "quotes must hold article_id, version and title"),
    ({"payload_quotes": {}}, "quotes must be a list"),
    ({"payload_quotes": [quote()] * 201}, "quotes must be a list of at most 200 articles."),
    ({"payload_quotes": [quote(version=2**63)]}, "quotes.version must be"),
    ({"payload_question": LONG + "长"}, "question is longer than 20000 characters."),
    ({"payload_question": "a\0b"}, "question contains a NUL character."),
    ({"payload_question": 5}, "question must be text."),
    ({"payload_question": None}, "question must be text."),
    ({"payload_caller_name": "x" * 60_000}, "caller_name is longer than 1000 characters."),
    ({"payload_waited_s": -1}, "waited_s must be between 0 and"),
    ({"payload_waited_s": 2**63}, "waited_s must be"),
    ({"payload_waited_s": 2**40}, "waited_s must be between 0 and"),
    ({"payload_waited_s": True}, "waited_s must be a whole number."),
    ({"payload_talk_s": 1.5}, "talk_s must be a whole number."),
    ({"payload_talk_s": "9"}, "talk_s must be a whole number."),
    ({"payload_talk_s": None}, "talk_s must be a whole number."),
]


@pytest.mark.parametrize(("changed", "reason"), REJECTED)
def test_what_cannot_be_is_rejected_with_a_reason_in_words(
    database: Database, changed: dict[str, Any], reason: str
) -> None:
    answer = apply_one(database, Identity("a1", "s", "agent", 0), save("i1", **changed), now_s=0)
    assert answer.outcome == "rejected"
    assert answer.reason.startswith(reason)
    with database.read() as connection:
        assert read_interaction(connection, "i1") is None


def test_an_incomplete_operation_is_rejected(centre: Centre) -> None:
    seat = centre.seat()
    for part in ("id", "kind", "record", "author", "made_at", "payload"):
        operation = save("i1")
        del operation[part]
        answer = seat.send(operation)[0]
        reason = f"The operation has no {part}."
        assert (answer["outcome"], answer["reason"]) == ("rejected", reason)


def test_a_new_interaction_needs_who_which_way_and_when(centre: Centre) -> None:
    seat = centre.seat()
    for part in ("agent_id", "direction", "started_at"):
        operation = save("i1")
        del operation["payload"][part]
        assert seat.send(operation)[0]["reason"] == f"A new interaction needs {part}."


def test_something_that_is_no_operation_is_rejected(centre: Centre) -> None:
    for answer in centre.seat().send(None, 5, "text", [], [[]]):
        assert (answer["id"], answer["outcome"]) == ("", "rejected")


def test_a_rejected_operation_may_come_again_mended(centre: Centre) -> None:
    seat = centre.seat()
    operation = save("i1", payload_category_id="c9")
    assert seat.send(operation)[0]["outcome"] == "rejected"
    operation["payload"]["category_id"] = "c1"
    assert seat.send(operation)[0]["outcome"] == "applied"
