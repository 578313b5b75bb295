"""What a seat did reaches the server once: answered, refused, in conflict, or cut off half way."""

from __future__ import annotations

import asyncio
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from agent_app.runtime.processes import EmbeddedServer
from sync.replication import LOOPBACK, Intervals
from sync.status import Cause, Phase
from sync.wire import Operation, Outcome
from tests.contract.centre import Seat, child, port_of, serving, tell
from tests.sync.waiting import until

pytestmark = pytest.mark.processes
ONLY_WHEN_WOKEN = Intervals(retry_first_s=0.1, retry_max_s=1.0, poll_s=3600, idle_poll_s=3600)


async def on_server(seat: Seat, operation: Operation) -> dict[str, object]:
    session = seat.auth.session
    assert session is not None
    row = await seat.remote.signed(lambda token: seat.api.get_interaction(operation.record, token))
    return dict(row or {})


async def copies_on_server(url: str, operation: Operation) -> int:
    """How often the server has the interaction, seen by a seat that fetches everything anew."""
    fresh = Seat(url)
    await fresh.sign_in("1003")
    await fresh.online()
    number = operation.payload["number"]
    place = 8  # interactions.number
    rows = fresh.replica.tables["interactions"].values()
    await fresh.stop()
    return sum(row[place] == number for row in rows)


def test_a_saved_summary_is_on_the_server_as_it_was_written(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        seat = Seat(url)
        await seat.sign_in()
        await seat.online()
        article, version = next(iter(seat.replica.tables["articles"].values()))[:2]
        quote = {"article_id": article, "version": version, "title": "申报期限"}
        operation = seat.new_interaction("个人所得税汇算清缴几号截止？", quotes=[quote])
        seat.save(operation)
        await seat.delivered(operation)
        assert await on_server(seat, operation) == {**operation.payload, "version": 1}
        await until(lambda: operation.record in seat.replica.tables.get("interactions", {}))
        await seat.stop()

    tell(serving(tmp_path), story)


def test_sending_twice_applies_once_and_a_bad_one_stops_nobody(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        seat = Seat(url)
        await seat.sign_in()
        good = [seat.new_interaction() for _ in range(3)]
        bad = replace(good[1], payload={**good[1].payload, "talk_s": "two minutes"})
        first = await seat.remote.operations([good[0], bad, good[2]])
        assert [r.outcome for r in first] == [Outcome.APPLIED, Outcome.REJECTED, Outcome.APPLIED]
        assert first[1].reason
        again = await seat.remote.operations([good[0]])
        assert again[0].outcome is Outcome.ALREADY_APPLIED
        await seat.stop()

    tell(serving(tmp_path), story)


def test_a_field_changed_by_another_comes_back_as_a_conflict_with_her_value(
    tmp_path: Path,
) -> None:
    async def story(url: str) -> None:
        seat = Seat(url)
        await seat.sign_in()
        first = seat.new_interaction()
        (applied,) = await seat.remote.operations([first])
        base = {"answer": applied.version}
        theirs = replace(first, id="theirs-1", payload={"answer": "theirs"}, base=base)
        ours = replace(first, id="ours-1", payload={"answer": "ours"}, base=base)
        assert (await seat.remote.operations([theirs]))[0].outcome is Outcome.APPLIED
        (conflict,) = await seat.remote.operations([ours])
        assert conflict.outcome is Outcome.CONFLICT
        assert conflict.server["answer"] == "theirs"
        await seat.stop()

    tell(serving(tmp_path), story)


def test_another_seats_work_arrives_by_an_event(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        listening = Seat(url, intervals=ONLY_WHEN_WOKEN)
        await listening.sign_in("1002")
        await listening.online()
        working = Seat(url)
        await working.sign_in("1001")
        for _ in range(3):
            operation = working.new_interaction()
            working.save(operation)
            record = operation.record
            await until(lambda record=record: record in listening.replica.tables["interactions"])  # type: ignore[misc]
        await working.stop()
        await asyncio.wait_for(listening.stop(), 5)  # though its stream is open and silent

    tell(serving(tmp_path), story)


def test_killed_between_commit_and_reply_the_server_has_it_once(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        seat = Seat(url)
        await seat.sign_in()
        await seat.online()
        operation = seat.new_interaction(number="+8657100000001")
        seat.save(operation)
        assert await dying.wait() == -signal.SIGKILL
        await until(lambda: seat.replication.status.phase is Phase.OFFLINE)
        assert seat.outbox.delivered == []
        back = dying_server(tmp_path, port_of(url))
        await back.start()
        await seat.delivered(operation)
        assert seat.outbox.outcomes == {operation.id: Outcome.ALREADY_APPLIED}
        assert await copies_on_server(url, operation) == 1
        await seat.stop()
        await back.stop()
        back.close()

    def dying_server(folder: Path, port: int) -> EmbeddedServer:
        server = [sys.executable, "-m", "tests.server.killed_server"]
        return child([*server, str(folder), str(folder / "died"), str(port)], folder)

    fill(tmp_path)
    dying = dying_server(tmp_path, 0)
    tell(dying, story)
    assert (tmp_path / "died").exists()


def fill(folder: Path) -> None:
    """A centre with its agents, before the dying server opens it."""

    async def nothing(url: str) -> None:
        assert url

    tell(serving(folder), nothing)


def test_work_done_without_the_server_is_delivered_once_when_it_is_back(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        seat = Seat(url, intervals=LOOPBACK)
        await seat.sign_in()
        await seat.online()
        await server.stop()
        first = seat.new_interaction(number="+8657100000002")
        second = seat.new_interaction(number="+8657100000003")
        seat.save(first)
        await until(lambda: seat.replication.status.phase is Phase.OFFLINE)
        assert seat.replication.status.cause is Cause.UNREACHABLE
        seat.save(second)
        again = serving(tmp_path, port=port_of(url))
        await again.start()
        await seat.delivered(first, second)
        await seat.online()
        assert await copies_on_server(url, first) == 1
        assert await copies_on_server(url, second) == 1
        await seat.stop()
        await again.stop()
        again.close()

    server = serving(tmp_path)
    tell(server, story)


def test_a_seat_ahead_of_a_restored_server_says_so(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        seat = Seat(url)
        seat.replica.at = 10_000_000
        await seat.sign_in()
        await until(lambda: seat.replication.status.cause is Cause.SERVER_BEHIND)
        await seat.stop()

    tell(serving(tmp_path), story)


def test_the_work_of_two_agents_on_one_seat_goes_out_under_their_own_names(
    tmp_path: Path,
) -> None:
    async def story(url: str) -> None:
        seat = Seat(url)
        await seat.sign_in("1001")
        mine = seat.new_interaction()
        await seat.replication.sign_out()
        seat.outbox.waiting.append(mine)
        await seat.replication.sign_in("1002", "practice")
        hers = seat.new_interaction()
        seat.save(hers)
        await seat.delivered(hers)
        assert (seat.outbox.waiting, seat.outbox.aside) == ([mine], {})
        await seat.replication.sign_in("1001", "practice")
        await seat.delivered(hers, mine)
        await seat.stop()

    tell(serving(tmp_path), story)
