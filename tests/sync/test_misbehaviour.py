"""Whatever a server answers: nothing is applied in part, the state is said, and it heals by itself.

The whole seat takes part: Replication over the real store on disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from agent_app.domain.ids import AgentId, InteractionId
from agent_app.store.errors import StoreError
from agent_app.store.store import Store
from agent_app.store.tables import segments
from sync.api import ServerApi
from sync.auth import Auth
from sync.http import HttpLimits
from sync.replication import Replication
from sync.status import Cause, Phase, SyncStatus
from tests.domain.examples import call, draft
from tests.store.rigs import opened
from tests.sync.centre import AGENT, Centre
from tests.sync.httpserver import api_for
from tests.sync.memory import MemoryTokens
from tests.sync.poison import CASES, POISONS, Poisoner
from tests.sync.story import FAST
from tests.sync.waiting import until

LIMIT_S = 60
SHORT = HttpLimits(connect_s=5, read_s=5, total_s=0.5, body_bytes=300_000)


@dataclass(slots=True)
class Seat:
    """A seat whose store is real; ``bugs`` is what would have reached the crash handler."""

    store: Store
    auth: Auth
    replication: Replication
    bugs: list[dict[str, Any]]
    statuses: list[SyncStatus]

    async def reaches(self, phase: Phase) -> SyncStatus:
        await until(lambda: self.replication.status.phase is phase, limit_s=LIMIT_S)
        return self.replication.status

    async def went_offline(self, since: int) -> SyncStatus:
        """The first such status after ``since`` of them; it may be over when it is seen."""
        found: list[SyncStatus] = []

        def look() -> bool:
            found[:] = [s for s in self.statuses[since:] if s.phase is Phase.OFFLINE]
            return bool(found)

        await until(look, limit_s=LIMIT_S)
        return found[0]

    async def save(self, name: str) -> None:
        one = InteractionId(name)
        await self.store.summaries.save(
            draft(interaction_id=one, call=call(interaction_id=one), question=name),
            agent_id=AgentId(AGENT["id"]),
            agent_name=AGENT["name"],
        )
        self.replication.wake()

    async def delivered(self) -> None:
        async with asyncio.timeout(LIMIT_S):
            while await self.store.outbox.items():  # noqa: ASYNC110 - they are in a file
                await asyncio.sleep(0.01)

    async def kept(self) -> tuple[int, list[Any]]:
        """The cursor and every row of the table that the centre fills."""
        with self.store.replica._cache.reading() as connection:
            rows = [list(row) for row in connection.execute(select(segments))]
        return await self.store.replica.cursor(), sorted(rows)


@asynccontextmanager
async def seat_on(folder: Path, api: ServerApi) -> AsyncIterator[Seat]:
    bugs: list[dict[str, Any]] = []
    statuses: list[SyncStatus] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: bugs.append(context))
    auth = Auth(api=api, tokens=MemoryTokens(), device="desk-1")
    async with opened(folder) as store:
        replication = Replication(
            api=api, auth=auth, outbox=store.outbox, replica=store.replica,
            on_status=statuses.append, intervals=FAST, store_errors=(StoreError, OSError),
        )  # fmt: skip
        replication.start()
        try:
            yield Seat(store, auth, replication, bugs, statuses)
        finally:
            await replication.stop()


@pytest.mark.parametrize(("name", "route"), CASES)
def test_nothing_is_applied_in_part_the_state_is_said_and_it_heals_by_itself(
    tmp_path: Path, name: str, route: str
) -> None:
    poison = POISONS[name]
    centre = Centre(changes=2)
    poisoner = Poisoner(centre, route, poison.spoil)
    centre.intercept = poisoner

    async def story() -> None:
        async with seat_on(tmp_path, api_for(centre, limits=SHORT)) as seat:
            await seat.replication.sign_in("wang", "secret")
            await seat.reaches(Phase.ONLINE)
            before = await seat.kept()
            assert before[0] == 2
            told = len(seat.statuses)
            poisoner.on = True
            if route == "refresh":
                centre.access = "expired"
            if route != "operations":  # or they might come before what is delivered
                centre.grow(3)
            await seat.save("i-1")
            status = await seat.went_offline(told)
            assert (status.cause, bool(status.reason)) == (poison.cause, True)
            assert await seat.kept() == before, "nothing of a spoilt answer is kept"
            if route == "changes":  # what she did goes out all the same
                await seat.delivered()
                assert await seat.kept() == before
            else:
                assert [item.record for item in await seat.store.outbox.items()] == ["i-1"]
            poisoner.on = False
            await _healed(seat, centre, signs_in=route == "refresh")
            assert seat.bugs == []

    asyncio.run(asyncio.wait_for(story(), LIMIT_S))
    assert poisoner.spoilt >= 1
    assert len(centre.applied) == 1, "delivered once"


async def _healed(seat: Seat, centre: Centre, *, signs_in: bool) -> None:
    """Online with everything, without anybody's help but, where the session is void, hers: the
    server gave a new refresh token away in the answer that was spoilt."""
    await until(
        lambda: seat.replication.status.phase in (Phase.ONLINE, Phase.SIGNED_OUT), limit_s=LIMIT_S
    )
    if signs_in and seat.replication.status.phase is Phase.SIGNED_OUT:
        assert seat.replication.status.cause is Cause.SESSION_ENDED
        await seat.replication.sign_in("wang", "secret")
    await seat.delivered()
    async with asyncio.timeout(LIMIT_S):
        while (await seat.kept())[1] != sorted(centre.log):  # noqa: ASYNC110 - they are in a file
            await asyncio.sleep(0.01)


def test_an_answer_cut_anywhere_leaves_the_copy_as_it_was(tmp_path: Path) -> None:
    centre = Centre(changes=2)
    cut = [0]

    def shorter(body: bytes) -> bytes:
        return body[: len(body) * cut[0] // 30]

    poisoner = Poisoner(
        centre, "changes", lambda true: replace(true, body=shorter(true.body))
    )  # fmt: skip
    centre.intercept = poisoner

    async def story() -> None:
        async with seat_on(tmp_path, api_for(centre)) as seat:
            await seat.replication.sign_in("wang", "secret")
            await seat.reaches(Phase.ONLINE)
            before = await seat.kept()
            poisoner.on = True
            centre.grow(2)
            for part in range(30):
                cut[0] = part
                tried = poisoner.spoilt
                seat.replication.wake()
                await until(lambda tried=tried: poisoner.spoilt > tried + 1)  # type: ignore[misc]
                assert await seat.kept() == before
            poisoner.on = False
            await _healed(seat, centre, signs_in=False)

    asyncio.run(asyncio.wait_for(story(), LIMIT_S))
