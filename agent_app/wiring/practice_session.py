"""``zuoxi practice``: the practice centre with its window, until the trainee leaves."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from agent_app.desk.scenarios import ScenarioError
from agent_app.runtime.errors import RuntimeFault
from agent_app.store.errors import StoreError
from agent_app.wiring.practice import PracticeCentre
from agent_app.wiring.screen import key_map, open_window
from agent_app.wiring.session import Options, Session, run_session
from sync.errors import SyncError
from ui.starting.steps import Step, step_words
from ui.starting.window import StartingWindow
from ui.window.desk_window import DeskWindow


@dataclass(frozen=True, slots=True)
class OpenPractice:
    """A practice centre on the screen."""

    centre: PracticeCentre
    window: DeskWindow


def run(options: Options) -> int:
    """Run the practice centre until its window is closed or the process is told to stop."""
    return run_session("practice", options, practise)


async def practise(session: Session) -> int:
    practice = await open_practice(session)
    if practice is None:
        return 1
    await session.stop.wait()
    await close_practice(practice)
    return 0


async def open_practice(session: Session) -> OpenPractice | None:
    """Prepare, build and show everything; None when it cannot be and the trainee was told why."""
    keys = key_map(session.occasion.settings.keys)
    centre = PracticeCentre(session.occasion)
    starting = StartingWindow(theme=session.application.theme)

    def say(step: Step) -> None:
        starting.show_step(step_words(step))

    if not session.occasion.profile.identity_file.exists():
        starting.closed.connect(session.stop.set)
        starting.show()
    try:
        running = await centre.open(say)
    except (RuntimeFault, SyncError, StoreError, ScenarioError) as error:
        await _fail(session, starting, str(error))
        await centre.close()
        return None
    window = open_window(session.application, running.seat, session.occasion.profile, keys)
    window.quit_wanted.connect(session.stop.set)
    window.show()
    starting.finish()
    running.begin()
    return OpenPractice(centre, window)


async def close_practice(practice: OpenPractice) -> None:
    """Take the window off the screen at once, then end everything behind it."""
    practice.window.hide()
    await practice.centre.close()
    practice.window.deleteLater()


async def _fail(session: Session, starting: StartingWindow, sentence: str) -> None:
    seen = asyncio.Event()
    starting.closed.connect(seen.set)
    starting.fail(sentence)
    starting.show()
    waits = [asyncio.ensure_future(event.wait()) for event in (seen, session.stop)]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
