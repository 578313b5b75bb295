"""One desk whose copy is fetched: how long its window's loop was busy with something else (⑧).

Prints one JSON object: the gaps between the beats of a 5 ms timer in the window's thread, idle and
while everything is fetched, in milliseconds, and how long the fetching took.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from agent_app.desk.door import Door
from agent_app.desk.faults import Faults
from agent_app.runtime.clock import SystemClock
from agent_app.runtime.loop import leave, run_desk
from agent_app.runtime.profile import Profile
from agent_app.runtime.secrets import SecretsFound, SessionSecrets
from agent_app.runtime.tasks import Tasks
from agent_app.settings import ServerSettings, Settings, SoundSettings
from agent_app.wiring.duty import Duty
from agent_app.wiring.practice import Occasion
from agent_app.wiring.screen import open_window
from agent_app.wiring.seat import RunningSeat
from bench.desk import desk_application, until
from bench.spread import Numbers, spread
from server.sample.fill import PASSWORD
from sync.status import Phase
from ui.application import DeskApplication
from ui.keys import KeyMap

BEAT_MS = 5
LOGIN = "1001"
LIMIT_S = 1_200


class Beats(QObject):
    """The times between beats, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last_ns = time.monotonic_ns()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def taken(self) -> Numbers:
        """Those since the last time."""
        gaps, self.gaps = self.gaps, []
        return spread(gaps)

    def _beat(self) -> None:
        now_ns = time.monotonic_ns()
        self.gaps.append((now_ns - self._last_ns) / 1e6)
        self._last_ns = now_ns


async def measure(
    application: DeskApplication, url: str, folder: Path, idle_s: float
) -> dict[str, object]:
    """Open the desk on an empty profile and let it fetch everything."""
    tasks, clock = Tasks(), SystemClock()
    settings = Settings(
        server=ServerSettings(url=url, whole_copy_from=0), sound=SoundSettings(backend="null")
    )
    with Profile(folder) as profile:
        occasion = Occasion(profile, settings, clock, tasks, Faults(clock=clock), Door())
        duty = Duty(occasion, SecretsFound(SessionSecrets()))
        running = await duty.sign_in(LOGIN, PASSWORD)
        window = open_window(application, running.seat, profile, KeyMap())
        window.show()
        running.begin()
        found = await _watched(running, idle_s)
        window.hide()
        await duty.close()
        window.deleteLater()
    return found


async def _watched(running: RunningSeat, idle_s: float) -> dict[str, object]:
    copy = running.seat.local_copy
    await until("it is begun", lambda: copy.status.being_fetched, 60)
    copy.stop()
    await until("it is stopped", lambda: copy.status.sync.phase is Phase.NOT_SYNCHRONISED, 60)
    await until("the engine is ready", lambda: running.engine.ready)
    await asyncio.sleep(2)  # painted, settled
    beats = Beats()
    await asyncio.sleep(idle_s)
    idle = beats.taken()
    began = time.monotonic()
    copy.fetch()
    await until("it is fetched", lambda: copy.status.sync.phase is Phase.ONLINE, LIMIT_S)
    took_s = time.monotonic() - began
    return {"idle_ms": idle, "fetching_ms": beats.taken(), "took_s": round(took_s, 2)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("folder", type=Path)
    parser.add_argument("idle_s", type=float)
    given = parser.parse_args()
    application = desk_application()
    found: dict[str, object] = {}

    async def work(_stop: asyncio.Event) -> int:
        found.update(await measure(application, given.url, given.folder, given.idle_s))
        return 0

    code = run_desk(application, work)
    sys.stdout.write(json.dumps(found) + "\n")
    leave(code)


if __name__ == "__main__":
    main()
