"""Our own desk as one of the phones: window, engine, a small centre; its orders come by a pipe.

``python -m bench.phones.zuoxi_desk ROOT`` prints the engine's port and then obeys each line it
reads: ``answer`` → the monotonic second of the order; ``load on``, ``load off``: the window's
thread is kept busy as on a bad day (30 ms in 100, now and then 200 ms of JSON).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from agent_app.domain.calls import Call, CallState
from agent_app.runtime.loop import leave, run_desk
from agent_app.runtime.profile import Profile
from bench.desk import Desk, desk_application, open_desk
from sip import messages as m

EVERY_MS, BUSY_S = 100, 0.03
LONG_EVERY = 20
"""Each twentieth time the window's thread parses JSON for about 200 ms."""


class Load(QObject):
    """Work that has no business in the window's thread."""

    def __init__(self) -> None:
        super().__init__()
        self._times = 0
        rows = [{"number": n, "text": "坐席" * 20} for n in range(60_000)]
        self._long = json.dumps(rows)
        self.timer = QTimer(self, interval=EVERY_MS)
        self.timer.timeout.connect(self._work)

    @Slot()
    def _work(self) -> None:
        self._times += 1
        if self._times % LONG_EVERY == 0:
            json.loads(self._long)
        end = time.perf_counter() + BUSY_S
        while time.perf_counter() < end:
            pass


async def obey(desk: Desk, auto_answer: bool) -> None:
    """Do what stdin says until it is closed."""
    phone, load = desk.seat.phone, None
    engine = desk.running.engine.engine
    assert engine is not None, "open_desk waited for it"

    def answer() -> float:
        at = time.monotonic()
        for call in phone.calls:
            if call.state is CallState.RINGING:
                phone.answer(call.interaction_id)
        return at

    def on_call(_call: Call) -> None:
        answer()

    if auto_answer:
        phone.call_changed.connect(on_call)
    _say(engine.ports[0][1])
    lines = _lines()
    while order := await lines.get():
        match order:
            case "answer":
                _say(answer())
            case "load on":
                load = Load()
                load.timer.start()
            case "load off" if load is not None:
                load.timer.stop()


def _lines() -> asyncio.Queue[str]:
    """Standard input, line by line, then an empty text."""
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str]()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line.strip())
        loop.call_soon_threadsafe(lines.put_nowait, "")

    threading.Thread(target=read, daemon=True).start()
    return lines


def _say(value: float) -> None:
    sys.stdout.write(f"{value}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path, help="a profile with a filled store")
    parser.add_argument("--auto-answer", action="store_true")
    given = parser.parse_args()
    application = desk_application()

    async def work(_stop: asyncio.Event) -> int:
        with Profile(given.root) as profile:
            sound = m.SoundSettings(backend="pulseaudio")
            desk = await open_desk(
                application, profile, before_window=lambda _seat: None, sound=sound
            )
            await obey(desk, given.auto_answer)
            await desk.close()
        return 0

    leave(run_desk(application, work))


if __name__ == "__main__":
    main()
