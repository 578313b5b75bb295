"""What becomes of an agent's sign-ins reaches her seats: the real server, real seats."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import requests

from sync.errors import SessionEnded
from sync.news import SessionKind, SessionNews
from sync.replication import Intervals
from sync.status import Cause, Phase
from tests.contract.centre import PASSWORD, Seat, serving, tell
from tests.sync.waiting import until

pytestmark = pytest.mark.processes
ONLY_WHEN_TOLD = Intervals(retry_first_s=0.1, retry_max_s=1.0, poll_s=3600, idle_poll_s=3600)
"""So that nothing but the server's word makes the seat look."""
LIMIT_S = 20


def post(url: str, path: str, token: str, body: object) -> requests.Response:
    with requests.Session() as http:
        http.trust_env = False
        return http.post(
            f"{url}/api/v1{path}", json=body, timeout=LIMIT_S,
            headers={"Authorization": f"Bearer {token}"},
        )  # fmt: skip


async def end_sessions(url: str, agent_id: str, *, wipe: bool) -> None:
    """As the supervisor 1008 does it."""
    supervisor = Seat(url)
    session = await asyncio.to_thread(supervisor.auth.sign_in, "1008", PASSWORD)
    path = f"/agents/{agent_id}/end-sessions"
    answer = await asyncio.to_thread(post, url, path, session.access_token, {"wipe": wipe})
    assert answer.json() == {"ended": 1}
    await supervisor.stop()


@pytest.mark.parametrize("wipe", [False, True])
def test_a_signed_in_seat_that_listens_is_signed_out_at_once(tmp_path: Path, wipe: bool) -> None:
    async def story(url: str) -> None:
        seat = Seat(url, intervals=ONLY_WHEN_TOLD)
        heard: list[SessionNews] = []
        seat.replication.listen_to_sessions(heard.append)
        await seat.sign_in("1001")
        await seat.online()
        await until(lambda: seat.replication._listening)
        session = seat.auth.session
        assert session is not None
        await end_sessions(url, session.agent_id, wipe=wipe)
        await until(lambda: seat.replication.status.phase is Phase.SIGNED_OUT)
        status = seat.replication.status
        assert (status.cause, status.wipe) == (Cause.SESSION_ENDED, wipe)
        assert heard == [SessionNews(SessionKind.ENDED, wipe=wipe)]
        assert seat.auth.session is None
        assert seat.tokens.get() is None
        await seat.sign_in("1001")
        await seat.online()
        await seat.stop()

    tell(serving(tmp_path), story)


def test_a_seat_without_a_stream_learns_it_with_its_next_request(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        seat = Seat(url)
        session = await asyncio.to_thread(seat.auth.sign_in, "1001", PASSWORD)
        await end_sessions(url, session.agent_id, wipe=True)
        with pytest.raises(SessionEnded) as ended:
            await seat.remote.operations([seat.new_interaction()])
        assert ended.value.wipe
        await seat.stop()

    tell(serving(tmp_path), story)


def test_a_second_sign_in_of_the_same_agent_is_named_to_both(tmp_path: Path) -> None:
    async def story(url: str) -> None:
        seats = [Seat(url, intervals=ONLY_WHEN_TOLD) for _ in range(2)]
        heard: list[list[SessionNews]] = [[], []]
        for seat, told in zip(seats, heard, strict=True):
            seat.replication.listen_to_sessions(told.append)
            await seat.sign_in("1001")
            await seat.online()
            await until(lambda seat=seat: seat.replication._listening)  # type: ignore[misc]
        await until(lambda: all(heard))
        for told in heard:
            assert [news.kind for news in told] == [SessionKind.SECOND_SIGN_IN]
            assert told[0].device == "desk-under-test"
        assert {seat.replication.status.phase for seat in seats} == {Phase.ONLINE}
        for seat in seats:
            await seat.stop()

    tell(serving(tmp_path), story)
