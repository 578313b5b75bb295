"""One seat of a model run: the real store on disk, the real half of ``sync``, a network to drop."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Row, insert, select

from agent_app.domain.customer_edit import CustomerFields, CustomerForm
from agent_app.domain.ids import (
    AgentId,
    CustomerId,
    InteractionId,
    OperationId,
    new_operation_id,
)
from agent_app.domain.inbox import Decision
from agent_app.domain.summary import SummaryDraft
from agent_app.store.store import Store
from agent_app.store.tables import decided, interactions, outbox
from agent_app.store.times import to_text
from sync.auth import Auth
from sync.errors import SessionEnded, StartOver, SyncError
from sync.pull import Progress, pull
from sync.push import push
from sync.remote import Remote
from sync.wire import OperationKind
from tests.domain.examples import call, draft
from tests.shift_model.centre import AGENTS, PASSWORD, SUPERVISOR, UNKNOWN_CUSTOMER
from tests.shift_model.ledger import Act, Ledger
from tests.shift_model.network import Network
from tests.store.rigs import KEY
from tests.sync.httpserver import api_for
from tests.sync.memory import MemoryTokens

LOGINS = {agent: login for agent, login, _ in AGENTS}
PAGE_ROWS, BATCH = 3, 2


class Seat:
    """Made by ``open``; ``kill`` leaves it as kill -9 does, ready to be opened again."""

    def __init__(self, name: str, folder: Path, agent: str, network: Network) -> None:
        self.name = name
        self.agent = agent
        self.network = network
        self.wall = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
        self.monotonic_s = 0.0
        self._folders = (folder / f"{name}-{n}" for n in itertools.count())
        self.folder = next(self._folders)
        self._tokens = MemoryTokens()
        self._api = api_for(network)

    async def open(self) -> None:
        self.store = await Store.open(self.folder, KEY, now=lambda: self.wall)
        self.auth = Auth(
            api=self._api, tokens=self._tokens, device=self.name,
            monotonic_s=lambda: self.monotonic_s,
        )  # fmt: skip
        self.auth.load()
        self.remote = Remote(api=self._api, auth=self.auth, page_rows=PAGE_ROWS)

    async def close(self) -> None:
        await self.store.close()
        self.remote.close()

    async def kill(self, *, cut_cache: float = 1.0) -> None:
        """What lies on the disk now is all there is afterwards. ``cut_cache`` is how much of the
        cache's write-ahead log a power failure leaves: its commits need not be durable."""
        left = next(self._folders)
        shutil.copytree(self.folder, left, ignore=shutil.ignore_patterns("*-shm"))
        await self.close()
        shutil.rmtree(self.folder)
        self.folder = left
        log = left / "cache.db-wal"
        if log.exists() and cut_cache < 1:
            content = log.read_bytes()
            log.write_bytes(content[: int(len(content) * cut_cache)])
        await self.open()

    async def lose_copy(self) -> None:
        """The cache's file is deleted; what only this seat has stays."""
        await self.close()
        for path in self.folder.glob("cache.db*"):
            path.unlink()
        await self.open()

    async def synchronise(self) -> str:
        """Once; returns what came of it, in a word."""
        try:
            if (session := self.auth.session) is None or session.agent_id != self.agent:
                await self.sign_in()
            author = AgentId(self.agent)
            await push(outbox=self.store.outbox, remote=self.remote, author=author, batch=BATCH)
            await pull(replica=self.store.replica, remote=self.remote, between=_nothing)
        except SessionEnded:
            return "signed out"
        except StartOver:  # another role is sent other tables: all is fetched anew
            await self.lose_copy()
            return "starts over"
        except SyncError as error:
            return type(error).__name__
        return "done"

    async def sign_in(self) -> None:
        """Raises what signing in does; a seat that must wait does so by its own clock."""
        login = LOGINS[self.agent]
        await self.remote.blocking(lambda: self.auth.sign_in(login, PASSWORD))

    async def type(self, ledger: Ledger, interaction_id: str, text: str) -> None:
        """The words are acknowledged when this returns."""
        known = {d.interaction_id: d for d in await self.store.drafts.open()}
        of = known.get(InteractionId(interaction_id)) or self._new_draft(interaction_id)
        await self.store.drafts.put(replace(of, question=text))
        ledger.drafts[interaction_id] = (self.name, text)

    async def save(self, ledger: Ledger, interaction_id: str, customer: str | None) -> None:
        [of] = [d for d in await self.store.drafts.open() if d.interaction_id == interaction_id]
        item = await self.store.summaries.save(
            replace(of, customer_id=customer),  # type: ignore[arg-type]
            agent_id=AgentId(self.agent),
            agent_name="本人",
        )
        _, words = ledger.drafts.pop(interaction_id)
        ledger.owners[interaction_id] = self.agent
        ledger.did(Act(item.operation_id, self.name, "interactions", interaction_id,
                       {"question": words}, refusable=customer == UNKNOWN_CUSTOMER))  # fmt: skip

    async def edit(self, ledger: Ledger, record: str, field: str, text: str) -> None:
        """A later change of a saved interaction, against the row as this seat knows it; nothing
        happens where the seat has never heard of it."""
        row = self.interaction(record)
        mine = any(act.seat == self.name and act.record == record for act in ledger.acts.values())
        if row is None and not mine:
            return
        seen = 1 if row is None else row.version
        operation_id = new_operation_id()
        values = {
            "id": operation_id, "kind": OperationKind.SAVE_INTERACTION.value, "record": record,
            "author": self.agent, "made_at": to_text(self.wall),
            "payload": orjson.dumps({field: text}).decode(),
            "base": orjson.dumps({field: seen}).decode(), "title": text[:80], "state": "waiting",
        }  # fmt: skip

        def job(connection: Connection) -> None:
            connection.execute(insert(outbox).values(values))

        await self.store.outbox._work.write(job)
        allowed = ledger.owners[record] == self.agent or self.agent == SUPERVISOR
        ledger.did(Act(operation_id, self.name, "interactions", record, {field: text}, seen,
                       refusable=not allowed))  # fmt: skip

    async def edit_customer(
        self, ledger: Ledger, customer: str, text: str, *, is_new: bool = False
    ) -> None:
        """Nothing happens where this seat has never heard of the customer."""
        name = CustomerId(customer)
        form = await self.store.customers.form(name)
        if is_new:
            form = CustomerForm(name, CustomerFields(), CustomerFields(), is_new=True)
        if form is None:
            return
        field = "name" if is_new else "address"
        now = replace(form.now, **{field: text})  # type: ignore[arg-type]
        item = await self.store.customers.save(replace(form, now=now), agent_id=AgentId(self.agent))
        [row] = await self.store.outbox._rows(
            select(outbox).where(outbox.c.id == item.operation_id)
        )
        seen = int(orjson.loads(row.base).get(field, 0))
        ledger.did(Act(item.operation_id, self.name, "customers", customer, {field: text}, seen))

    async def decide(self, ledger: Ledger, which: int, decision: Decision) -> None:
        """One of what was set aside; her words are sent again or kept to be read."""
        set_aside = select(outbox).where(outbox.c.state.in_(["conflict", "rejected"]))
        rows = await self.store.outbox._rows(set_aside.order_by(outbox.c.position))
        if not rows:
            return
        row = rows[which % len(rows)]
        act = ledger.acts[row.id]
        assert await self.store.inbox.decide(OperationId(row.id), decision)
        at_its_place = select(outbox).where(outbox.c.position == row.position)
        found = await self.store.outbox._rows(at_its_place)
        notes = await self.store.outbox._rows(select(decided))
        sent = orjson.loads(found[0].payload) if found else {}
        kept = "".join(str(note.payload) for note in notes)
        for name, words in act.words.items():
            assert sent.get(name) == words or orjson.dumps(words).decode()[1:-1] in kept, act
        if not found:
            ledger.decided(act, None)
            return
        base = min((orjson.loads(found[0].base).get(name, 0) for name in act.words), default=0)
        ledger.decided(act, replace(act, operation_id=found[0].id, base=base))

    def interaction(self, record: str) -> Row[Any] | None:
        with self.store.replica._cache.reading() as connection:
            return connection.execute(
                select(interactions).where(interactions.c.id == record)
            ).one_or_none()

    def _new_draft(self, interaction_id: str) -> SummaryDraft:
        name = InteractionId(interaction_id)
        return draft(interaction_id=name, call=call(interaction_id=name, started_at=self.wall))


async def _nothing(_progress: Progress) -> None:
    return
