"""Signing in on duty: the real server, the real window, with a keyring and without one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from agent_app.demo.driver import Driver
from agent_app.domain.link import ServerState
from agent_app.runtime.loop import run_desk
from agent_app.runtime.profile import Profile
from agent_app.runtime.secrets import SecretsFound, SessionSecrets
from agent_app.runtime.tasks import Tasks
from agent_app.settings import ServerSettings, Settings, SoundSettings
from agent_app.wiring.duty import Duty
from agent_app.wiring.duty_session import serve_duty
from agent_app.wiring.practice import Occasion
from agent_app.wiring.session import Session
from tests.contract.centre import PASSWORD, serving
from tests.e2e.stage import an_occasion
from ui.application import DeskApplication

pytestmark = pytest.mark.processes

LOGIN = "1002"
LIMIT_S = 30


class LastingSecrets(SessionSecrets):
    """A keyring that works, in memory."""

    lasting = True


def window(name: str) -> QWidget | None:
    return next(
        (w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible()),
        None,
    )


async def appearing(name: str) -> Driver:
    """The hands for a window as soon as it is on the screen."""
    async with asyncio.timeout(LIMIT_S):
        while True:
            if (found := window(name)) is not None:
                return Driver(found)
            await asyncio.sleep(0.01)


async def sign_in(hands: Driver, password: str) -> None:
    await hands.until("it can be typed", lambda: hands.enabled("sign-in-button"), LIMIT_S)
    hands.window.activateWindow()
    await hands.until("it has the keyboard", hands.window.isActiveWindow, LIMIT_S)
    if not hands.read("sign-in-login"):
        hands.click("sign-in-login")
        hands.type(LOGIN)
    hands.click("sign-in-password")
    hands.type(password)
    hands.click("sign-in-button")


def with_server(
    qapp: DeskApplication, folder: Path, story: Callable[[Occasion, asyncio.Event], Awaitable[None]]
) -> None:
    """Run a story against a sample centre of its own."""

    async def main(stop: asyncio.Event) -> int:
        server = serving(folder / "server")
        url = await server.start()
        settings = Settings(server=ServerSettings(url=url), sound=SoundSettings(backend="null"))
        tasks = Tasks()
        try:
            with Profile(folder / "profile") as profile:
                await story(
                    an_occasion(profile, settings, tasks),
                    stop,
                )
        finally:
            await tasks.cancel_all()
            await server.stop()
            server.close()
        return 0

    (folder / "server").mkdir()
    assert run_desk(qapp, main) == 0


async def desk_opens_and_closes(*, dial: str = "") -> str:
    """Wait until the desk has reached the server, then close it; returns the window's title.

    ``dial`` is what waits in its dial field.
    """
    hands = await appearing("desk-window")
    assert hands.read("dial-field") == dial
    await hands.until("the server is reached", lambda: "online" in bar(hands), LIMIT_S)
    title = hands.window.windowTitle()
    hands.window.close()
    return title


def bar(hands: Driver) -> str:
    texts = (
        w.accessibleName() or "" for w in hands.find(QWidget, "state-bar").findChildren(QWidget)
    )
    return " ".join(texts)


def test_without_a_keyring_the_password_is_asked_at_every_start(
    qapp: DeskApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")

    async def one_start(occasion: Occasion, *, offered_login: str) -> None:
        desk = asyncio.ensure_future(serve_duty(Session(qapp, occasion, asyncio.Event())))
        hands = await appearing("sign-in-window")
        assert hands.read("sign-in-login") == offered_login
        await sign_in(hands, "wrong")
        await hands.until("an answer", lambda: hands.enabled("sign-in-button"), LIMIT_S)
        assert "password" in hands.read("sign-in-message")
        hands.window.showMinimized()
        occasion.door.knock("tel:12366")
        assert not hands.window.isMinimized()
        await sign_in(hands, PASSWORD)
        assert LOGIN in await desk_opens_and_closes(dial="12366")
        assert await asyncio.wait_for(desk, LIMIT_S) == 0

    async def story(occasion: Occasion, stop: asyncio.Event) -> None:
        await one_start(occasion, offered_login="")
        await one_start(occasion, offered_login=LOGIN)
        files = (path for path in occasion.profile.root.rglob("*") if path.is_file())
        assert not [path for path in files if PASSWORD.encode() in path.read_bytes()]

    with_server(qapp, tmp_path, story)


def test_with_a_keyring_the_desk_opens_without_a_question(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(occasion: Occasion, stop: asyncio.Event) -> None:
        secrets = SecretsFound(LastingSecrets())
        first = Duty(occasion, secrets)
        assert await first.resume() is None
        running = await first.sign_in(LOGIN, PASSWORD)
        online = asyncio.Event()
        running.seat.link.changed.connect(
            lambda status: online.set() if status.server is ServerState.ONLINE else None
        )
        await asyncio.wait_for(online.wait(), LIMIT_S)
        await first.close()

        second = Duty(occasion, secrets)
        again = await second.resume()
        assert again is not None
        assert again.seat.agent.login == LOGIN
        assert again.seat.agent == running.seat.agent
        await second.close()

    with_server(qapp, tmp_path, story)


def test_a_seat_without_a_server_says_what_to_do(
    qapp: DeskApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def main(stop: asyncio.Event) -> int:
        with Profile(tmp_path / "profile") as profile:
            occasion = an_occasion(profile, Settings(), Tasks())
            return await serve_duty(Session(qapp, occasion, stop))

    assert run_desk(qapp, main) == 2
    said = capsys.readouterr().err
    assert "settings.toml" in said
    assert "zuoxi practice" in said
