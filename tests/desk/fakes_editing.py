"""Drafts in memory, and a server that says who was told what."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from agent_app.desk.article_files import ArticleFiles
from agent_app.desk.editing import KnowledgeEditing
from agent_app.desk.proofs import Proofs
from agent_app.desk.told import ToldCallers
from agent_app.domain.editing import (
    ArticleDraft,
    DraftForm,
    DraftOverview,
    DraftState,
    DraftWords,
    Editor,
)
from agent_app.domain.ids import AgentId, ArticleId, CategoryId
from agent_app.domain.knowledge import Article, Attachment, Reading, SearchHit
from agent_app.runtime.clock import Clock
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import DiskFullError, StoreError
from sync.errors import SyncError
from sync.told import DraftFileRow, ToldPage, ToldRow

T = TypeVar("T")
ME, OTHER = AgentId("a1"), AgentId("a2")
AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
WORDS = DraftWords(
    category_id=CategoryId("01"), title="小规模纳税人增值税",
    answer="**月销售额 10 万元**以下免征。",
    basis="财政部公告 2023 年第 19 号", region="全国", valid_from="2026-01-01", owner_id="a2",
)  # fmt: skip
ARTICLE = Article(
    ArticleId("k1"), 3, CategoryId("01"), "小规模纳税人增值税", "免税吗？",
    "月销售额 15 万元以下免征。",
    "财政部公告", "免税", "全国", date(2023, 1, 1), None, sample=False, pinyin="", initials="",
    owner_id="a2", owner_name="孙丽",
)  # fmt: skip


def a_draft(draft_id: str = "d1", **facts: object) -> ArticleDraft:
    """A draft of ARTICLE by somebody else, in review."""
    form = DraftForm(draft_id, WORDS, "k1", 3, 2)
    base = ArticleDraft(form, DraftState.IN_REVIEW, OTHER, "孙丽", "", "", AT, article_version=3)
    return replace(base, **facts)  # type: ignore[arg-type]


class FakeDrafts:
    """Keeps what it is told; ``error`` is raised by every write.

    ``meanwhile`` happens during the next write, which ``save_fails`` lets fail after it.
    """

    def __init__(self, *drafts: ArticleDraft, people: int = 2) -> None:
        self.drafts = {one.draft_id: one for one in drafts}
        self.people = people
        self.typed: dict[str, DraftForm] = {}
        self.did: list[tuple[object, ...]] = []
        self.error: StoreError | None = None
        self.meanwhile: Callable[[], None] | None = None
        self.save_fails = False
        self.seen: tuple[str, ...] = ()
        self.articles = {ARTICLE.article_id: ARTICLE}
        self.files: tuple[Attachment, ...] = ()

    async def overview(self) -> DraftOverview:
        fresh = [
            replace(a_draft(name), form=form, state=DraftState.WRITING, typed=True)
            for name, form in self.typed.items()
            if name not in self.drafts
        ]
        known = [replace(one, typed=one.draft_id in self.typed) for one in self.drafts.values()]
        return DraftOverview((*known, *fresh), self.people, (("a2", "孙丽"),))

    async def draft(self, draft_id: str) -> ArticleDraft | None:
        return self.drafts.get(draft_id)

    async def typed_form(self, draft_id: str) -> DraftForm | None:
        return self.typed.get(draft_id)

    async def keep(self, form: DraftForm) -> None:
        await self._write()
        self.typed[form.draft_id] = form

    async def drop(self, draft_id: str) -> None:
        await self._write()
        self.typed.pop(draft_id, None)

    async def save(self, form: DraftForm, *, state: DraftState, agent_id: AgentId) -> None:
        await self._write()
        self.did.append(("save", form.draft_id, state))
        self.typed.pop(form.draft_id, None)
        before = self.drafts.get(form.draft_id, a_draft(form.draft_id))
        self.drafts[form.draft_id] = replace(
            before, form=replace(form, version=form.version + 1), state=state, author_id=agent_id
        )

    async def move(
        self, draft: ArticleDraft, state: DraftState, *, agent_id: AgentId, remark: str = ""
    ) -> None:
        await self._write()
        self.did.append(("move", draft.draft_id, state, remark))
        self.drafts[draft.draft_id] = replace(draft, state=state, remark=remark)

    async def publish(
        self, draft: ArticleDraft, *, files: tuple[str, ...], agent_id: AgentId
    ) -> None:
        await self._write()
        self.seen = files
        self.did.append(("publish", draft.draft_id, draft.form.version))
        self.drafts[draft.draft_id] = replace(draft, publishing=True)

    async def reading(self, article_id: ArticleId) -> Reading | None:
        article = self.articles.get(article_id)
        return None if article is None else Reading(article, attachments=self.files)

    async def find(self, text: str) -> tuple[SearchHit, ...]:
        return (
            SearchHit(ARTICLE.article_id, 3, f"{ARTICLE.title} {text}", "增值税", "", (), True),
        )

    async def _write(self) -> None:
        if self.error is not None:
            raise self.error
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
            if self.save_fails:
                raise DiskFullError(Path("work.db"))


class FakeKnowledgeServer:
    """Three callers in two pages; ``error`` is raised instead."""

    def __init__(self) -> None:
        self.error: SyncError | None = None
        self.people = True
        self.asked: list[tuple[str, int, str]] = []
        self.files: dict[str, DraftFileRow] = {}

    async def told(self, article_id: str, before_version: int, before: str) -> ToldPage:
        if self.error is not None:
            raise self.error
        self.asked.append((article_id, before_version, before))
        rows = [_told(number) for number in range(3)]
        page = rows[2:] if before else rows[:2]
        return ToldPage(
            3, (("李娜", 2), ("王强", 1)), self.people,
            tuple(page) if self.people else (), "" if before or not self.people else "more",
        )  # fmt: skip

    async def draft_files(self, draft_id: str) -> tuple[DraftFileRow, ...]:
        if self.error is not None:
            raise self.error
        return tuple(self.files.values())

    async def add_file(self, draft_id: str, name: str, content: bytes) -> None:
        if self.error is not None:
            raise self.error
        digest = hashlib.sha256(content).hexdigest()
        row = DraftFileRow(f"{draft_id}-{name}", name, "", len(content), digest, "added")
        self.files[row.file_id] = row

    async def change_file(self, draft_id: str, file_id: str, *, kept: bool) -> None:
        if self.error is not None:
            raise self.error
        row = self.files[file_id]
        self.files[file_id] = replace(row, change="" if kept else "removed")


def _told(number: int) -> ToldRow:
    return ToldRow(
        f"i{number}", f"2026-11-1{9 - number}T01:00:00Z", "李娜", "杭州西湖电子商务有限责任公司",
        f"+861380013800{number}", 2, "2026-11-19T03:00:00Z" if number == 1 else "",
    )  # fmt: skip


async def at_once(work: Callable[[], T], /) -> T:
    return work()


@dataclass
class EditingRig:
    """The editors' side of a seat over a store and a server in memory."""

    drafts: FakeDrafts
    server: FakeKnowledgeServer
    editing: KnowledgeEditing
    told: ToldCallers
    files: ArticleFiles


def editing_rig(
    clock: Clock, tasks: Tasks, *, role: str = "knowledge-editor", drafts: FakeDrafts | None = None
) -> EditingRig:
    """What agent a1 in that role has."""
    drafts, server = drafts or FakeDrafts(), FakeKnowledgeServer()
    files = ArticleFiles(server=server, tasks=tasks)
    editing = KnowledgeEditing(
        keeper=drafts, reading=drafts.reading, find=drafts.find, who=Editor(ME, role),
        proofs=Proofs(tasks=tasks, worker=at_once), files=files, clock=clock, tasks=tasks,
    )  # fmt: skip
    return EditingRig(
        drafts, server, editing, ToldCallers(source=server, tasks=tasks), files,
    )  # fmt: skip
