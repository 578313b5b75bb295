"""Rows of both files as records of the history (step ⑥)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

import orjson

from agent_app.domain.calls import Direction
from agent_app.domain.customers import QuotedArticle
from agent_app.domain.grades import Grade
from agent_app.domain.ids import ArticleId, CategoryId, CustomerId
from agent_app.domain.records import Record, RecordDetails, RecordFilter, RecordState, says
from agent_app.store.tables import AnyRow
from agent_app.store.times import from_text, from_text_or_none, to_text

Values = Mapping[str, object]
"""Columns of the wire's ``interactions``, or of a call, by name."""


def record_of(values: Values, state: RecordState, name_now: str = "") -> Record:
    """``values`` are an interaction's, of the cache or as this seat saved it."""
    customer, category = values.get("customer_id"), values.get("category_id")
    return Record(
        record_id=str(values["id"]),
        state=state,
        started_at=from_text(str(values["started_at"])),
        direction=_direction(values["direction"]),
        name=str(values.get("customer_name") or values["caller_name"]),
        number=str(values["number"]),
        agent_id=str(values["agent_id"]),
        agent_name=str(values["agent_name"]),
        queue=str(values["queue"]),
        category_id=CategoryId(str(category)) if category else None,
        question=str(values["question"]),
        answered=bool(values["answered_at"]),
        talk_s=int(str(values["talk_s"])),
        customer_id=CustomerId(str(customer)) if customer else None,
        name_now=name_now,
    )


def details_of(
    values: Values, record: Record, *, category: str, grade: Grade | None
) -> RecordDetails:
    waited = values["waited_s"]
    return RecordDetails(
        record=record,
        caller_name=str(values["caller_name"]),
        dialled=str(values["dialled"]),
        menu_path=str(values["menu_path"]),
        waited_s=None if waited is None else int(str(waited)),
        answered_at=_moment(values["answered_at"]),
        ended_at=_moment(values["ended_at"]),
        end_reason=str(values["end_reason"]),
        category=category,
        answer=str(values["answer"]),
        follow_up=str(values["follow_up"]),
        basis=str(values.get("basis") or ""),
        quotes=_quotes(values["quotes"]),
        grade=grade,
    )


def call_record(row: AnyRow) -> Record:
    """A call of this seat that has no interaction."""
    return Record(
        record_id=row.id,
        state=RecordState.CALL_ONLY,
        started_at=from_text(row.started_at),
        direction=_direction(row.direction),
        name=row.name,
        number=row.normal or row.number,
        agent_id="",
        agent_name="",
        queue=row.queue,
        category_id=None,
        question="",
        answered=row.answered_at is not None,
        talk_s=row.talk_s,
    )


def call_details(row: AnyRow) -> RecordDetails:
    return RecordDetails(
        record=call_record(row),
        caller_name=row.name,
        answered_at=from_text_or_none(row.answered_at),
        ended_at=from_text_or_none(row.ended_at),
        end_reason=row.end_reason,
        transferred_to=row.transferred_to,
    )


def fits(record: Record, texts: tuple[str, ...], wanted: RecordFilter) -> bool:
    """Whether the filter lets a record of this seat through; the cache's are asked in SQL.

    A call without an interaction is hers, and of no category.
    """
    sought, started_at = wanted.sought, to_text(record.started_at)
    return (
        (not wanted.states or record.state in wanted.states)
        and (wanted.since is None or started_at >= to_text(wanted.since))
        and (wanted.until is None or started_at < to_text(wanted.until))
        and (not wanted.agent_id or record.agent_id in ("", wanted.agent_id))
        and (wanted.direction is None or record.direction is wanted.direction)
        and (not wanted.queue or record.queue == wanted.queue)
        and (not wanted.categories or record.category_id in wanted.categories)
        and (wanted.answered is None or record.answered is wanted.answered)
        and (not sought.number or record.number == sought.number)
        and says(sought.words, (record.name, *texts), record.number)
    )


def _direction(word: object) -> Direction:
    """A word that a newer server invents came in from outside, as most calls do."""
    return Direction.OUTGOING if word == Direction.OUTGOING.value else Direction.INCOMING


def _moment(value: object) -> datetime | None:
    return from_text(str(value)) if value else None


def _quotes(value: object) -> tuple[QuotedArticle, ...]:
    """Of the cache as JSON text, of this seat as a list; one that is no quote is left out."""
    items = orjson.loads(value) if isinstance(value, str) and value else value
    found = []
    for item in items if isinstance(items, list) else ():
        with suppress(KeyError, TypeError, ValueError):
            found.append(
                QuotedArticle(
                    ArticleId(str(item["article_id"])), int(item["version"]), str(item["title"])
                )
            )
    return tuple(found)
