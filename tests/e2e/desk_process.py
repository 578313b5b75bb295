"""A desk of its own process that answers the first call, types half sentences and waits for its
end: ``python -m tests.e2e.desk_process FOLDER``. Prints one line of JSON when it is ready for the
call, and one when the words are on disk."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from agent_app.domain.agent_state import AgentState
from tests.e2e.stage import Desk, play
from ui.application import create_application
from ui.language import Language
from ui.theme import ThemeChoice

WORDS = "半句还没写完"
BASIS = "依国发"


def say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


async def work(desk: Desk) -> None:
    driver, seat = desk.driver, desk.seat
    say(address=seat.phone.status.address, engine=desk.engine_pid)
    await driver.until("ringing", lambda: driver.enabled("answer-button"), 30)
    driver.press("F2")
    await driver.until("talking", lambda: desk.state_is(AgentState.TALKING))
    desk.type_into("question-field", WORDS)
    desk.type_into("basis-field", BASIS)
    await seat.summaries.flush()
    say(interaction=seat.phone.calls[0].interaction_id)
    await asyncio.sleep(3600)


if __name__ == "__main__":
    application = create_application(sys.argv[:1], Language.ENGLISH, ThemeChoice.LIGHT)
    play(application, Path(sys.argv[1]), work)
