from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
import requests

from sync.errors import BadReply, RequestRefused, ServerFailed, SessionEnded, SyncError, Unreachable
from sync.push import Pushed, push
from sync.wire import Operation, OperationResult, Outcome
from tests.sync.centre import Centre
from tests.sync.httpserver import Request, Response, refusal
from tests.sync.memory import MemoryOutbox, operation
from tests.sync.seat import remote_to


def pushed(centre: Centre, outbox: MemoryOutbox, batch: int = 50) -> Pushed:
    remote = remote_to(centre)
    try:
        return asyncio.run(push(outbox=outbox, remote=remote, author="agent-1", batch=batch))
    finally:
        remote.close()


def failed(centre: Centre, outbox: MemoryOutbox, kind: type[SyncError]) -> SyncError:
    with pytest.raises(kind) as raised:
        pushed(centre, outbox)
    return raised.value


def test_everything_due_is_delivered_in_batches_and_pushing_again_does_nothing() -> None:
    centre, outbox = Centre(), MemoryOutbox(*(operation(n) for n in range(7)))
    assert pushed(centre, outbox, batch=3) == Pushed(delivered=7)
    assert [len(batch) for batch in centre.received] == [3, 3, 1]
    assert pushed(centre, outbox) == Pushed()
    assert len(centre.received) == 3, "an empty outbox asks nothing"


def test_operations_on_one_record_go_one_at_a_time_and_in_order() -> None:
    outbox = MemoryOutbox(operation(1, "a"), operation(2, "a"), operation(3, "b"))
    centre = Centre()
    assert pushed(centre, outbox).ok
    assert centre.received == [["op-1", "op-3"], ["op-2"]]


def test_the_order_holds_even_if_the_outbox_gives_two_of_one_record() -> None:
    class Careless(MemoryOutbox):
        async def due(self, limit: int) -> Sequence[Operation]:
            return self.waiting

    centre = Centre()
    pushed(centre, Careless(operation(1, "a"), operation(2, "a")))
    assert centre.received == [["op-1"], ["op-2"]]


def test_an_outbox_that_forgets_to_settle_does_not_make_us_send_for_ever() -> None:
    class Forgetful(MemoryOutbox):
        async def settle(self, results: Sequence[OperationResult]) -> None:
            self.delivered += [result.id for result in results]

    centre = Centre()
    assert pushed(centre, Forgetful(operation(1))).delivered == 1
    assert centre.received == [["op-1"]]


def test_rejected_and_conflicting_ones_step_aside_and_the_rest_goes_on() -> None:
    centre = Centre()
    centre.outcomes = {"op-1": "rejected", "op-2": "conflict"}
    outbox = MemoryOutbox(*(operation(n) for n in range(1, 5)))
    result = pushed(centre, outbox)
    assert (result, result.ok) == (Pushed(delivered=2, set_aside=2), False)
    assert outbox.delivered == ["op-3", "op-4"]
    assert outbox.aside["op-1"].reason == "the record is closed"
    assert outbox.aside["op-2"].server == {"question": "theirs"}


def test_a_lost_reply_leads_to_one_application() -> None:
    centre, outbox = Centre(), MemoryOutbox(operation(1), operation(2))
    centre.lose_reply = True
    failed(centre, outbox, Unreachable)
    assert [op.id for op in outbox.waiting] == ["op-1", "op-2"]
    assert [attempt[0] for attempt in outbox.attempts] == ["op-1", "op-2"]
    assert pushed(centre, outbox).delivered == 2
    assert len(centre.log) == 2


@pytest.mark.parametrize("status", [400, 413, 422])
def test_one_malformed_operation_is_found_and_the_others_are_delivered(status: int) -> None:
    centre = Centre()
    centre.refuse = {"op-2": refusal(status, "malformed", "payload too odd")}
    outbox = MemoryOutbox(*(operation(n) for n in range(1, 4)))
    assert pushed(centre, outbox) == Pushed(delivered=2, set_aside=1)
    assert centre.received == [["op-1", "op-2", "op-3"], ["op-1"], ["op-2"], ["op-3"]]
    assert outbox.aside["op-2"].outcome is Outcome.REJECTED
    assert outbox.aside["op-2"].reason == "payload too odd"


def test_one_on_which_the_server_fails_stays_due_and_holds_nothing_up() -> None:
    centre = Centre()
    centre.refuse = {"op-1": Response(500, b"oops")}
    outbox = MemoryOutbox(operation(1), operation(2))
    failed(centre, outbox, ServerFailed)
    assert outbox.delivered == ["op-2"]
    assert [op.id for op in outbox.waiting] == ["op-1"]
    assert [attempt[0] for attempt in outbox.attempts] == ["op-1"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Response(403, b"<html>blocked by policy</html>"), BadReply),
        (Response(404, b"<html>no such page</html>"), BadReply),
        (Response(200, b"<html>welcome</html>"), BadReply),
        (Response(200, b'{"results": [{"id": "op-1", "outc'), BadReply),
        (Response(200, b'{"results": [{"id": "op-2", "outcome": "applied"}]}'), BadReply),
        (refusal(403, "forbidden"), RequestRefused),
    ],
)
def test_nothing_but_the_servers_own_word_sets_an_operation_aside(
    answer: Response, kind: type[SyncError]
) -> None:
    centre, outbox = Centre(), MemoryOutbox(operation(1))
    centre.intercept = lambda request: answer if request.path.endswith("operations") else None
    failed(centre, outbox, kind)
    assert [op.id for op in outbox.waiting] == ["op-1"]
    assert not outbox.aside
    assert len(outbox.attempts) == 1


def test_a_server_that_goes_away_in_the_middle_keeps_what_was_answered() -> None:
    centre, outbox = Centre(), MemoryOutbox(operation(1), operation(2))

    def leaves(request: Request) -> Response | None:
        if centre.received:
            raise requests.ConnectionError("Connection refused")
        return None

    centre.intercept = leaves
    with pytest.raises(Unreachable):
        pushed(centre, outbox, batch=1)
    assert outbox.delivered == ["op-1"]
    assert [op.id for op in outbox.waiting] == ["op-2"]


def test_an_ended_session_is_no_attempt_of_the_operation() -> None:
    centre, outbox = Centre(), MemoryOutbox(operation(1))
    remote = remote_to(centre)
    centre.access = centre.refresh_token = "void"
    with pytest.raises(SessionEnded):
        asyncio.run(push(outbox=outbox, remote=remote, author="agent-1"))
    remote.close()
    assert outbox.attempts == []


def test_the_work_of_another_agent_of_this_seat_waits_for_her() -> None:
    others = [replace(operation(n), author="agent-2") for n in range(7)]
    outbox = MemoryOutbox(*others, operation(8), operation(9))
    centre = Centre()
    assert pushed(centre, outbox, batch=2).delivered == 2
    assert [number for batch in centre.received for number in batch] == ["op-8", "op-9"]
    assert outbox.waiting == others
    assert pushed(centre, outbox, batch=2) == Pushed()
