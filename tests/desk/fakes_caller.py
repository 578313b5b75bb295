"""Stand-ins of what the caller's desk asks: saved records, the search, the server's secrets."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from agent_app.desk.caller import CallerDesk
from agent_app.desk.cards import Cards
from agent_app.desk.person_search import PersonSearch
from agent_app.desk.relinking import Relinking
from agent_app.desk.reveals import Reveals
from agent_app.desk.summaries import Summaries
from agent_app.domain.customer_search import CustomersFound
from agent_app.domain.ids import AgentId
from agent_app.domain.numbers import normalise
from agent_app.runtime.tasks import Tasks
from agent_app.store.errors import StoreError
from agent_app.store.moves import Move
from sync.errors import SyncError
from tests.desk.fakes_people import a_hit


@dataclass
class FakeRecords:
    """``kept`` False: the summary did not reach the disk."""

    moves: list[Move] = field(default_factory=list)
    kept: bool = True
    fault: str = ""

    async def move(self, move: Move) -> bool:
        if self.fault:
            raise StoreError(self.fault)
        self.moves.append(move)
        return self.kept


@dataclass
class FakePeople:
    """Everybody whose name has what was typed in it."""

    names: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    fault: str = ""
    gates: dict[str, asyncio.Event] = field(default_factory=dict)

    async def find(self, text: str, limit: int = 20, *, normal: str = "") -> CustomersFound:
        self.asked.append(text)
        if (gate := self.gates.get(text)) is not None:
            await gate.wait()
        if self.fault:
            raise StoreError(self.fault)
        hits = [
            a_hit(one, name, company="远山公司", region="浙江 杭州", segment="自然人",
                  number="+8613900139000")
            for one, name in self.names.items() if text in name
        ]  # fmt: skip
        return CustomersFound(tuple(hits[:limit]), more=len(hits) > limit)


@dataclass
class FakeSecrets:
    """Whole values by field; ``error`` is what the server says instead."""

    values: dict[str, str] = field(default_factory=dict)
    error: SyncError | None = None
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    gate: asyncio.Event | None = None

    async def reveal(self, customer_id: str, field: str, reason: str) -> str:
        self.asked.append((customer_id, field, reason))
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error
        return self.values.get(field, "")


@dataclass
class CallerParts:
    """What stands behind one ``CallerDesk``."""

    records: FakeRecords = field(default_factory=FakeRecords)
    people: FakePeople = field(default_factory=FakePeople)
    secrets: FakeSecrets = field(default_factory=FakeSecrets)

    def desk(self, cards: Cards, summaries: Summaries, tasks: Tasks) -> CallerDesk:
        return CallerDesk(
            relinking=Relinking(cards=cards, summaries=summaries, records=self.records,
                                agent_id=AgentId("a1"), wake=_nothing, tasks=tasks),
            search=PersonSearch(people=self.people, number=normalise, tasks=tasks),
            reveals=Reveals(secrets=self.secrets, allowed=True, tasks=tasks),
        )  # fmt: skip


def _nothing() -> None:
    """Nobody replicates."""
