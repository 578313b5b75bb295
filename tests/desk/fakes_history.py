"""A history to look through, without files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from agent_app.domain.calls import Direction
from agent_app.domain.customers import QuotedArticle
from agent_app.domain.grades import Grade
from agent_app.domain.ids import ArticleId, CategoryId, CustomerId
from agent_app.domain.records import (
    Record,
    RecordDetails,
    RecordFilter,
    RecordPage,
    RecordPlace,
    RecordState,
)
from agent_app.store.errors import StoreError

BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_record(minute: int = 1, /, **changes: object) -> Record:
    """The call of that minute before ``BEGAN``; half of them with the same person."""
    whole = Record(
        record_id=f"i-{minute}",
        state=RecordState.DELIVERED,
        started_at=BEGAN - timedelta(minutes=minute),
        direction=Direction.INCOMING,
        name="张伟",
        number="+8613800138000",
        agent_id="a1",
        agent_name="李娜",
        queue="咨询",
        category_id=CategoryId("01.01"),
        question="子女教育怎么扣",
        answered=True,
        talk_s=65,
        customer_id=CustomerId("c-1"),
        name_now="张伟",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def details_of(record: Record) -> RecordDetails:
    return RecordDetails(
        record=record,
        dialled="12366",
        menu_path="2-1",
        waited_s=12,
        answered_at=record.started_at + timedelta(seconds=5),
        ended_at=record.started_at + timedelta(seconds=70),
        end_reason="caller-hung-up",
        category="专项附加扣除",
        answer="每月2000元。",
        quotes=(QuotedArticle(ArticleId("a-1"), 3, "子女教育专项附加扣除标准"),),
    )


class FakeHistory:
    """Answers page after page out of ``pages``; remembers what was asked; fails with ``fault``."""

    def __init__(self, *pages: Sequence[Record]) -> None:
        self.pages = [tuple(page) for page in pages] or [()]
        self.asked: list[tuple[RecordFilter, int]] = []
        self.grades: dict[str, Grade] = {}
        self.fault: StoreError | None = None

    async def page(self, wanted: RecordFilter, place: RecordPlace | None = None) -> RecordPage:
        if self.fault is not None:
            raise self.fault
        at = 0 if place is None else place.row
        self.asked.append((wanted, at))
        last = at + 1 == len(self.pages)
        looked_to = None if last else BEGAN - timedelta(days=at + 1)
        return RecordPage(
            self.pages[at], None if last else RecordPlace("before", at + 1), looked_to
        )

    async def details(self, record_id: str) -> RecordDetails | None:
        if self.fault is not None:
            raise self.fault
        known = (record for page in self.pages for record in page if record.record_id == record_id)
        found = next(known, None)
        if found is None:
            return None
        return replace(details_of(found), grade=self.grades.get(record_id))
