"""Seat and server disagree about the day, and change their minds: it is told, nothing else."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from agent_app.store.store import Store
from sync.api import ServerApi
from sync.auth import Auth
from sync.clock_difference import ClockDifference
from sync.replication import Intervals, Replication, Sizes
from sync.status import Phase, SyncStatus
from tests.contract.centre import PASSWORD, serving, tell
from tests.store.rigs import KEY
from tests.sync.memory import MemoryTokens
from tests.sync.waiting import until

pytestmark = pytest.mark.processes

DAY_S = 86_400
QUICK = Intervals(retry_first_s=0.05, retry_max_s=0.2, poll_s=0.05, idle_poll_s=0.05)


@pytest.mark.parametrize("by_s", [DAY_S, -DAY_S])
def test_a_clock_that_jumps_in_the_middle_of_a_sync_is_told_and_the_sync_goes_on(
    tmp_path: Path, by_s: int
) -> None:
    jumped = 0.0

    async def story(url: str) -> None:
        nonlocal jumped
        clock = ClockDifference(lambda: time.time() + jumped)
        api = ServerApi(url, clock=clock)
        auth = Auth(api=api, tokens=MemoryTokens(), device="seat")
        store = await Store.open(tmp_path / "seat", KEY)
        statuses: list[SyncStatus] = []

        def hear(status: SyncStatus) -> None:
            nonlocal jumped
            statuses.append(status)
            if status.phase is Phase.FIRST_SYNC and status.rows_done > 40:
                jumped = by_s

        replication = Replication(
            api=api, auth=auth, outbox=store.outbox, replica=store.replica,
            on_status=hear, intervals=QUICK, sizes=Sizes(page_rows=20),
        )  # fmt: skip
        await asyncio.to_thread(auth.sign_in, "1001", PASSWORD)
        replication.start()
        await until(lambda: replication.status.phase is Phase.ONLINE)
        await until(lambda: replication.status.clock_ahead_s == by_s)
        assert jumped
        assert Phase.OFFLINE not in {status.phase for status in statuses}
        assert await store.replica.cursor() > 100
        jumped = 0.0
        await until(lambda: replication.status.clock_ahead_s == 0)
        await replication.stop()
        await store.close()

    (tmp_path / "server").mkdir()
    tell(serving(tmp_path / "server", sample=30), story)
