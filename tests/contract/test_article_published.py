"""An answer's whole way: one writes it, another publishes it, a seat gives it, and who was told
the old one is found. Real stores, real replication, the real server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import update

from agent_app.desk import article_files
from agent_app.desk.editing import KnowledgeEditing
from agent_app.desk.knowledge import Knowledge
from agent_app.desk.proofs import Proofs
from agent_app.desk.told import ToldCallers
from agent_app.domain.editing import (
    ANSWER_MAX,
    DraftAct,
    DraftState,
    DraftWords,
    Editor,
    acts,
)
from agent_app.domain.ids import AgentId, ArticleId, CategoryId
from agent_app.domain.knowledge import SearchHit
from agent_app.runtime.clock import SystemClock
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from agent_app.store.search.index import KnowledgeIndex
from agent_app.store.store import Store
from agent_app.wiring.library import KnowledgeNews
from server import articles, attachments, draft_rules, drafts, tables
from server.app import open_database
from sync.api import ServerApi
from sync.auth import Auth
from sync.replication import LOOPBACK, Replication
from sync.told import KnowledgeServer
from tests.desk.fakes_editing import a_draft
from tests.server.running import (
    PASSWORD,
    Centre,
    put_agents,
    put_reference,
    running,
    save,
    settings_for,
)
from tests.store.rigs import KEY, counted
from tests.sync.memory import MemoryTokens
from tests.sync.waiting import until

K1 = ArticleId("k1")
ROLES = {"a1": "knowledge-editor", "a2": "knowledge-editor", "a3": "supervisor"}
NEW_ANSWER = "自 2026 年 1 月 1 日起适用 1% 的征收率。"


async def becomes(ask: Callable[[], Awaitable[object]], wanted: object) -> None:
    async with asyncio.timeout(20):
        while await ask() != wanted:  # noqa: ASYNC110 - what is asked lives in other threads
            await asyncio.sleep(0.01)


class Seat:
    """What of a seat knows articles, over its own store and a replication of its own."""

    def __init__(self, url: str, store: Store, agent: str, role: str, tasks: Tasks) -> None:
        self.store = store
        self.tasks = tasks
        self.api = ServerApi(url)
        self.auth = Auth(api=self.api, tokens=MemoryTokens(), device=agent)
        self.replication = Replication(
            api=self.api, auth=self.auth, outbox=store.outbox, replica=store.replica,
            on_status=lambda _status: None, intervals=LOOPBACK, store_errors=(StoreError, OSError),
        )  # fmt: skip
        self.index = KnowledgeIndex()
        self.knowledge = Knowledge(
            articles=store.knowledge, index=self.index, clock=SystemClock(), tasks=tasks
        )
        self.server = KnowledgeServer(api=self.api, auth=self.auth)
        self.of_draft = article_files.ArticleFiles(server=self.server, tasks=tasks)
        self.editing = KnowledgeEditing(
            keeper=store.article_drafts, reading=store.knowledge.reading, find=self.find,
            who=Editor(AgentId(agent), role), proofs=Proofs(tasks=tasks), clock=SystemClock(),
            files=self.of_draft, tasks=tasks,
        )  # fmt: skip
        self.told = ToldCallers(source=self.server, tasks=tasks)
        self.editing.sent.connect(self.replication.wake)
        news = KnowledgeNews(knowledge=self.knowledge, tasks=tasks)
        store.replica.applied.add(news.on_page)
        store.replica.applied.add(lambda _page: self.editing.refresh())

    async def find(self, text: str) -> tuple[SearchHit, ...]:
        return (await self.index.search(text, today=datetime.now(UTC).date())).hits

    async def begin(self, login: str) -> None:
        self.replication.start()
        await self.replication.sign_in(login, PASSWORD)
        await until(lambda: self.knowledge.ready)

    async def opened(self, draft_id: str, state: DraftState) -> None:
        """The draft came with the feed, and is open."""
        await until(lambda: self.state(draft_id) is state)
        self.editing.open(draft_id)
        await until(lambda: self.editing.editing is not None)

    def state(self, draft_id: str) -> DraftState | None:
        states = {one.draft_id: one.state for one in self.editing.overview.drafts}
        return states.get(draft_id)

    async def files(self) -> list[str]:
        """What the article has here, as an agent reads it."""
        reading = await self.store.knowledge.reading(K1)
        return [] if reading is None else [one.name for one in reading.attachments]

    async def settled(self) -> None:
        """Everything she did is with the server."""

        async def waiting() -> int:
            return (await counted(self.store))[0]

        await becomes(waiting, 0)

    async def close(self) -> None:
        await self.replication.stop()
        self.server.stop()
        await self.tasks.cancel_all()
        self.index.close()


@asynccontextmanager
async def seats(url: str, folder: Path) -> AsyncIterator[Mapping[str, Seat]]:
    """Everybody at a seat, with the centre's articles."""
    async with AsyncExitStack() as stack:
        found: dict[str, Seat] = {}
        for number, (agent, role) in enumerate({**ROLES, "a4": "agent"}.items(), start=1001):
            store = await Store.open(folder / agent, KEY)
            stack.push_async_callback(store.close)
            found[agent] = Seat(url, store, agent, role, Tasks())
            stack.push_async_callback(found[agent].close)
            await found[agent].begin(str(number))
        yield found


