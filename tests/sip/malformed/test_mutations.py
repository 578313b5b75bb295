"""Ten thousand spoilt messages from the exchange: the phone lives, or is back at once.

The seed is printed; ZUOXI_MUTATION_SEED and ZUOXI_MUTATIONS choose others.
"""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path

import pytest

from sip.messages import EngineLost, Register
from tests.sip.malformed.exchange import Stage, staged
from tests.sip.malformed.mutations import Mutator
from tests.sipp.stage import QUICK

pytestmark = pytest.mark.processes

SEED = int(os.environ.get("ZUOXI_MUTATION_SEED", "20260"))
COUNT = int(os.environ.get("ZUOXI_MUTATIONS", "10000"))
BATCH = 100
STREAM_BATCH = 20
RESTARTS, RESTARTS_BY_ANSWERS = 1, 10
"""So many are bearable. The library takes the late end of a request for the call's that has come
to the same place meanwhile, and it has four places: nobody else calls twenty times a second."""


def test_ten_thousand_spoilt_datagrams(tmp_path: Path) -> None:
    async def play() -> None:
        async with staged(command=QUICK) as stage:
            mutator = Mutator(SEED, stage.exchange.phone[1], peer=stage.exchange.port)
            costly = []
            for first in range(0, COUNT, BATCH):
                for message in mutator.messages(BATCH, first=first):
                    stage.exchange.send(message)
                if not await stage.survives():
                    costly.append(first)
            await _works(stage, tmp_path, costly)

    asyncio.run(play())


def test_spoilt_streams(tmp_path: Path) -> None:
    async def play() -> None:
        async with staged(command=QUICK, tcp=True) as stage:
            assert stage.desk.client.engine is not None
            port = dict(stage.desk.client.engine.ports)["tcp"]
            mutator = Mutator(SEED, port, peer=stage.exchange.port)
            costly = []
            for first in range(0, COUNT // 10, STREAM_BATCH):
                await _pour(port, b"".join(mutator.messages(STREAM_BATCH, first=first)))
                if not await stage.survives():
                    costly.append(first)
            await _works(stage, tmp_path, costly)

    asyncio.run(play())


def test_spoilt_answers_to_what_the_phone_asks(tmp_path: Path) -> None:
    mutator = Mutator(SEED, 5060, peer=5060)
    luck = random.Random(SEED)
    honest = False

    def spoil(answer: bytes) -> bytes:
        return answer if honest or luck.random() < 0.2 else mutator.spoilt(answer)

    async def play() -> None:
        nonlocal honest
        honest = True
        async with staged(spoil, command=QUICK) as stage:
            honest, costly = False, []
            for number in range(COUNT // 50):
                stage.desk.client.send(Register())
                stage.desk.call(f"sip:2001@127.0.0.1:{stage.exchange.port}")
                if not await stage.survives():
                    costly.append(number)
            honest = True
            await _works(stage, tmp_path, costly, RESTARTS_BY_ANSWERS)

    asyncio.run(play())


async def _pour(port: int, stream: bytes) -> None:
    """Send ``stream`` over a connection of its own; the phone may close it when it likes."""
    _reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(stream)
        await writer.drain()
        writer.close()
        await writer.wait_closed()
    except ConnectionError:
        pass


async def _works(stage: Stage, folder: Path, costly: list[int], bearable: int = RESTARTS) -> None:
    lost = stage.desk.seen(EngineLost)
    print(f"seed {SEED}: {len(lost)} restarts, in the batches at {costly}")  # noqa: T201
    assert len(lost) <= bearable
    await stage.works(folder)
