"""Deliver what the seat did and the server does not have yet (step ⑧).

Exactly once is made of three things: an operation stays in the outbox until an answer is stored,
the server remembers operations by id, and on one record only one operation is under way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sync.errors import RequestRefused, ServerFailed, SessionEnded, SyncError
from sync.ports import Outbox
from sync.remote import Remote
from sync.wire import Operation, OperationResult, Outcome

_DELIVERED = frozenset({Outcome.APPLIED, Outcome.ALREADY_APPLIED})


@dataclass(frozen=True, slots=True)
class Pushed:
    """What one push came to. ``set_aside`` counts operations that wait for a person now."""

    delivered: int = 0
    set_aside: int = 0

    @property
    def ok(self) -> bool:
        return self.set_aside == 0


async def push(*, outbox: Outbox, remote: Remote, author: str, batch: int = 50) -> Pushed:
    """Send what is due of ``author``, batch by batch, until nothing is.

    The server takes an operation only from its author's session. On a seat that several agents
    share, the others' work therefore waits, untouched, until they sign in again.

    Rejected and conflicting operations step aside and the rest goes on. Raises SyncError when the
    server cannot be talked to now; what is unanswered stays due, with the attempt counted.
    """
    settled: set[str] = set()
    results: list[OperationResult] = []
    while due := _one_per_record(await _due(outbox, author, batch), settled):
        answers = await _deliver(due, outbox, remote)
        results += answers
        settled.update(answer.id for answer in answers)
    delivered = sum(result.outcome in _DELIVERED for result in results)
    return Pushed(delivered, len(results) - delivered)


async def _due(outbox: Outbox, author: str, batch: int) -> list[Operation]:
    """The author's oldest operations, looked for behind any number of other people's."""
    looked_at = batch
    while True:
        found = await outbox.due(looked_at)
        own = [operation for operation in found if operation.author == author]
        if own or len(found) < looked_at:
            return own[:batch]
        looked_at *= 2


def _one_per_record(due: Iterable[Operation], settled: set[str]) -> list[Operation]:
    """The first operation of each record, whatever the outbox says: order is kept even if it errs.

    One that was settled in this push is not sent again, or an outbox that forgets to take it out
    would make us send it for ever.
    """
    first: dict[str, Operation] = {}
    for operation in due:
        if operation.id not in settled:
            first.setdefault(operation.record, operation)
    return list(first.values())


async def _deliver(
    due: Sequence[Operation], outbox: Outbox, remote: Remote
) -> list[OperationResult]:
    """Send one batch and store its answers; if the batch as a whole is refused, one by one."""
    try:
        answers = list(await remote.operations(due))
    except (RequestRefused, ServerFailed) as error:
        if len(due) > 1:
            return await _deliver_singly(due, outbox, remote)
        if isinstance(error, RequestRefused) and error.status in (400, 413, 422):
            answers = [OperationResult(due[0].id, Outcome.REJECTED, reason=str(error))]
        else:
            await outbox.count_attempt([due[0].id], str(error))
            raise
    except SessionEnded:
        raise
    except SyncError as error:
        await outbox.count_attempt([operation.id for operation in due], str(error))
        raise
    await outbox.settle(answers)
    return answers


async def _deliver_singly(
    due: Sequence[Operation], outbox: Outbox, remote: Remote
) -> list[OperationResult]:
    """Find out which operation the server cannot take, and deliver the others.

    One on which the server itself fails (500) stays due; its error is raised after the others.
    """
    answers: list[OperationResult] = []
    failure: ServerFailed | None = None
    for operation in due:
        try:
            answers += await _deliver([operation], outbox, remote)
        except ServerFailed as error:
            failure = error
    if failure is not None:
        raise failure
    return answers
