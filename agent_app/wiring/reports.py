"""Connects gap reports and notices with store and server (steps ⑥ to ⑧)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent_app.desk.gap_form import GapDesk
from agent_app.desk.gaps import GapReports
from agent_app.desk.link import Link
from agent_app.desk.notice_form import NoticeDesk
from agent_app.desk.notices import Notices
from agent_app.domain.ids import AgentId
from agent_app.domain.link import READ_NOTICE, SAVE_GAP, SAVE_NOTICE
from agent_app.wiring.ground import Ground
from agent_app.wiring.library import FindArticles
from agent_app.wiring.news import about, at_the_end
from sync.notices import NoticeBoard

GAP_TABLES = ("gap_reports", "articles")


@dataclass(frozen=True, slots=True)
class Reports:
    """What is missing in the knowledge base, and what everybody must know."""

    gaps: GapReports
    gap_form: GapDesk
    notices: Notices
    notice_form: NoticeDesk
    board: NoticeBoard

    def begin(self) -> None:
        self.gaps.refresh()
        self.notices.begin()

    def close(self) -> None:
        self.notices.close()


def build_reports(
    ground: Ground, *, link: Link, find: FindArticles, wake: Callable[[], None]
) -> Reports:
    """``wake`` makes replication look at the outbox now."""
    store, tasks, identity = ground.store, ground.tasks, ground.identity
    agent_id = AgentId(identity.agent_id)

    board = NoticeBoard(remote=ground.asker)
    found = Reports(
        gaps=GapReports(
            keeper=store.gaps,
            find=find,
            agent_id=agent_id,
            role=identity.role,
            practice=ground.practice,
            tasks=tasks,
        ),
        gap_form=GapDesk(keeper=store.gaps, agent_id=agent_id, tasks=tasks),
        notices=Notices(
            keeper=store.notice_board,
            server=board,
            agent_id=agent_id,
            role=identity.role,
            clock=ground.clock,
            tasks=tasks,
        ),
        notice_form=NoticeDesk(
            keeper=store.notice_board, agent_id=agent_id, clock=ground.clock, tasks=tasks
        ),
        board=board,
    )
    for faulty in (found.gaps, found.gap_form, found.notices, found.notice_form):
        faulty.fault.connect(ground.faults.on_data_fault)
    link.changed.connect(found.notices.on_link)

    def on_sent(_what: object) -> None:
        wake()

    for sent in (
        found.gap_form.sent,
        found.gaps.decided,
        found.notices.was_read,
        found.notice_form.sent,
    ):
        sent.connect(on_sent)
    store.outbox.changed.add(about((SAVE_GAP,), found.gaps.refresh))
    store.outbox.changed.add(about((SAVE_NOTICE, READ_NOTICE), found.notices.refresh))
    store.replica.applied.add(at_the_end(GAP_TABLES, found.gaps.refresh))
    store.replica.applied.add(at_the_end(("notices",), found.notices.refresh))
    return found
