"""kill -9 of the server between commit and reply: the desk tries again, the server has it once."""

from __future__ import annotations

import json
import sys
import urllib.request
from pathlib import Path

import pytest

from agent_app.domain.agent_state import AgentState
from agent_app.domain.calls import Call
from agent_app.domain.link import ServerState
from tests.e2e.stage import Desk, play
from ui.application import DeskApplication

pytestmark = pytest.mark.processes

DIED = "died"


def dying(data: Path, port: int, customers: int) -> list[str]:
    """A server that is killed once, when its first answer to an operation begins."""
    server = [sys.executable, "-m", "tests.server.killed_server"]
    return [*server, str(data), str(data / DIED), str(port)]


async def nothing(desk: Desk) -> None:
    """The first start fills the sample centre."""


def rows_of(desk: Desk, call: Call) -> list[dict[str, object]]:
    """What the server has under this call's number, asked over REST with the desk's own token."""

    def ask(token: str) -> list[dict[str, object]]:
        number = call.normal.replace("+", "%2B")
        url = f"{desk.practice.centre.address}/api/v1/interactions?number={number}&limit=500"
        request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, timeout=10) as reply:
            rows: list[dict[str, object]] = json.load(reply)["rows"]
            return rows

    return desk.practice.centre.running.ground.auth.call(ask)


def test_a_reply_that_never_came_does_not_double_the_interaction(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(desk: Desk) -> None:
        driver, seat = desk.driver, desk.seat
        server = desk.practice.centre.server
        await desk.talk("tax-deduction-children")
        call = seat.phone.calls[0]
        driver.press("F7")
        driver.type("子女教育")
        await driver.until("the article", lambda: bool(driver.rows("results-list")))
        driver.press("Return")
        await driver.until("its text", lambda: driver.shown("article-answer"))
        driver.press("Ctrl+Return")
        await driver.until("quoted", lambda: bool(driver.read("answer-field")))
        driver.press("F8")
        await driver.until("wrap-up", lambda: desk.state_is(AgentState.WRAP_UP))
        driver.press("F11")

        await driver.until("the server was killed", lambda: server.pid is None, 20)
        await driver.until("offline", lambda: seat.link.status.server is ServerState.OFFLINE)
        await driver.until("it waits", lambda: seat.link.status.waiting == 1)
        assert (tmp_path / "profile" / "practice-server" / DIED).exists()

        await server.start()
        row = await desk.delivered(call.interaction_id)
        await driver.until("nothing waits", lambda: seat.link.status.waiting == 0, 20)
        assert row["version"] == 1
        same = [
            one for one in rows_of(desk, call) if one["exchange_call_id"] == call.exchange_call_id
        ]
        assert [one["id"] for one in same] == [call.interaction_id]

    play(qapp, tmp_path, nothing)
    play(qapp, tmp_path, story, command=dying)
