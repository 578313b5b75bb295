"""A desk on duty for a story, without a keyring: the password is the key, with and without server.

``python -m tests.e2e.duty_desk FOLDER URL`` is a desk of its own process for the part of a shift
that ends with kill -9. It prints one line of JSON when it can be called, and after each call what
was done; the last words it types are not saved.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from agent_app.demo.driver import Driver
from agent_app.desk.seat import Seat
from agent_app.domain.agent_state import AgentState
from agent_app.runtime.loop import run_desk
from agent_app.runtime.profile import Profile
from agent_app.runtime.tasks import Tasks
from agent_app.settings import CallSettings, ServerSettings, Settings, SoundSettings
from agent_app.wiring.duty import Duty
from agent_app.wiring.duty_session import SignInAgain
from agent_app.wiring.practice import Occasion
from agent_app.wiring.screen import open_window
from agent_app.wiring.seat import RunningSeat
from tests.contract.centre import PASSWORD
from tests.e2e.stage import an_occasion
from ui.application import DeskApplication, create_application
from ui.keys import KeyMap
from ui.language import Language
from ui.theme import ThemeChoice
from ui.window.desk_window import DeskWindow

LOGIN = "1002"
LIMIT_S = 60
KNOWN, UNKNOWN, THIRD = "+8613800138000", "+8616109990001", "+8616109990002"
MINE = "下午三点以后回电"
NEW_NAME = "新来的王女士"
HALF = "半句还没写完"


def occasion_of(profile: Profile, url: str, tasks: Tasks) -> Occasion:
    settings = Settings(
        server=ServerSettings(url=url, poll_s=0.5, retry_max_s=1.0),
        sound=SoundSettings(backend="null"),
        call=CallSettings(wrap_up_s=60),
    )
    return an_occasion(profile, settings, tasks)


@dataclass
class OpenDesk:
    """A desk with its window, opened with her password as ``zuoxi`` opens it."""

    duty: Duty
    running: RunningSeat
    window: DeskWindow
    again: SignInAgain

    @property
    def seat(self) -> Seat:
        return self.running.seat

    @property
    def driver(self) -> Driver:
        return Driver(self.window)

    @property
    def address(self) -> str:
        return self.seat.phone.status.address

    async def until(self, what: str, holds: object) -> None:
        await self.driver.until(what, holds, LIMIT_S)  # type: ignore[arg-type]

    async def close(self) -> None:
        self.window.hide()
        self.again.close()
        await self.duty.close()
        self.window.deleteLater()


async def open_desk(application: DeskApplication, occasion: Occasion) -> OpenDesk:
    duty = await Duty.prepare(occasion)
    assert await duty.resume() is None, "without a keyring the password is asked for"
    running = await duty.sign_in(LOGIN, PASSWORD)
    window = open_window(application, running.seat, occasion.profile, KeyMap())
    again = SignInAgain(duty, running.seat.link, occasion.tasks)
    duty.watch.sign_in_wanted.connect(again.on_server_back)
    window.show()
    await running.begin()
    desk = OpenDesk(duty, running, window, again)
    await desk.until("the phone is up", lambda: bool(desk.address))
    return desk


async def take(desk: OpenDesk) -> str:
    """Answer the call that comes; returns its interaction."""
    await desk.until("it rings", lambda: desk.driver.enabled("answer-button"))
    desk.driver.press("F2")
    shift = desk.seat.shift
    await desk.until("talking", lambda: shift.status.state is AgentState.TALKING)
    return desk.seat.phone.calls[-1].interaction_id


async def hang_up_and_save(desk: OpenDesk, interaction: str) -> None:
    desk.driver.press("F8")
    await desk.until("the call is over", lambda: not desk.seat.phone.calls)
    desk.driver.press("F11")
    await desk.until("the summary is kept", lambda: any(
        item.record == interaction for item in desk.seat.link.items))  # fmt: skip


async def quote(desk: OpenDesk) -> None:
    """Find the official answer in the seat's own knowledge base and quote it."""
    desk.driver.press("F7")
    desk.driver.type("子女教育")
    await desk.until("the article", lambda: bool(desk.driver.rows("results-list")))
    desk.driver.press("Return")
    await desk.until("its text", lambda: desk.driver.shown("article-answer"))
    desk.driver.press("Ctrl+Return")
    await desk.until("quoted", lambda: bool(desk.driver.read("answer-field")))


async def edit(desk: OpenDesk, field: str, text: str) -> None:
    """Change one field of the caller in the form, by keyboard."""
    desk.driver.press("Ctrl+P")
    await desk.until("the form", lambda: desk.driver.shown(field))
    desk.driver.click(field)
    desk.driver.press("Ctrl+A")
    desk.driver.type(text)
    desk.driver.press("Ctrl+S")
    await desk.until("it is saved", lambda: not desk.driver.shown(field))


def say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


async def shift(desk: OpenDesk) -> None:
    """Three calls without a server: a known caller, a new one, and one that is cut off."""
    driver, seat = desk.driver, desk.seat
    await desk.until("the knowledge base", lambda: seat.knowledge.ready)
    until = seat.link.status.offline_until
    say(address=desk.address, until="" if until is None else until.isoformat())
    first = await take(desk)
    await desk.until("the card", lambda: driver.read("caller-name") == "张伟")
    await edit(desk, "customer-notes", MINE)
    await desk.until("it is marked", lambda: driver.shown("caller-provisional"))
    await quote(desk)
    await hang_up_and_save(desk, first)
    say(interaction=first)
    second = await take(desk)
    await desk.until("nobody known", lambda: driver.read("caller-name") == "Unknown caller")
    await edit(desk, "customer-name", NEW_NAME)
    await desk.until("the new card", lambda: driver.read("caller-name") == NEW_NAME)
    await quote(desk)
    await hang_up_and_save(desk, second)
    say(interaction=second)
    third = await take(desk)
    driver.click("question-field")
    driver.type(HALF)
    await seat.summaries.flush()
    say(interaction=third)
    await asyncio.sleep(3600)


async def main(application: DeskApplication, folder: Path, url: str) -> int:
    tasks = Tasks()
    with Profile(folder) as profile:
        await shift(await open_desk(application, occasion_of(profile, url, tasks)))
    return 0


if __name__ == "__main__":
    qapp = create_application(sys.argv[:1], Language.ENGLISH, ThemeChoice.LIGHT)
    run_desk(qapp, lambda _stop: main(qapp, Path(sys.argv[1]), sys.argv[2]))
