"""A ring, from the engine's event until the page shows it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.desk.fakes import incoming
from tests.wiring.seats import built_seat


def test_nothing_is_written_until_a_ring_is_shown_with_its_card(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def story() -> None:
        async with built_seat(tmp_path) as running:
            calm, rounds = running.ground.store.calm, running.seat.phone.rounds
            calm_while_painted: list[bool] = []
            rounds.first.connect(lambda: calm_while_painted.append(calm.reigns))
            running.seat.phone.handle(incoming())
            assert calm.reigns
            while rounds.running:
                qapp.processEvents()
                await asyncio.sleep(0)
            assert calm_while_painted == [True]
            assert not calm.reigns

    asyncio.run(asyncio.wait_for(story(), 60))
