"""The shelf follows what is read, quoted and starred; a full disk is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from agent_app.desk.shelf import Shelf
from agent_app.domain.ids import AgentId, ArticleId
from agent_app.domain.knowledge import SearchHit
from agent_app.domain.shelf import ShelfReason
from agent_app.runtime.tasks import Tasks
from tests.desk.fakes import FakeIndex, FakeShelf, an_article
from tests.desk.rigs import run_with_tasks, settle

ONE = an_article().article_id


async def named(article_ids: Sequence[ArticleId]) -> tuple[SearchHit, ...]:
    return await FakeIndex().named(article_ids, today=date(2026, 11, 20))


def test_what_was_read_quoted_and_starred_lies_at_hand() -> None:
    async def story(tasks: Tasks) -> None:
        keeper, told = FakeShelf(), list[str]()
        shelf = Shelf(keeper=keeper, named=named, agent_id=AgentId("a1"), tasks=tasks)
        shelf.changed.connect(lambda: told.append("changed"))
        shelf.refresh()
        await settle()
        assert not shelf.rows
        shelf.on_opened(an_article())
        shelf.note_quoted(ONE)
        await settle()
        assert [(one.hit.article_id, one.reason) for one in shelf.rows] == [
            (ONE, ShelfReason.RECENT)
        ]
        assert keeper.counts == {ONE: [1, 1]}
        shelf.set_favourite(ONE, True)
        await settle()
        assert shelf.is_favourite(ONE)
        assert [one.reason for one in shelf.rows] == [ShelfReason.FAVOURITE]
        shelf.set_favourite(ONE, False)
        await settle()
        assert not shelf.is_favourite(ONE)
        assert told == ["changed"] * 5

    run_with_tasks(story)


def test_a_full_disk_is_said() -> None:
    async def story(tasks: Tasks) -> None:
        keeper, faults = FakeShelf(), list[str]()
        shelf = Shelf(keeper=keeper, named=named, agent_id=AgentId("a1"), tasks=tasks)
        shelf.fault.connect(faults.append)
        keeper.full = True
        shelf.on_opened(an_article())
        await settle()
        assert len(faults) == 1
        assert "no room left" in faults[0]

    run_with_tasks(story)
