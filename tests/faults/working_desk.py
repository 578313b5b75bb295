"""A seat on duty as a process of its own, for ``test_secrets_at_rest``.

``python -m tests.faults.working_desk FOLDER URL``: signs in, works with and without the server,
meets a bug, and says in one line of JSON which tokens it holds; then waits to be killed.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from dataclasses import replace
from pathlib import Path

from agent_app import __version__
from agent_app.domain.calls import CallState
from agent_app.domain.ids import InteractionId
from agent_app.domain.link import ServerState
from agent_app.runtime.clock import SystemClock
from agent_app.runtime.crash import CrashHandler
from agent_app.runtime.logs import start_logging
from agent_app.runtime.loop import run_desk
from agent_app.runtime.profile import Profile
from agent_app.runtime.secrets import SecretsFound, SessionSecrets
from agent_app.runtime.tasks import Tasks
from agent_app.settings import ServerSettings, Settings, SoundSettings
from agent_app.wiring.duty import Duty
from agent_app.wiring.seat import RunningSeat
from tests.domain.examples import call, draft
from tests.e2e.stage import an_occasion
from tests.server.running import PASSWORD
from ui.application import create_application
from ui.language import Language
from ui.theme import ThemeChoice

LOGIN = "1001"
PHONE = "+8613957108642"
ID_NUMBER = "330106198407123915"
LIMIT_S = 60

_log = logging.getLogger(__name__)


class LastingSecrets(SessionSecrets):
    """A keyring that works, in memory."""

    lasting = True


async def work(running: RunningSeat) -> None:
    """Saved, half typed, logged, dialled; and a bug with everything in its hands."""
    store, agent = running.ground.store, running.seat.agent
    for name in ("i-1", "i-2", "i-3"):
        one = InteractionId(name)
        rang = call(interaction_id=one, normal=PHONE, number=PHONE, state=CallState.ENDED)
        words = replace(
            draft(interaction_id=one, call=rang),
            question=f"回电 {PHONE}", answer=f"身份证 {ID_NUMBER}", follow_up=ID_NUMBER,
        )  # fmt: skip
        await store.drafts.put(words)
        if name != "i-3":
            await store.summaries.save(words, agent_id=agent.agent_id, agent_name=agent.name)
            running.replication.wake()
    session = running.ground.auth.session
    assert session is not None
    for level in (logging.INFO, logging.WARNING, logging.ERROR):
        _log.log(level, "said by mistake: %s, Bearer %s", PHONE, session.access_token)
        _log.log(level, "password=%s token=%s", PASSWORD, session.refresh_token)
    raise ValueError(f"{PHONE} {ID_NUMBER} {session.access_token} {PASSWORD}")


async def shift(folder: Path, url: str, crashes: CrashHandler) -> int:
    settings = Settings(server=ServerSettings(url=url), sound=SoundSettings(backend="null"))
    with Profile(folder / "profile") as profile:
        duty = Duty(an_occasion(profile, settings, Tasks()), SecretsFound(LastingSecrets()))
        await duty.resume()
        running = await duty.sign_in(LOGIN, PASSWORD)
        await _until(running, ServerState.ONLINE)
        try:
            await work(running)
        except ValueError as error:
            crashes.report(error)
        session = running.ground.auth.session
        assert session is not None
        tokens = {"access token": session.access_token, "refresh token": session.refresh_token}
        sys.stdout.write(json.dumps(tokens) + "\n")
        sys.stdout.flush()
        await _until(running, ServerState.OFFLINE)  # the server is ended now
        sys.stdout.write("{}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)
        await duty.close()
    return 0


async def _until(running: RunningSeat, state: ServerState) -> None:
    reached = asyncio.Event()

    def look(status: object) -> None:
        if running.seat.link.status.server is state:
            reached.set()

    running.seat.link.changed.connect(look)
    look(None)
    await asyncio.wait_for(reached.wait(), LIMIT_S)


def main(folder: Path, url: str) -> int:
    profile = folder / "profile"
    for place in (profile / "logs", profile / "crashes"):
        place.mkdir(parents=True, exist_ok=True)
    start_logging(profile / "logs")
    crashes = CrashHandler(
        profile / "crashes", version=__version__, clock=SystemClock(), on_crash=lambda _: None
    )
    crashes.install()
    application = create_application(sys.argv[:1], Language.ENGLISH, ThemeChoice.LIGHT)
    return run_desk(application, lambda _stop: shift(folder, url, crashes))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
