"""Two seats on duty without a window: one exchange, one server, two profiles."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from agent_app.desk.seat import Seat
from agent_app.domain.calls import Call, CallState
from agent_app.domain.link import ServerState
from agent_app.runtime.loop import run_desk
from agent_app.runtime.profile import Profile
from agent_app.runtime.secrets import SecretsFound, SessionSecrets
from agent_app.runtime.tasks import Tasks
from agent_app.settings import AccountSettings, ServerSettings, Settings, SoundSettings
from agent_app.wiring.duty import Duty
from agent_app.wiring.seat import RunningSeat
from agent_app.wiring.telephony import PASSWORD as SIP_PASSWORD
from tests.contract.centre import PASSWORD, serving
from tests.e2e.stage import an_occasion
from tests.exchange.asterisk import Agent, Exchange
from ui.application import DeskApplication

LIMIT_S = 30
FIRST, SECOND = "1001", "1002"
"""The extensions, and in the sample centre the logins too."""

Story = Callable[[Seat, Seat], Awaitable[None]]


async def until(what: str, holds: Callable[[], object]) -> None:
    try:
        async with asyncio.timeout(LIMIT_S):
            while True:
                if holds():
                    return
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"never: {what}") from None


def only_call(seat: Seat) -> Call:
    (call,) = seat.phone.calls
    return call


async def ringing(seat: Seat) -> Call:
    """The call that rings there now."""
    rings = CallState.RINGING
    await until("it rings", lambda: any(call.state is rings for call in seat.phone.calls))
    return next(call for call in seat.phone.calls if call.state is rings)


def agents(exchange: Exchange) -> tuple[Agent, Agent]:
    first, second = (Agent(user, exchange.passwords[user]) for user in (FIRST, SECOND))
    return first, second


def play(qapp: DeskApplication, folder: Path, exchange: Exchange, story: Story) -> None:
    """Let both sign in and register, play ``story``, close everything."""

    async def main(stop: asyncio.Event) -> int:
        server = serving(folder / "server")
        url = await server.start()
        tasks = Tasks()
        opened: list[RunningSeat] = []
        try:
            with Profile(folder / FIRST) as one, Profile(folder / SECOND) as two:
                for profile, agent in zip((one, two), agents(exchange), strict=True):
                    running = await _open(profile, agent, exchange, url, tasks)
                    opened.append(running)
                    await running.begin()
                try:
                    for running in opened:
                        await _on_duty(running.seat)
                    await story(opened[0].seat, opened[1].seat)
                finally:  # a seat that is left open would spoil every test after this one
                    for running in opened:
                        await running.close()
        finally:
            await tasks.cancel_all()
            await server.stop()
            server.close()
        return 0

    (folder / "server").mkdir()
    assert run_desk(qapp, main) == 0


async def _open(
    profile: Profile, agent: Agent, exchange: Exchange, url: str, tasks: Tasks
) -> RunningSeat:
    secrets = SessionSecrets()
    secrets.put(SIP_PASSWORD, agent.password)
    account = AccountSettings(user=agent.user, domain=exchange.host(), registrar=exchange.host())
    settings = Settings(
        account=account,
        server=ServerSettings(url=url),
        sound=SoundSettings(backend="null"),
    )
    duty = Duty(an_occasion(profile, settings, tasks), SecretsFound(secrets))
    return await duty.sign_in(agent.user, PASSWORD)


async def _on_duty(seat: Seat) -> None:
    await until("it is registered", lambda: seat.phone.status.registered)
    await until("the server is reached", lambda: seat.link.status.server is ServerState.ONLINE)
