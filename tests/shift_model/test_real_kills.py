"""kill -9 of a real server, again and again, under two seats that go on working (steps ⑦ to ⑨)."""

from __future__ import annotations

import asyncio
import random
import signal
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import select

from agent_app.domain.ids import AgentId, InteractionId
from agent_app.runtime.processes import EmbeddedServer
from agent_app.store.tables import interactions
from sync.api import ServerApi
from tests.contract.centre import PASSWORD, port_of, serving
from tests.domain.examples import call, draft
from tests.shift_model.test_shift_model import SEED
from tests.sync.test_misbehaviour import Seat, seat_on

pytestmark = pytest.mark.processes

SAVED, KILLS = 30, 5
LIMIT_S = 240


async def save(seat: Seat, name: str) -> None:
    session = seat.auth.session
    assert session is not None
    one = InteractionId(name)
    words = draft(interaction_id=one, call=call(interaction_id=one), question=f"words of {name}")
    await seat.store.summaries.save(
        words, agent_id=AgentId(session.agent_id), agent_name=session.name
    )
    seat.replication.wake()


def saved_rows(seat: Seat) -> dict[str, tuple[int, str]]:
    """Version and words of what these seats saved, as this one's copy has it."""
    of = interactions.c
    question = select(of.id, of.version, of.question).where(of.id.like("kill-%"))
    with seat.store.replica._cache.reading() as connection:
        return {row.id: (row.version, row.question) for row in connection.execute(question)}


def test_two_seats_lose_and_double_nothing_though_the_server_is_killed_again_and_again(
    tmp_path: Path,
) -> None:
    luck = random.Random(SEED)
    killed_at = set(luck.sample(range(SAVED), KILLS))

    async def story() -> None:
        server = serving(tmp_path / "centre")
        url = await server.start()
        async with AsyncExitStack() as stack:
            seats = [
                await stack.enter_async_context(seat_on(tmp_path / name, ServerApi(url)))
                for name in ("first", "second")
            ]
            for seat, login in zip(seats, ("1001", "1002"), strict=True):
                await seat.replication.sign_in(login, PASSWORD)
            wanted: dict[str, tuple[int, str]] = {}
            for number in range(SAVED):
                name = f"kill-{number}"
                await save(seats[number % 2], name)
                wanted[name] = (1, f"words of {name}")
                if number in killed_at:
                    server = await killed_and_started(server, tmp_path / "centre", port_of(url))
            for seat in seats:
                await seat.delivered()
            async with asyncio.timeout(LIMIT_S):
                while [saved_rows(seat) for seat in seats] != [wanted, wanted]:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)  # rows are in a file, not in an event
            assert [seat.bugs for seat in seats] == [[], []]
        await server.stop()
        server.close()

    async def killed_and_started(server: EmbeddedServer, folder: Path, port: int) -> EmbeddedServer:
        await asyncio.sleep(luck.random() * 0.2)  # anywhere in what is under way; decides nothing
        server.kill()
        assert await server.wait() == -signal.SIGKILL
        again = serving(folder, port=port)
        await again.start()
        return again

    (tmp_path / "centre").mkdir()
    asyncio.run(asyncio.wait_for(story(), LIMIT_S))
