"""One desk on duty in a soak: signs in, answers every call by keyboard, saves its summary (①–⑨).

Prints one JSON object a line: ``{"pid": n, "engine_pid": n}`` once it is on duty,
``{"call": name, "answered": bool, "saved": bool}`` for each call that is over. A line on standard
input, or its end, ends the desk.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import threading
import traceback
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from agent_app.demo.driver import Driver
from agent_app.desk.seat import Seat
from agent_app.domain.calls import Call, CallState
from agent_app.domain.ids import InteractionId
from agent_app.domain.link import ServerState
from agent_app.domain.summary import DraftState
from agent_app.runtime.loop import leave, run_desk
from agent_app.runtime.profile import Profile
from agent_app.runtime.secrets import NamedSecret, SecretsFound, SessionSecrets
from agent_app.runtime.tasks import Tasks
from agent_app.settings import (
    AccountSettings,
    CallSettings,
    ServerSettings,
    Settings,
    SoundSettings,
)
from agent_app.wiring.duty import Duty
from agent_app.wiring.screen import open_window
from agent_app.wiring.seat import RunningSeat
from agent_app.wiring.telephony import PASSWORD
from bench.desk import desk_application
from sip import messages as m
from tests.e2e.stage import an_occasion
from ui.application import DeskApplication
from ui.keys import KeyMap

LIMIT_S = 60
TALK_S = 1.0
EVERY_OTHER = 2


class Agent(QObject):
    """The hands of one agent: answered, a question typed, an answer quoted, hung up, saved."""

    def __init__(self, seat: Seat, hands: Driver) -> None:
        super().__init__()
        self._seat = seat
        self._hands = hands
        self._calls = 0
        self.rung: asyncio.Queue[Call] = asyncio.Queue()
        seat.phone.call_changed.connect(self._on_call)

    @Slot(object)
    def _on_call(self, call: Call) -> None:
        if call.state is CallState.RINGING:
            self.rung.put_nowait(call)

    def _unsaved(self, name: InteractionId) -> bool:
        draft = self._seat.summaries.draft(name)
        return draft is not None and draft.state is not DraftState.SAVED

    async def take(self, call: Call) -> bool:
        """Work one call to its end; False when the caller was gone before the answer."""
        hands, name = self._hands, call.interaction_id
        self._calls += 1
        hands.press("F2")
        await hands.until(
            "the call is answered or gone",
            lambda: self._now(name) is not CallState.RINGING,
            LIMIT_S,
        )
        if self._now(name) is CallState.ENDED:
            return False
        await asyncio.sleep(TALK_S)
        hands.click("question-field")
        hands.type(f"第{self._calls}个来电")
        await hands.until("an answer is suggested", lambda: bool(hands.rows("suggestions-list")))
        hands.press("Ctrl+Shift+1")
        await hands.until("the article is open", lambda: hands.enabled("quote-button"))
        hands.press("Ctrl+Return")
        await hands.until("the answer is quoted", lambda: bool(hands.read("answer-field")))
        if self._calls % EVERY_OTHER:
            hands.press("F8")
        await hands.until("the call is over", lambda: self._now(name) is CallState.ENDED, LIMIT_S)
        hands.press("F11")
        await hands.until("the summary is saved", lambda: not self._unsaved(name), LIMIT_S)
        return True

    def _now(self, name: InteractionId) -> CallState:
        call = next((one for one in self._seat.phone.calls if one.interaction_id == name), None)
        return CallState.ENDED if call is None else call.state


async def work(application: DeskApplication, given: argparse.Namespace) -> None:
    with Profile(given.root) as profile:
        tasks = Tasks()
        occasion = an_occasion(profile, _settings(given), tasks)
        secrets = SessionSecrets()
        NamedSecret(secrets, PASSWORD).put(given.sip_password)
        duty = Duty(occasion, SecretsFound(secrets))
        running = await duty.sign_in(given.login, given.password)
        window = open_window(application, running.seat, profile, KeyMap())
        window.show()
        running.begin()
        hands = Driver(window)
        await _until_on_duty(running, hands)
        stop = _end_of_input()
        await _serve(Agent(running.seat, hands), stop)
        await hands.until(
            "everything is delivered", lambda: not running.seat.link.status.waiting, LIMIT_S
        )
        window.hide()
        await duty.close()


def _settings(given: argparse.Namespace) -> Settings:
    host = given.registrar.rpartition(":")[0]
    account = AccountSettings(user=given.extension, domain=host, registrar=given.registrar)
    return Settings(
        server=ServerSettings(url=given.url),
        account=account,
        call=CallSettings(wrap_up_s=60),
        sound=SoundSettings(backend="pulseaudio"),
    )


async def _until_on_duty(running: RunningSeat, hands: Driver) -> None:
    seat = running.seat
    await hands.until(
        "registered, and the server reached",
        lambda: (
            bool(seat.phone.status.registered)
            and seat.link.status.server is ServerState.ONLINE
            and seat.knowledge.ready
        ),
        LIMIT_S,
    )
    engine = running.engine.engine
    assert isinstance(engine, m.EngineReady)
    _say({"pid": os.getpid(), "engine_pid": engine.pid})


async def _serve(agent: Agent, stop: asyncio.Event) -> None:
    stopped = asyncio.ensure_future(stop.wait())
    while True:
        rung = asyncio.ensure_future(agent.rung.get())
        await asyncio.wait((rung, stopped), return_when=asyncio.FIRST_COMPLETED)
        if not rung.done():
            rung.cancel()
            return
        call = rung.result()
        answered = await agent.take(call)
        _say({"call": call.exchange_call_id, "answered": answered})


def _end_of_input() -> asyncio.Event:
    """Set by a line on standard input or by its end."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    threading.Thread(target=_wait_for_line, args=(loop, stop), daemon=True).start()
    return stop


def _wait_for_line(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    sys.stdin.readline()
    loop.call_soon_threadsafe(stop.set)


def _say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path, help="the profile's folder")
    for name in ("url", "login", "password", "extension", "registrar", "sip-password"):
        parser.add_argument(f"--{name}", required=True)
    given = parser.parse_args()
    application = desk_application()

    async def story(_stop: asyncio.Event) -> int:
        try:
            await work(application, given)
        except Exception:  # noqa: BLE001 - the border of the process: the parent reads what was written here
            traceback.print_exc()
            picture = application.primaryScreen().grabWindow(0)
            picture.save(str(given.root.with_suffix(".png")))
            return 1
        return 0

    leave(run_desk(application, story))


if __name__ == "__main__":
    main()
