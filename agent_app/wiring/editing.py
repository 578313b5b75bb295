"""Connects writing and reviewing answers with store, search and server (steps ⑥ to ⑧)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent_app.desk.article_files import ArticleFiles
from agent_app.desk.editing import KnowledgeEditing
from agent_app.desk.proofs import Proofs
from agent_app.desk.told import ToldCallers
from agent_app.domain.editing import Editor
from agent_app.domain.ids import AgentId
from agent_app.domain.link import PUBLISH_DRAFT, SAVE_DRAFT
from agent_app.wiring.ground import Ground
from agent_app.wiring.library import FindArticles
from agent_app.wiring.news import about, at_the_end
from sync.told import KnowledgeServer

DRAFT_KINDS = (SAVE_DRAFT, PUBLISH_DRAFT)
EDITED_TABLES = ("article_drafts", "articles", "attachments", "settings")


@dataclass(frozen=True, slots=True)
class EditingParts:
    """The editors' side of the knowledge base."""

    editing: KnowledgeEditing
    told: ToldCallers
    files: ArticleFiles
    server: KnowledgeServer

    def begin(self) -> None:
        if self.editing.who.edits:
            self.editing.refresh()

    def close(self) -> None:
        """The desk ends: nothing is asked any more."""
        self.server.stop()


def build_editing(ground: Ground, *, find: FindArticles, wake: Callable[[], None]) -> EditingParts:
    """``wake`` makes replication look at the outbox now."""
    store, tasks, identity = ground.store, ground.tasks, ground.identity
    server = KnowledgeServer(api=ground.api, auth=ground.auth)
    files = ArticleFiles(server=server, tasks=tasks)

    found = EditingParts(
        editing=KnowledgeEditing(
            keeper=store.article_drafts,
            reading=store.knowledge.reading,
            find=find,
            who=Editor(AgentId(identity.agent_id), identity.role, ground.practice),
            proofs=Proofs(tasks=tasks),
            files=files,
            clock=ground.clock,
            tasks=tasks,
        ),
        told=ToldCallers(source=server, tasks=tasks),
        files=files,
        server=server,
    )
    found.editing.fault.connect(ground.faults.on_data_fault)
    found.editing.sent.connect(wake)

    if found.editing.who.edits:
        store.outbox.changed.add(about(DRAFT_KINDS, found.editing.refresh))
        store.replica.applied.add(at_the_end(EDITED_TABLES, found.editing.refresh))
    return found
