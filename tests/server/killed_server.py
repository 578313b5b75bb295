"""A real server process that dies between commit and reply, once.

``python -m tests.server.killed_server DIR MARKER [PORT]``; while MARKER is there it serves well.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.app import create_app
from server.serve import Listen, serve, watch_stdin
from server.settings import Settings


class DiesBeforeReply:
    """Kills its own process at the first answer to operations, if no marker is there."""

    def __init__(self, app: ASGIApp, marker: Path) -> None:
        self._app = app
        self._marker = marker

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_or_die(message: Message) -> None:
            if scope["path"].endswith("/operations") and not self._marker.exists():
                self._marker.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            await send(message)

        await self._app(scope, receive, send_or_die if scope["type"] == "http" else send)


def main(directory: Path, marker: Path, port: int) -> None:
    app = create_app(Settings(directory))
    serve(DiesBeforeReply(app, marker), Listen(port=port), stop=watch_stdin())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
