"""The real server as its own process, and seats that talk to it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from agent_app.domain.ids import uuid7
from agent_app.runtime.processes import EmbeddedServer
from sync.api import ServerApi
from sync.auth import Auth
from sync.remote import Remote
from sync.replication import LOOPBACK, Intervals, Replication
from sync.status import Phase, SyncStatus
from sync.wire import Operation, OperationKind
from tests.sync.memory import MemoryOutbox, MemoryReplica, MemoryTokens
from tests.sync.waiting import until

PASSWORD = "practice"
ROOT = Path(__file__).resolve().parents[2]


def serving(folder: Path, *, port: int = 0, sample: int = 20) -> EmbeddedServer:
    """The server of ``python -m server serve``, with a small sample centre."""
    options = ["--data", str(folder), "--sample", str(sample), "--port", str(port)]
    return child([sys.executable, "-m", "server", "serve", *options, "--exit-with-stdin"], folder)


def child(command: Sequence[str], folder: Path) -> EmbeddedServer:
    return EmbeddedServer(
        command, log_file=folder / "server.log", environment={"PYTHONPATH": str(ROOT)}
    )


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2])


class Seat:
    """A seat with its outbox and copy in memory; starts from nothing."""

    def __init__(self, url: str, *, intervals: Intervals = LOOPBACK) -> None:
        self.api = ServerApi(url)
        self.tokens = MemoryTokens()
        self.auth = Auth(api=self.api, tokens=self.tokens, device="desk-under-test")
        self.outbox = MemoryOutbox()
        self.replica = MemoryReplica()
        self.remote = Remote(api=self.api, auth=self.auth)
        self.statuses: list[SyncStatus] = []
        self.replication = Replication(
            api=self.api,
            auth=self.auth,
            outbox=self.outbox,
            replica=self.replica,
            on_status=self.statuses.append,
            intervals=intervals,
        )

    async def sign_in(self, login: str = "1001") -> None:
        self.replication.start()
        await self.replication.sign_in(login, PASSWORD)

    async def stop(self) -> None:
        await self.replication.stop()
        self.remote.close()

    async def online(self) -> None:
        await until(lambda: self.replication.status.phase is Phase.ONLINE)

    def new_interaction(self, question: str = "几号截止？", **changes: object) -> Operation:
        """An operation as the summary's save key makes it."""
        session = self.auth.session
        assert session is not None
        record = uuid7()
        payload: dict[str, object] = {
            "id": record, "customer_id": None, "agent_id": session.agent_id,
            "agent_name": session.name, "direction": "incoming", "exchange_call_id": "call-1",
            "caller_name": "", "number": "+8657187654321", "dialled": "12366", "queue": "tax",
            "menu_path": "1", "waited_s": 12, "started_at": "2026-11-21T08:00:00Z",
            "answered_at": "2026-11-21T08:00:05Z", "ended_at": "2026-11-21T08:02:05Z",
            "talk_s": 120, "end_reason": "caller", "category_id": None, "question": question,
            "answer": "每月十五日", "basis": "税收征收管理法",
            "follow_up": "", "customer_name": "",
            "quotes": [],
        } | changes  # fmt: skip
        return Operation(
            id=uuid7(),
            kind=OperationKind.SAVE_INTERACTION,
            record=record,
            author=session.agent_id,
            made_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            payload=payload,  # type: ignore[arg-type]
        )

    def save(self, operation: Operation) -> None:
        self.outbox.waiting.append(operation)
        self.replication.wake()

    async def delivered(self, *operations: Operation) -> None:
        wanted = sorted(operation.id for operation in operations)
        await until(lambda: sorted(self.outbox.delivered) == wanted)


def tell(server: EmbeddedServer, story: Callable[[str], Awaitable[None]]) -> None:
    """Run a story with the server up; it is gone afterwards, whatever happened."""

    async def work() -> None:
        url = await server.start()
        try:
            await story(url)
        finally:
            await server.stop()
            server.close()

    asyncio.run(work())
