"""Opening the desk while the server is away: who gets in, for how long, and who does not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QAction

from agent_app.domain.link import ServerState
from agent_app.runtime.clock import SystemClock
from agent_app.runtime.loop import run_desk
from agent_app.runtime.offline_sign_in import OfflineProblem, OfflineRefusedError
from agent_app.runtime.processes import EmbeddedServer
from agent_app.runtime.profile import Profile
from agent_app.runtime.secrets import SecretsFound, SessionSecrets
from agent_app.runtime.tasks import Tasks
from agent_app.wiring.duty import Duty
from agent_app.wiring.duty_session import serve_duty
from agent_app.wiring.practice import Occasion
from agent_app.wiring.seat import RunningSeat
from agent_app.wiring.session import Session
from sync.errors import Unreachable
from tests.contract.centre import PASSWORD, serving
from tests.e2e.duty_desk import LOGIN, occasion_of
from tests.e2e.test_duty import LastingSecrets, appearing, bar, sign_in
from tests.sync.waiting import until
from ui.application import DeskApplication

pytestmark = pytest.mark.processes


class TurnedClock(SystemClock):
    """The machine's clock, and some days."""

    def __init__(self) -> None:
        self.days = 0.0

    def now(self) -> datetime:
        return super().now() + timedelta(days=self.days)


class Scene:
    """A profile, a server that can be taken away, and a desk that was signed in once."""

    def __init__(self, occasion: Occasion, server: EmbeddedServer, clock: TurnedClock) -> None:
        self.occasion = occasion
        self.server = server
        self.clock = clock

    def duty(self, secrets: SecretsFound) -> Duty:
        return Duty(self.occasion, secrets)

    async def signed_in_once(self, secrets: SecretsFound) -> None:
        duty = self.duty(secrets)
        await duty.sign_in(LOGIN, PASSWORD)
        await duty.close()
        await self.server.stop()

    async def reaches(self, running: RunningSeat, state: ServerState) -> None:
        await until(lambda: running.seat.link.status.server is state)


Story = Callable[[Scene], Awaitable[None]]


def played(qapp: DeskApplication, folder: Path, story: Story) -> None:
    async def main(_stop: asyncio.Event) -> int:
        (folder / "server").mkdir()
        server = serving(folder / "server")
        tasks, clock = Tasks(), TurnedClock()
        try:
            url = await server.start()
            with Profile(folder / "profile") as profile:
                occasion = replace(occasion_of(profile, url, tasks), clock=clock)
                await story(Scene(occasion, server, clock))
        finally:
            await tasks.cancel_all()
            await server.stop()
            server.close()
        return 0

    assert run_desk(qapp, main) == 0


async def refused(duty: Duty, login: str = LOGIN, password: str = PASSWORD) -> OfflineProblem:
    with pytest.raises(OfflineRefusedError) as refusal:
        await duty.sign_in(login, password)
    return refusal.value.problem


def test_the_password_is_checked_against_the_keyring(qapp: DeskApplication, tmp_path: Path) -> None:
    async def story(scene: Scene) -> None:
        secrets = SecretsFound(LastingSecrets())
        await scene.signed_in_once(secrets)
        secrets.store.delete("session")  # as after signing out
        duty = scene.duty(secrets)
        assert await duty.resume() is None
        assert await refused(duty, password="wrong") is OfflineProblem.WRONG_PASSWORD
        with pytest.raises(Unreachable):
            await duty.sign_in("1003", PASSWORD)  # was never confirmed on this seat
        running = await duty.sign_in(LOGIN, PASSWORD)
        assert running.seat.agent.login == LOGIN
        assert running.seat.agent.role == "agent"
        assert running.seat.link.status.offline_until is not None
        await duty.close()

    played(qapp, tmp_path, story)


def test_the_kept_session_opens_the_desk_for_some_days_only(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(scene: Scene) -> None:
        secrets = SecretsFound(LastingSecrets())
        await scene.signed_in_once(secrets)
        scene.clock.days = 6.9
        duty = scene.duty(secrets)
        running = await duty.resume()
        assert running is not None
        assert running.seat.link.status.offline_until is not None
        await duty.close()
        scene.clock.days = 7.1
        late = scene.duty(secrets)
        assert await late.resume() is None
        assert await refused(late) is OfflineProblem.EXPIRED

    played(qapp, tmp_path, story)


def test_without_a_keyring_the_password_opens_the_data_and_is_the_proof(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(scene: Scene) -> None:
        await scene.signed_in_once(SecretsFound(SessionSecrets()))
        duty = scene.duty(SecretsFound(SessionSecrets()))
        assert await refused(duty, password="wrong") is OfflineProblem.WRONG_PASSWORD
        wanted: list[str] = []
        duty.watch.sign_in_wanted.connect(lambda: wanted.append("now"))
        running = await duty.sign_in(LOGIN, PASSWORD)
        await running.begin()
        running.seat.link.retry()
        assert wanted == ["now"]  # without a session, to try means to sign in
        await duty.close()
        scene.clock.days = 8
        assert await refused(scene.duty(SecretsFound(SessionSecrets()))) is OfflineProblem.EXPIRED

    played(qapp, tmp_path, story)


def test_a_session_that_the_server_ends_lets_nobody_in_any_more(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(scene: Scene) -> None:
        secrets = SecretsFound(LastingSecrets())
        duty = scene.duty(secrets)
        running = await duty.sign_in(LOGIN, PASSWORD)
        await scene.reaches(running, ServerState.ONLINE)
        session = running.ground.auth.session
        assert session is not None
        await asyncio.to_thread(
            running.ground.api.sign_out, session.refresh_token, session.access_token
        )
        running.replication.wake()
        await scene.reaches(running, ServerState.SIGNED_OUT)
        await until(lambda: not any(name.startswith("offline-") for name in names(secrets)))
        await duty.close()
        await scene.server.stop()
        with pytest.raises(Unreachable):
            await scene.duty(secrets).sign_in(LOGIN, PASSWORD)

    played(qapp, tmp_path, story)


def names(secrets: SecretsFound) -> list[str]:
    assert isinstance(secrets.store, SessionSecrets)
    return list(secrets.store._secrets)


def test_after_signing_out_she_gets_in_without_the_server(
    qapp: DeskApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")

    async def story(scene: Scene) -> None:
        session = Session(qapp, scene.occasion, asyncio.Event())
        desk = asyncio.ensure_future(serve_duty(session))
        await sign_in(await appearing("sign-in-window"), PASSWORD)
        hands = await appearing("desk-window")
        await hands.until("the server is reached", lambda: "online" in bar(hands), 30)
        await scene.server.stop()
        action = hands.window.findChild(QAction, "menu-sign-out")
        assert action is not None
        action.trigger()
        await sign_in(await appearing("sign-in-window"), PASSWORD)
        again = await appearing("desk-window")
        assert LOGIN in again.window.windowTitle()
        assert "not signed in" in bar(again)
        session.stop.set()
        assert await asyncio.wait_for(desk, 30) == 0

    played(qapp, tmp_path, story)
