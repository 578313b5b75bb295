"""A desk that works while its copy is fetched, stops it, goes on, and forgets everything."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
import requests

from agent_app.demo.driver import Driver
from agent_app.domain.ids import AgentId
from agent_app.domain.link import ServerState
from agent_app.runtime.loop import run_desk
from agent_app.runtime.processes import EmbeddedServer
from agent_app.runtime.profile import Profile
from agent_app.runtime.secrets import SecretsFound
from agent_app.runtime.tasks import Tasks
from agent_app.settings import ServerSettings, Settings, SoundSettings
from agent_app.wiring.duty import Duty
from agent_app.wiring.practice import Occasion, free_port
from agent_app.wiring.screen import key_map, open_window
from agent_app.wiring.seat import RunningSeat
from sync.errors import Need
from sync.status import Phase, SyncStatus
from tests.contract.centre import PASSWORD, serving
from tests.domain.examples import call, draft
from tests.e2e.stage import an_occasion
from tests.e2e.test_duty import LastingSecrets
from ui.application import DeskApplication
from ui.window.desk_window import DeskWindow

pytestmark = pytest.mark.processes

LIMIT_S = 60
CUSTOMERS = 300


@dataclass(frozen=True, slots=True)
class Stage:
    """One seat at a time beside a server with some thousand rows."""

    application: DeskApplication
    occasion: Occasion
    server: EmbeddedServer
    secrets: SecretsFound
    url: str

    async def sign_in(self, login: str = "1001") -> tuple[Duty, RunningSeat]:
        duty = Duty(self.occasion, self.secrets)
        return duty, await duty.sign_in(login, PASSWORD)

    def window(self, running: RunningSeat) -> tuple[DeskWindow, Driver]:
        window = open_window(self.application, running.seat, self.occasion.profile, key_map({}))
        window.show()
        return window, Driver(window)

    def files(self) -> set[str]:
        return {path.name for path in self.occasion.profile.store.iterdir()}


def play(qapp: DeskApplication, folder: Path, story: Callable[[Stage], Awaitable[None]]) -> None:
    async def main(stop: asyncio.Event) -> int:
        server = serving(folder / "server", sample=CUSTOMERS, port=free_port())
        url = await server.start()
        settings = Settings(
            server=ServerSettings(url=url, whole_copy_from=1_000),
            sound=SoundSettings(backend="null"),
        )
        tasks = Tasks()
        try:
            with Profile(folder / "profile") as profile:
                occasion = an_occasion(profile, settings, tasks)
                secrets = SecretsFound(LastingSecrets())
                await story(Stage(qapp, occasion, server, secrets, url))
        finally:
            await tasks.cancel_all()
            await server.stop()
            server.close()
        return 0

    (folder / "server").mkdir()
    faults: list[object] = []
    assert run_desk(qapp, main, on_error=lambda _loop, context: faults.append(context)) == 0
    assert not faults


async def reached(running: RunningSeat, state: ServerState) -> None:
    async with asyncio.timeout(LIMIT_S):
        while running.seat.link.status.server is not state:  # noqa: ASYNC110 - Qt's signals
            await asyncio.sleep(0.01)


async def emptied(what: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(LIMIT_S):
        while await what():  # noqa: ASYNC110 - what is awaited lives in other threads
            await asyncio.sleep(0.01)


async def rows(running: RunningSeat, table: str = "customers") -> int:
    store = running.ground.store

    def job() -> int:
        with store.replica._cache.reading() as connection:
            found = connection.exec_driver_sql(f"SELECT count(*) FROM {table}")
            return int(found.scalar_one())

    return await store.replica._readers.run(job)


def test_the_copy_is_fetched_beside_the_desk_stopped_and_gone_on_with(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(stage: Stage) -> None:
        duty, running = await stage.sign_in()
        seen: list[SyncStatus] = []
        running.seat.local_copy.changed.connect(lambda status: seen.append(status.sync))
        window, hands = stage.window(running)
        hands.click("server-indicator")
        await hands.until("it is fetched", lambda: running.seat.local_copy.status.being_fetched)
        hands.click("local-copy-act-button")
        await reached(running, ServerState.NOT_SYNCHRONISED)
        assert "was stopped" in hands.read("local-copy-progress")
        assert await rows(running) == 0
        hands.click("local-copy-act-button")
        await reached(running, ServerState.ONLINE)
        assert await rows(running) == CUSTOMERS
        assert "Complete" in hands.read("local-copy-progress")
        assert {status.need for status in seen if status.phase is Phase.FIRST_SYNC} == {Need.EMPTY}
        await hands.until("the knowledge", lambda: running.seat.knowledge.ready, LIMIT_S)
        window.hide()
        await duty.close()
        window.deleteLater()
        assert "cache.new.db" not in stage.files()

    play(qapp, tmp_path, story)


def test_a_forgotten_seat_keeps_what_the_server_does_not_have_for_its_author(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(stage: Stage) -> None:
        duty, running = await stage.sign_in("1001")
        await reached(running, ServerState.ONLINE)
        await stage.server.stop()
        await reached(running, ServerState.OFFLINE)
        agent = AgentId(running.seat.agent.agent_id)
        summary = draft(call=call(), question="几号截止？")
        store = running.ground.store
        await store.summaries.save(summary, agent_id=agent, agent_name="李娜")

        left = asyncio.Event()
        running.seat.local_copy.left.connect(left.set)
        running.seat.local_copy.forget()
        await asyncio.wait_for(left.wait(), LIMIT_S)
        assert await rows(running) == await rows(running, "interactions") == 0
        assert not stage.occasion.profile.identity_file.exists()
        assert stage.secrets.store.get("session") is None
        await emptied(lambda: offline_sign_ins(stage))
        await duty.close()

        await stage.server.start()
        duty, other = await stage.sign_in("1002")
        await reached(other, ServerState.ONLINE)
        assert other.seat.link.status.waiting == 0
        assert other.seat.local_copy.status.others_waiting == 1
        await duty.close()

        duty, running = await stage.sign_in("1001")
        await reached(running, ServerState.ONLINE)
        await emptied(running.ground.store.outbox.items)
        row = await asyncio.to_thread(
            lambda: running.ground.auth.call(
                lambda token: running.ground.api.get_interaction(summary.interaction_id, token)
            )
        )
        assert row is not None
        assert row["question"] == "几号截止？"
        await duty.close()

    play(qapp, tmp_path, story)


def test_a_session_ended_with_a_wipe_forgets_at_once_and_the_desk_stays(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(stage: Stage) -> None:
        duty, running = await stage.sign_in("1001")
        await reached(running, ServerState.ONLINE)
        agent_id = running.seat.agent.agent_id
        await asyncio.to_thread(lambda: end_sessions(stage.url, agent_id))
        await reached(running, ServerState.SIGNED_OUT)
        await emptied(lambda: rows(running))
        assert running.seat.local_copy.status.by_centre
        assert stage.secrets.store.get("session") is None
        await duty.close()

    play(qapp, tmp_path, story)


async def offline_sign_ins(stage: Stage) -> list[str]:
    """What lets somebody in here while the server is away."""
    kept = cast(LastingSecrets, stage.secrets.store)
    return [name for name in kept._secrets if name.startswith("offline-")]


def end_sessions(url: str, agent_id: str) -> None:
    """As the administrator, with the wish that the seat forgets."""
    http = requests.Session()
    http.trust_env = False
    api = f"{url}/api/v1"
    credentials = {"login": "1010", "password": PASSWORD, "device": "office"}
    session = http.post(f"{api}/sign-in", json=credentials, timeout=LIMIT_S).json()
    http.headers["Authorization"] = f"Bearer {session['access_token']}"
    done = http.post(f"{api}/agents/{agent_id}/end-sessions", json={"wipe": True}, timeout=LIMIT_S)
    assert done.ok, done.text
    http.close()
