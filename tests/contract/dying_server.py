"""The real application, killed with SIGKILL between the commit of the first operations and their
reply: ``python -m tests.contract.dying_server DATA PORT``. Once; the next start serves well.
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


class DiesBeforeAnswering:
    """ASGI around the server: when the answer to ``operations`` begins, the process is no more."""

    def __init__(self, app: ASGIApp, mark: Path) -> None:
        self._app = app
        self._mark = mark

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def cut(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                self._mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            await send(message)

        dies = scope.get("path", "").endswith("/operations") and not self._mark.exists()
        await self._app(scope, receive, cut if dies else send)


if __name__ == "__main__":
    data = Path(sys.argv[1])
    application = create_app(Settings(data_dir=data))
    serve(
        DiesBeforeAnswering(application, data / "died"),
        Listen(port=int(sys.argv[2])),
        stop=watch_stdin(),
    )
