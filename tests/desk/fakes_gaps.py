"""Stand-ins for where gap reports and notices are kept, and for the server that knows readers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from agent_app.domain.gaps import (
    GapAnswer,
    GapArticle,
    GapForm,
    GapLists,
    GapReport,
    GapState,
)
from agent_app.domain.ids import AgentId, ArticleId, NoticeId, ReportId
from agent_app.domain.knowledge import SearchHit
from agent_app.domain.notices import Notice, NoticeForm
from agent_app.store.errors import StoreError
from sync.errors import SyncError, Unreachable
from sync.notices import NoticeReader
from tests.desk.fakes import HandClock

AN_ARTICLE = GapArticle(ArticleId("k1"), 3, "子女教育专项附加扣除标准")


def a_report(report_id: str = "g1", **changes: object) -> GapReport:
    """Made by a colleague two hours ago, for nobody in particular."""
    at = HandClock().now() - timedelta(hours=2)
    report = GapReport(
        report_id=ReportId(report_id), version=1, state=GapState.OPEN, asked="几岁开始扣？",
        missing="没有写从几岁开始", reporter_id=AgentId("a7"), reporter_name="李娜",
        owner_id=AgentId(""), owner_name="", reported_at=at, changed_at=at, article=AN_ARTICLE,
    )  # fmt: skip
    return replace(report, **changes)  # type: ignore[arg-type]


def my_answered(report_id: str = "g1", **changes: object) -> GapReport:
    """Hers, answered with an article by the editor."""
    mine: dict[str, object] = {
        "reporter_id": AgentId("a1"), "state": GapState.ANSWERED, "owner_id": AgentId("a9"),
        "owner_name": "严思源", "outcome": "满三周岁当月起", "outcome_article": AN_ARTICLE,
    }  # fmt: skip
    return a_report(report_id, **(mine | changes))


class FakeGaps:
    """Keeps what it is given, or fails with ``fault``.

    ``gate`` holds up keeping, ``slow`` sending.
    """

    def __init__(self) -> None:
        self.found = GapLists()
        self.sent: list[GapForm] = []
        self.decided: list[GapAnswer] = []
        self.seen: list[str] = []
        self.forms: dict[str, GapForm] = {}
        self.answers: dict[str, str] = {}
        self.fault = ""
        self.gate: asyncio.Event | None = None
        self.slow: asyncio.Event | None = None

    def _check(self) -> None:
        if self.fault:
            raise StoreError(self.fault)

    async def lists(self, agent_id: AgentId) -> GapLists:
        self._check()
        news = tuple(one for one in self.found.news if one.report_id not in self.seen)
        return replace(self.found, news=news)

    async def report(self, form: GapForm, *, agent_id: AgentId) -> None:
        if self.slow is not None:
            await self.slow.wait()
        self._check()
        self.sent.append(form)
        self.forms.pop(form.about, None)

    async def decide(self, answer: GapAnswer, *, title: str, agent_id: AgentId) -> None:
        self._check()
        self.decided.append(answer)
        self.answers.pop(answer.report_id, None)

    async def mark_seen(self, report_ids: Iterable[ReportId]) -> None:
        self._check()
        self.seen += report_ids

    async def find(self, text: str) -> tuple[SearchHit, ...]:
        return (SearchHit(ArticleId("k2"), 5, text, "个税", "", (), valid=True),)

    async def keep_form(self, form: GapForm) -> None:
        if self.gate is not None:
            await self.gate.wait()
        self._check()
        self.forms[form.about] = form

    async def typed_form(self, form: GapForm) -> GapForm | None:
        self._check()
        return self.forms.get(form.about)

    async def drop_form(self, form: GapForm) -> None:
        self._check()
        self.forms.pop(form.about, None)

    async def keep_answer(self, report_id: ReportId, outcome: str) -> None:
        self._check()
        self.answers[report_id] = outcome

    async def typed_answer(self, report_id: ReportId) -> str:
        self._check()
        return self.answers.get(report_id, "")


def a_notice(notice_id: str = "n1", **changes: object) -> Notice:
    """Published an hour ago, must be read, holds for good."""
    notice = Notice(
        NoticeId(notice_id), 1, "征期延长至 16 日", "按 16 日答复，不要说 15 日。", must_read=True,
        author_name="王强", published_at=HandClock().now() - timedelta(hours=1),
    )  # fmt: skip
    return replace(notice, **changes)  # type: ignore[arg-type]


class FakeNotices:
    """Notices, reads and a form in memory; the server's side with ``others``."""

    def __init__(self) -> None:
        self.rows: tuple[Notice, ...] = ()
        self.told: list[str] = []
        self.forms: dict[str, NoticeForm] = {}
        self.saved: list[NoticeForm] = []
        self.elsewhere: dict[str, str] = {}
        self.others: tuple[NoticeReader, ...] = ()
        self.away: SyncError | None = None
        self.fault = ""
        self.gate: asyncio.Event | None = None
        self.clock = HandClock()

    def _check(self) -> None:
        if self.fault:
            raise StoreError(self.fault)

    def go(self) -> None:
        self.away = Unreachable("nobody answers")

    async def all(self) -> tuple[Notice, ...]:
        self._check()
        return self.rows

    async def read(self, notice: Notice, *, agent_id: AgentId) -> None:
        self._check()
        self.told.append(notice.notice_id)
        self._mark(notice.notice_id)

    async def note_reads(self, reads: Mapping[str, str]) -> bool:
        self._check()
        for notice_id in reads:
            self._mark(notice_id)
        return bool(reads)

    async def save(self, form: NoticeForm, *, agent_id: AgentId) -> None:
        self._check()
        self.saved.append(form)
        self.forms.pop(form.about, None)

    async def keep_form(self, form: NoticeForm) -> None:
        if self.gate is not None:
            await self.gate.wait()
        self._check()
        self.forms[form.about] = form

    async def typed_form(self, form: NoticeForm) -> NoticeForm | None:
        self._check()
        return self.forms.get(form.about)

    async def drop_form(self, form: NoticeForm) -> None:
        self._check()
        self.forms.pop(form.about, None)

    async def own_reads(self) -> Mapping[str, str]:
        if self.away is not None:
            raise self.away
        return self.elsewhere

    async def readers(self, notice_id: str) -> Sequence[NoticeReader]:
        if self.away is not None:
            raise self.away
        return self.others

    def _mark(self, notice_id: str) -> None:
        now = self.clock.now()
        self.rows = tuple(
            replace(one, read_at=now) if one.notice_id == notice_id else one for one in self.rows
        )
