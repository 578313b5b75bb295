"""A server that is killed again and again while it answers, and is back at once each time.

``python -m tests.server.mortal_server DIR PORT SEED DEATHS``. A process that has everything
imported forks the one that serves; that one kills itself (SIGKILL) at a chosen byte of a chosen
answer to ``/changes``. The deaths so far stand in DIR/deaths, one a line.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.app import create_app
from server.serve import Listen, serve, watch_stdin
from server.settings import Settings

LIVES = 3
"""At most so many answers are given before the next death."""


class Mortal:
    """Counts down the answers to ``/changes``; the last one is cut anywhere, or never begun."""

    def __init__(self, app: ASGIApp, chance: random.Random, deaths: Path) -> None:
        self._app = app
        self._deaths = deaths
        self._left = chance.randrange(LIVES)
        self._cut = chance.random()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_or_die(message: Message) -> None:
            if message["type"] != "http.response.body" or not message.get("body"):
                await send(message)
                return
            if self._left:
                self._left -= 1
                await send(message)
                return
            body: bytes = message["body"]
            most = int(len(body) * self._cut)
            if most:
                await send({**message, "body": body[:most], "more_body": True})
            with self._deaths.open("a") as file:
                file.write(f"{most} of {len(body)} bytes\n")
            os.kill(os.getpid(), signal.SIGKILL)

        changes = scope["type"] == "http" and scope["path"].endswith("/changes")
        await self._app(scope, receive, send_or_die if changes else send)


def main(folder: Path, port: int, seed: int, deaths: int) -> None:
    chance = random.Random(seed)
    gone = watch_stdin()
    record = folder / "deaths"
    for number in range(deaths + 1):
        life = random.Random(chance.random())
        if (child := os.fork()) == 0:
            _live(folder, port, life if number < deaths else None, record)
        threading.Thread(target=_end_with, args=(gone, child), daemon=True).start()
        _, status = os.waitpid(child, 0)
        if gone.is_set():
            return
        assert os.WTERMSIG(status) == signal.SIGKILL, status


def _live(folder: Path, port: int, chance: random.Random | None, record: Path) -> None:
    """One serving process, to its end."""
    app: ASGIApp = create_app(Settings(folder))
    serve(app if chance is None else Mortal(app, chance, record), Listen(port=port))
    os._exit(0)


def _end_with(gone: threading.Event, child: int) -> None:
    gone.wait()
    os.kill(child, signal.SIGTERM)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