def people(centre: Centre) -> None:
    """Two editors and a supervisor; a1's call from before, who told p1 the old answer."""
    old_call = save(
        "i1", payload_customer_id="p1",
        payload_quotes=[{"article_id": "k1", "version": 2, "title": "税率"}],
    )  # fmt: skip
    seat = centre.seat()
    assert seat.send(old_call)[0]["outcome"] == "applied"
    seat.close()
    with centre.database.write() as transaction:
        agents = tables.agents
        row = transaction.connection.execute(agents.select().where(agents.c.id == "a2")).one()
        fourth = {**row._mapping, "id": "a4", "login": "1004", "extension": "1004"}
        transaction.connection.execute(agents.insert().values(**fourth))
        for agent, role in ROLES.items():
            transaction.connection.execute(
                update(agents).where(agents.c.id == agent).values(role=role)
            )


async def story(url: str, folder: Path) -> None:
    async with seats(url, folder) as at:
        writer, second, lead, agent = (at[name] for name in ("a1", "a2", "a3", "a4"))
        assert [hit.version for hit in await agent.find("税率")] == [2]

        # One writes, sends it to review, and may not publish it herself.
        writer.editing.change_article(K1)
        await until(lambda: writer.editing.editing is not None)
        editing = writer.editing.editing
        assert editing is not None
        draft_id, words = editing.form.draft_id, editing.form.words
        writer.editing.change(replace(words, answer=NEW_ANSWER))
        writer.editing.save()
        await until(lambda: writer.state(draft_id) is DraftState.WRITING)
        await writer.settled()
        await writer.server.add_file(draft_id, "减免 申报表.txt", b"hello")
        writer.editing.submit()
        await until(lambda: writer.state(draft_id) is DraftState.IN_REVIEW)
        await writer.settled()
        assert DraftAct.PUBLISH not in writer.editing.acts

        # A second one reads and publishes; she hears how many were told, not who.
        await second.opened(draft_id, DraftState.IN_REVIEW)
        [file] = await second.server.draft_files(draft_id)
        assert (file.name, file.size, file.change) == ("减免 申报表.txt", 5, "added")
        assert await agent.files() == []
        second.of_draft.show(draft_id, None)
        await until(lambda: bool(second.of_draft.files))
        published: list[object] = []
        second.editing.published.connect(published.append)
        second.editing.publish()
        await until(lambda: bool(published))
        second.told.ask(K1, 3, "税率")
        await until(lambda: second.told.list is not None and not second.told.list.asking)
        counted = second.told.list
        assert counted is not None
        assert (counted.total, counted.people, counted.agents) == (1, False, (("名字1001", 1),))

        # The seat on calls has the new version: read, found and suggested.
        async def version() -> int:
            article = await agent.store.knowledge.article(K1)
            return 0 if article is None else article.version

        async def found() -> list[int]:
            return [hit.version for hit in await agent.find("税率")]

        await becomes(version, 3)
        await becomes(agent.files, [file.name])
        await becomes(found, [3])
        suggested = await agent.index.suggest(
            queue="", menu_path="", category_id=CategoryId("c1"), history_categories=(),
            typed="税率", today=datetime.now(UTC).date(),
        )  # fmt: skip
        assert [(one.article_id, one.version) for one in suggested] == [(K1, 3)]
        assert (await agent.store.article_drafts.overview()).drafts == ()

        # The supervisor gets the list of whom to call back.
        lead.told.ask(K1, 3, "税率")
        await until(lambda: lead.told.list is not None and not lead.told.list.asking)
        told = lead.told.list
        assert told is not None
        assert [(one.customer_name, one.number, one.version) for one in told.rows] == [
            ("张伟", "+8613800138000", 2)
        ]


def test_a_published_answer_reaches_the_seats_and_the_callers_who_heard_the_old(
    tmp_path: Path,
) -> None:
    settings = settings_for(tmp_path)
    database = open_database(settings)
    put_agents(database)
    put_reference(database)
    with running(settings, database) as centre:
        people(centre)
        asyncio.run(asyncio.wait_for(story(centre.url, tmp_path), 60))


def test_both_sides_know_the_same_states_words_and_limits() -> None:
    assert {str(state) for state in DraftState} == set(draft_rules.DraftState)
    assert set(DraftWords.__dataclass_fields__) == {*drafts.WORDS, "note"}
    assert ANSWER_MAX == articles.ANSWER_MAX
    assert article_files.SIZE_MAX == attachments.SIZE_MAX
    moves = {
        (now, wanted)
        for now in DraftState
        for wanted, act in ((DraftState.WRITING, DraftAct.TAKE_BACK),
                            (DraftState.RETURNED, DraftAct.GIVE_BACK),
                            (DraftState.DROPPED, DraftAct.DROP),
                            (DraftState.IN_REVIEW, DraftAct.SUBMIT))
        if act in acts(a_draft(state=now), Editor(AgentId("a1"), "knowledge-editor"))
    }  # fmt: skip
    assert all(draft_rules.may_move(now, wanted) for now, wanted in moves)
    assert len(moves) == 8
