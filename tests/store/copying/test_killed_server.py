"""The server is killed twenty times while a seat fetches its first copy; nothing of it is lost."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from agent_app.store.store import Store
from agent_app.wiring.practice import free_port
from sync.api import ServerApi
from sync.auth import Auth
from sync.errors import Need
from sync.replication import LOOPBACK, Replication, Sizes
from sync.status import Phase, SyncStatus
from tests.contract.centre import PASSWORD, child
from tests.store.copying.sums import centre_sums, copy_sums
from tests.store.rigs import KEY
from tests.sync.memory import MemoryTokens
from tests.sync.waiting import until

pytestmark = pytest.mark.processes

SEED = 20
DEATHS = 20
ROWS = 10_000
LIMIT_S = 300


def test_the_first_sync_finishes_though_the_server_is_killed_twenty_times(
    tmp_path: Path, sample_of_1000: Path
) -> None:
    """Every death cuts an answer at another byte; the seat goes on behind its last whole page."""
    asyncio.run(asyncio.wait_for(_story(tmp_path, sample_of_1000), LIMIT_S))


async def _story(folder: Path, centre: Path) -> None:
    port = free_port()
    script = [sys.executable, "-m", "tests.server.mortal_server", str(centre), str(port)]
    server = child([*script, str(SEED), str(DEATHS)], folder)
    api = ServerApi(await server.start())
    auth = Auth(api=api, tokens=MemoryTokens(), device="seat")
    store = await Store.open(folder / "seat", KEY)
    copy = store.copy_of(api.url, page_rows=200)
    statuses: list[SyncStatus] = []
    replication = Replication(
        api=api,
        auth=auth,
        outbox=store.outbox,
        replica=store.replica,
        on_status=statuses.append,
        intervals=LOOPBACK,
        sizes=Sizes(far_rows=1_000),
        copy=copy,
    )
    deaths = centre / "deaths"
    try:
        await asyncio.to_thread(auth.sign_in, "1001", PASSWORD)
        replication.start()
        await until(lambda: replication.status.phase is Phase.ONLINE, limit_s=LIMIT_S)
        assert len(deaths.read_text().splitlines()) == DEATHS
        done = [
            status.rows_done
            for status in statuses
            if status.need is Need.EMPTY and status.rows_done
        ]
        assert done == sorted(done), "a whole page was fetched twice"
        assert done[-1] > ROWS
        assert not copy.begun
        assert await copy_sums(store) == await asyncio.to_thread(centre_sums, centre)
    finally:
        await replication.stop()
        await store.close()
        await server.stop()
        server.close()
