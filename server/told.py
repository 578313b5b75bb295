"""Who was told an answer that has changed since: the list of people to call back (step ⑨).

A call counts by the newest version that it quoted. Who was told the new answer later says so, by
the customer or else by the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from server.tables import articles, customers, interactions, quoted_articles

_quoted = quoted_articles.alias("newer")
_later = interactions.alias("later")


@dataclass(frozen=True, slots=True)
class Asked:
    """``before``: the ``next`` of the page before, "" for the first; ``people``: with rows."""

    article_id: str
    before_version: int
    before: str
    limit: int
    people: bool


def read_told(connection: Connection, asked: Asked) -> dict[str, object] | None:
    """Counts, by agent, and a page of calls, newest first; None when there is no such article."""
    known = select(articles.c.id).where(articles.c.id == asked.article_id)
    if connection.execute(known).first() is None:
        return None
    older = (
        quoted_articles.c.article_id == asked.article_id,
        quoted_articles.c.version < asked.before_version,
    )
    counted = connection.execute(
        select(interactions.c.agent_id, func.max(interactions.c.agent_name), func.count())
        .join(quoted_articles, quoted_articles.c.interaction_id == interactions.c.id)
        .where(*older)
        .group_by(interactions.c.agent_id)
        .order_by(func.count().desc(), interactions.c.agent_id)
    ).all()
    rows, next_ = _page(connection, asked, older) if asked.people else ([], "")
    return {
        "total": sum(count for _, _, count in counted),
        "agents": [
            {"agent_id": agent_id, "agent_name": name, "calls": count}
            for agent_id, name, count in counted
        ],
        "people": asked.people,
        "rows": rows,
        "next": next_,
    }


def _page(
    connection: Connection, asked: Asked, older: Sequence[ColumnElement[bool]]
) -> tuple[list[dict[str, object]], str]:
    at, call = quoted_articles.c.started_at, quoted_articles.c.interaction_id
    conditions = list(older)
    if asked.before:
        time, _, last = asked.before.partition(" ")
        conditions.append(or_(at < time, (at == time) & (call < last)))
    found = connection.execute(
        select(interactions, quoted_articles.c.version.label("told"), customers.c.name)
        .join(quoted_articles, call == interactions.c.id)
        .outerjoin(customers, customers.c.id == interactions.c.customer_id)
        .where(*conditions)
        .order_by(at.desc(), call.desc())
        .limit(asked.limit + 1)
    ).all()
    page = found[: asked.limit]
    corrected = _corrected(connection, asked, page)
    rows = [
        {
            "interaction_id": row.id, "started_at": row.started_at, "agent_id": row.agent_id,
            "agent_name": row.agent_name, "customer_id": row.customer_id,
            "customer_name": row.name or row.customer_name or row.caller_name,
            "number": row.number, "version": row.told,
            "corrected_at": _since(row, corrected),
        }
        for row in page
    ]  # fmt: skip
    last = f"{page[-1].started_at} {page[-1].id}" if len(found) > asked.limit else ""
    return rows, last


def _corrected(
    connection: Connection, asked: Asked, page: Sequence[Row[*tuple[Any, ...]]]
) -> dict[str, str]:
    """The last time that each customer, and each number, was told the newer answer."""
    people = {row.customer_id for row in page if row.customer_id}
    numbers = {row.number for row in page if row.number}
    told = connection.execute(
        select(_later.c.customer_id, _later.c.number, _later.c.started_at)
        .join(_quoted, _quoted.c.interaction_id == _later.c.id)
        .where(
            _quoted.c.article_id == asked.article_id,
            _quoted.c.version >= asked.before_version,
            or_(_later.c.customer_id.in_(people), _later.c.number.in_(numbers)),
        )
        .order_by(_later.c.started_at)
    )
    found: dict[str, str] = {}
    for customer_id, number, started_at in told:
        found |= dict.fromkeys((name for name in (customer_id, number) if name), started_at)
    return found


def _since(row: Row[*tuple[Any, ...]], corrected: dict[str, str]) -> str | None:
    at = corrected.get(row.customer_id or row.number, "")
    return at if at > row.started_at else None
