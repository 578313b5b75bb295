"""A desk on Qt's event loop, for a test that the client works there: one call, then an end.

A process of its own, because Qt and the interpreter do not always part in peace.
"""

from __future__ import annotations

import asyncio
import os
import sys

import qasync
from PySide6.QtCore import QCoreApplication

from sip.messages import CallEnded, EngineLost, HangUp
from tests.sip.seat import Seat, running, talk


async def _work() -> None:
    desk, caller = Seat("1001"), Seat("2001")
    async with running(desk, caller):
        _, desk_line = await talk(caller, desk)
        desk.client.send(HangUp(desk_line))
        await caller.next(CallEnded)
        await desk.next(CallEnded)
    await desk.next(EngineLost)


def main() -> None:
    application = QCoreApplication(sys.argv)
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    loop.run_until_complete(_work())
    sys.stdout.write("a call on Qt's loop\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
