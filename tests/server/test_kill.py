"""kill -9 of a real server: what was committed is there, once."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest
import requests

from server.settings import Settings
from tests.server.processes import LIMIT_S, started
from tests.server.running import PASSWORD, Seat, save

pytestmark = pytest.mark.processes


def signed_in(url: str) -> Seat:
    body = {"login": "1001", "password": PASSWORD, "device": ""}
    session: dict[str, Any] = Seat(url).post("/sign-in", body).json()
    return Seat(url, "a1", session["access_token"])


def test_a_server_killed_between_commit_and_reply_has_the_interaction_once(
    settings: Settings, tmp_path: Path
) -> None:
    arguments = ("tests.server.killed_server", settings.data_dir, tmp_path / "marker")
    operation = save("i1")
    with started(*arguments) as first:
        seat = signed_in(first.url)
        with pytest.raises(requests.ConnectionError):
            seat.send(operation)
        assert first.process.wait(LIMIT_S) == -signal.SIGKILL
    with started(*arguments) as second:
        again = Seat(second.url, "a1", str(seat.http.headers["Authorization"]).split()[1])
        answer = again.send(operation)[0]
        assert (answer["outcome"], answer["version"]) == ("already-applied", 1)
        assert again.get("/interactions", operation_id=operation["id"]).json()["total"] == 1
        assert again.get("/interactions").json()["total"] == 1
        page = again.get("/changes", after=5).json()
        assert (page["next"], len(page["tables"]["interactions"]["rows"])) == (6, 1)


def test_a_server_killed_at_any_moment_keeps_every_acknowledged_operation(
    settings: Settings,
) -> None:
    acknowledged: list[str] = []
    arguments = ("server", "serve", "--data", settings.data_dir, "--port", "0")
    with started(*arguments) as first:
        seat = signed_in(first.url)
        for n in range(20):
            answer = seat.send(save(f"i{n}"))[0]
            acknowledged.append(answer["id"])
        first.process.kill()
        first.process.wait(LIMIT_S)
    with started(*arguments) as second:
        again = signed_in(second.url)
        for name in acknowledged:
            assert again.get("/interactions", operation_id=name).json()["total"] == 1
