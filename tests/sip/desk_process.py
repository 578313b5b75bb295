"""A desk of its own process, for tests that kill it: takes the first call and waits.

Prints one JSON line when the engine is up and one when it talks.
"""

from __future__ import annotations

import asyncio
import json
import sys

from sip.messages import Answer, CallAnswered, IncomingCall
from tests.sip.seat import Seat, running


def _tell(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


async def _work() -> None:
    desk = Seat("1001")
    async with running(desk):
        assert desk.client.engine is not None
        _tell(uri=desk.client.local_uri, pid=desk.client.engine.pid)
        rings = await desk.next(IncomingCall)
        desk.client.send(Answer(rings.line))
        await desk.next(CallAnswered)
        _tell(talking=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_work())
