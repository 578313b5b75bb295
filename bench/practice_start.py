"""``zuoxi practice`` that says when it is how far, as lines of JSON with monotonic nanoseconds.

The desk's own start, unchanged; only the call that makes the window is listened to.
"""

from __future__ import annotations

import json
import sys
import time

from PySide6.QtCore import QObject, QTimer

from agent_app import __main__ as program
from agent_app.desk.phone import EngineState
from agent_app.desk.seat import Seat
from agent_app.domain.link import ServerState
from agent_app.runtime.profile import Profile
from agent_app.wiring import practice_session, screen
from bench.painting import PaintWatch
from ui.application import DeskApplication
from ui.keys import KeyMap
from ui.starting.window import StartingWindow
from ui.theme import Theme
from ui.window.desk_window import DeskWindow

LOOK_MS = 20


class Steps(QObject):
    """Tells each step once."""

    def __init__(self) -> None:
        super().__init__()
        self._told: set[str] = set()
        self._watches: list[PaintWatch] = []
        self._timer = QTimer(self)
        self._seat: Seat | None = None

    def tell(self, step: str, at_ns: int = 0) -> None:
        if step not in self._told:
            self._told.add(step)
            sys.stdout.write(json.dumps({step: at_ns or time.monotonic_ns()}) + "\n")
            sys.stdout.flush()

    def watch_paint(self, widget: QObject, step: str) -> None:
        self._watches.append(PaintWatch([widget], lambda at_ns: self.tell(step, at_ns)))

    def watch_seat(self, seat: Seat) -> None:
        """Look now and then, from when the window stands, until all is there."""
        self._seat = seat
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_MS)

    def _look(self) -> None:
        assert self._seat is not None, "the timer starts with a seat"
        there = {
            "engine": self._seat.phone.status.engine is EngineState.READY,
            "knowledge": self._seat.knowledge.ready,
            "online": self._seat.link.status.server is ServerState.ONLINE,
        }
        for step in (name for name, so in there.items() if so):
            self.tell(step)
        if all(there.values()):
            self._timer.stop()
            self.tell("everything")


def main() -> None:
    steps: list[Steps] = []

    def the_steps() -> Steps:
        """Made with the first window: a QObject's timer needs an application."""
        if not steps:
            steps.append(Steps())
        return steps[0]

    def open_window(
        application: DeskApplication, seat: Seat, profile: Profile, keys: KeyMap
    ) -> DeskWindow:
        the_steps().tell("seat")
        window = screen.open_window(application, seat, profile, keys)
        the_steps().tell("window")
        the_steps().watch_paint(window, "painted")
        the_steps().watch_seat(seat)
        return window

    def starting_window(*, theme: Theme) -> StartingWindow:
        the_steps().tell("application")
        window = StartingWindow(theme=theme)
        the_steps().watch_paint(window, "said")
        return window

    sys.stdout.write(json.dumps({"imported": time.monotonic_ns()}) + "\n")
    # Not unittest.mock: importing it would be a part of the start.
    vars(practice_session).update(open_window=open_window, StartingWindow=starting_window)
    program.main()


if __name__ == "__main__":
    main()
