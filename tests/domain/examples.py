"""One call, one draft, one article to build the tests' cases from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from agent_app.domain.calls import Call, CallState, Direction
from agent_app.domain.ids import ArticleId, CategoryId, InteractionId
from agent_app.domain.knowledge import Article
from agent_app.domain.summary import SummaryDraft

RANG_AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def call(**changes: Any) -> Call:
    ringing = Call(
        interaction_id=InteractionId("i-1"),
        direction=Direction.INCOMING,
        state=CallState.RINGING,
        name="张伟",
        number="13800138000",
        normal="+8613800138000",
        anonymous=False,
        dialled="12366",
        queue="咨询",
        menu_path="2-1",
        waited_s=42,
        exchange_call_id="x-1",
        started_at=RANG_AT,
    )
    return replace(ringing, **changes)


def draft(**changes: Any) -> SummaryDraft:
    ringing = call()
    return replace(SummaryDraft(ringing.interaction_id, ringing), **changes)


def article(name: str = "a-1", **changes: Any) -> Article:
    valid = Article(
        article_id=ArticleId(name),
        version=3,
        category_id=CategoryId("01.01"),
        title="子女教育专项附加扣除标准",
        question="子女教育每个月能扣多少？",
        answer="每个子女每月2000元。",
        basis="",
        keywords="孩子上学抵税",
        region="",
        valid_from=date(2023, 1, 1),
        valid_until=None,
        sample=True,
        pinyin="",
        initials="",
    )
    return replace(valid, **changes)
