"""One key saves the summary: draft, interaction and outbox entry in one transaction (step ⑦)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import orjson
from sqlalchemy import Connection, insert, select

from agent_app.domain.ids import AgentId, InteractionId, OperationId
from agent_app.domain.link import SAVE_INTERACTION, OutboxItem, OutboxState
from agent_app.domain.summary import DraftState, SummaryDraft
from agent_app.store.ahead import Sending, enqueue, one_line
from agent_app.store.customer_edits import bound_to
from agent_app.store.draft_json import decode, encode
from agent_app.store.drafts import write_draft
from agent_app.store.outbox import Outbox, item_of
from agent_app.store.tables import AnyRow, outbox, own_interactions
from agent_app.store.times import from_text, to_text, to_text_or_none
from sync.wire import Json


class Summaries:
    def __init__(self, *, outbox: Outbox, now: Callable[[], datetime]) -> None:
        self._outbox = outbox
        self._now = now

    async def save(self, draft: SummaryDraft, *, agent_id: AgentId, agent_name: str) -> OutboxItem:
        """Keep the summary for good and queue it for the server; on the disk when this returns.

        Saving the same interaction again changes nothing and gives what became of the first.
        """
        made_at = to_text(self._now())
        saved = decode(encode(replace(draft, state=DraftState.SAVED)))  # every text fit to be kept
        row = payload(saved, agent_id=agent_id, agent_name=agent_name)

        def job(connection: Connection) -> OutboxItem:
            before = _saved_before(connection, draft.interaction_id)
            if before is not None:
                return before
            write_draft(connection, saved, made_at)
            row["customer_id"], after = bound_to(connection, saved.customer_id)
            sending = Sending(
                SAVE_INTERACTION, saved.interaction_id, agent_id, made_at, row, {}, title(saved),
                after,
            )  # fmt: skip
            entry = enqueue(connection, sending)
            _insert(connection, entry, row)
            return item_of(entry)

        return await self._outbox.write(job, {SAVE_INTERACTION})


def _insert(connection: Connection, entry: AnyRow, row: Mapping[str, Json]) -> None:
    """The interaction, beside the entry that carries it."""
    connection.execute(
        insert(own_interactions).values(
            id=entry.record,
            operation_id=entry.id,
            customer_id=row["customer_id"],
            started_at=row["started_at"],
            payload=entry.payload,
            title=entry.title,
            made_at=entry.made_at,
            delivered=False,
        )
    )


def payload(draft: SummaryDraft, *, agent_id: AgentId, agent_name: str) -> dict[str, Json]:
    """The columns of the wire's ``interactions`` but ``version``."""
    call = draft.call
    return {
        "id": draft.interaction_id,
        "customer_id": draft.customer_id,
        "agent_id": agent_id,
        "agent_name": agent_name,
        "direction": call.direction.value,
        "exchange_call_id": call.exchange_call_id,
        "caller_name": call.name,
        "number": call.normal or call.number,
        "dialled": call.dialled,
        "queue": call.queue,
        "menu_path": call.menu_path,
        "waited_s": call.waited_s,
        "started_at": to_text(call.started_at),
        "answered_at": to_text_or_none(call.answered_at),
        "ended_at": to_text_or_none(call.ended_at),
        "talk_s": round(call.talked_s),
        "end_reason": "" if call.end_reason is None else call.end_reason.value,
        "category_id": draft.category_id,
        "question": draft.question,
        "answer": draft.answer,
        "basis": draft.basis,
        "follow_up": draft.follow_up,
        "customer_name": draft.customer_name,
        "quotes": [
            {"article_id": quote.article_id, "version": quote.version, "title": quote.title}
            for quote in draft.quotes
        ],
    }


def title(draft: SummaryDraft) -> str:
    """Whom and what it is about, in one line for the list of what waits."""
    whom = draft.customer_name or draft.call.name or draft.call.number
    return one_line(whom, draft.question)


def _saved_before(connection: Connection, interaction_id: InteractionId) -> OutboxItem | None:
    """What became of an earlier save; a delivered one has left the outbox."""
    waiting = connection.execute(select(outbox).where(outbox.c.record == interaction_id)).first()
    if waiting is not None:
        return item_of(waiting)
    own = connection.execute(
        select(own_interactions).where(own_interactions.c.id == interaction_id)
    ).first()
    if own is None:
        return None
    return OutboxItem(
        operation_id=OperationId(own.operation_id),
        record=interaction_id,
        kind=SAVE_INTERACTION,
        title=own.title,
        made_at=from_text(own.made_at),
        state=OutboxState.DELIVERED,
        attempts=0,
        detail="",
        author=orjson.loads(own.payload)["agent_id"],
    )
