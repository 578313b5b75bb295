"""The draft that is open on the desk, and where drafts are kept (step ⑥)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from agent_app.domain.editing import (
    ArticleDraft,
    DraftForm,
    DraftOverview,
    DraftProblem,
    DraftState,
)
from agent_app.domain.ids import AgentId
from agent_app.domain.knowledge import Article, Attachment


class DraftKeeper(Protocol):
    """Where drafts are kept (``agent_app.store.editing``)."""

    async def overview(self) -> DraftOverview: ...

    async def draft(self, draft_id: str) -> ArticleDraft | None: ...

    async def typed_form(self, draft_id: str) -> DraftForm | None: ...

    async def keep(self, form: DraftForm) -> None: ...

    async def drop(self, draft_id: str) -> None: ...

    async def save(self, form: DraftForm, *, state: DraftState, agent_id: AgentId) -> None: ...

    async def move(
        self, draft: ArticleDraft, state: DraftState, *, agent_id: AgentId, remark: str = ""
    ) -> None: ...

    async def publish(
        self, draft: ArticleDraft, *, files: tuple[str, ...], agent_id: AgentId
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Editing:
    """What is open. ``draft`` None: never saved. ``article`` is the version in force, if there is
    one, with its ``files``; ``typed``: ``form`` holds words that were not saved; ``restored``:
    from before."""

    form: DraftForm
    draft: ArticleDraft | None = None
    article: Article | None = None
    files: tuple[Attachment, ...] = ()
    typed: bool = False
    restored: bool = False
    wrong: Mapping[str, DraftProblem] = field(default_factory=dict)
    fault: str = ""
