"""A draft with its call, as JSON in one column: it must come back whole after a crash (step ⑥).

Fields are named one by one, so that renaming a field of the domain cannot silently lose the drafts
of a running shift: the tests compare both lists.
"""

from __future__ import annotations

from dataclasses import asdict
from enum import Enum
from typing import Any

import orjson

from agent_app.domain.calls import Call, CallState, Direction, EndReason
from agent_app.domain.customers import QuotedArticle
from agent_app.domain.ids import ArticleId, CategoryId, CustomerId, InteractionId
from agent_app.domain.summary import (
    CategoryReason,
    CategorySource,
    DraftState,
    SummaryDraft,
    SummaryField,
)
from agent_app.store.times import from_text, from_text_or_none

_NUL = b"\\u0000"


def encode(draft: SummaryDraft) -> str:
    """orjson writes frozen dataclasses, times with their zone, and enums by value.

    Half a character (a lone surrogate, as a widget may hand over) becomes U+FFFD and a NUL a
    space: neither a file nor the server takes them, and the words around them must not be lost.
    """
    try:
        body = orjson.dumps(draft, default=sorted)
    except orjson.JSONEncodeError:
        body = orjson.dumps(_whole(asdict(draft)))
    return body.decode() if _NUL not in body else orjson.dumps(_whole(asdict(draft))).decode()


def _whole(value: object) -> object:
    """``value`` with every text in it fit to be kept."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        pairs = value.replace("\0", " ").encode("utf-16-le", "surrogatepass")
        return pairs.decode("utf-16-le", "replace")
    if isinstance(value, dict):
        return {key: _whole(one) for key, one in value.items()}
    if isinstance(value, tuple | frozenset):
        return [_whole(one) for one in value]
    return value


def decode(body: str) -> SummaryDraft:
    """Raises ValueError or KeyError for a body that ``encode`` did not write."""
    values: dict[str, Any] = orjson.loads(body)
    customer_id, category_id = values["customer_id"], values["category_id"]
    return SummaryDraft(
        interaction_id=InteractionId(values["interaction_id"]),
        call=_call(values["call"]),
        state=DraftState(values["state"]),
        customer_id=None if customer_id is None else CustomerId(customer_id),
        customer_name=values["customer_name"],
        category_id=None if category_id is None else CategoryId(category_id),
        question=values["question"],
        answer=values["answer"],
        basis=values.get("basis", ""),
        follow_up=values["follow_up"],
        quotes=tuple(
            QuotedArticle(ArticleId(quote["article_id"]), quote["version"], quote["title"])
            for quote in values["quotes"]
        ),
        hers=frozenset(SummaryField(name) for name in values["hers"]),
        edited_at=from_text_or_none(values["edited_at"]),
        taken=frozenset(SummaryField(name) for name in values.get("taken", ())),
        category_reason=_reason(values.get("category_reason")),
        parked=values.get("parked", False),
        asks_who=values.get("asks_who", False),
        nobody=values.get("nobody", False),
    )


def _reason(values: dict[str, Any] | None) -> CategoryReason | None:
    if values is None:
        return None
    return CategoryReason(CategorySource(values["source"]), values["detail"])


def _call(values: dict[str, Any]) -> Call:
    end_reason = values["end_reason"]
    return Call(
        interaction_id=InteractionId(values["interaction_id"]),
        direction=Direction(values["direction"]),
        state=CallState(values["state"]),
        name=values["name"],
        number=values["number"],
        normal=values["normal"],
        anonymous=values["anonymous"],
        dialled=values["dialled"],
        queue=values["queue"],
        menu_path=values["menu_path"],
        waited_s=values["waited_s"],
        exchange_call_id=values["exchange_call_id"],
        started_at=from_text(values["started_at"]),
        answered_at=from_text_or_none(values["answered_at"]),
        ended_at=from_text_or_none(values["ended_at"]),
        started_monotonic_s=values["started_monotonic_s"],
        answered_monotonic_s=values["answered_monotonic_s"],
        talked_s=values["talked_s"],
        muted=values["muted"],
        held_by_caller=values["held_by_caller"],
        end_reason=None if end_reason is None else EndReason(end_reason),
        end_detail=values["end_detail"],
        end_status=values.get("end_status", 0),
        encrypted=values.get("encrypted"),
        in_conference=values.get("in_conference", False),
        consults_for=values.get("consults_for"),
        transferred_by=values.get("transferred_by", ""),
        returned=values.get("returned", ""),
    )
