"""The same replication under Qt's loop, where the desk runs it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SCRIPT = """
import sys
from PySide6.QtCore import QCoreApplication
from agent_app.runtime.loop import leave, run_desk
from sync.status import Cause, Phase
from tests.sync.centre import Centre
from tests.sync.story import FAST, Seat
from tests.sync.waiting import until

async def main(stop):
    centre = Centre(changes=25, page=10)
    seat = Seat(centre, FAST)
    seat.replication.start()
    await seat.replication.sign_in("wang", "secret")
    await seat.reaches(Phase.ONLINE)
    centre.down = True
    seat.save(1)
    assert (await seat.reaches(Phase.OFFLINE)).cause is Cause.UNREACHABLE
    centre.down = False
    await until(lambda: seat.outbox.delivered == ["op-1"])
    await until(lambda: seat.replica.at == 26)
    await seat.replication.stop()
    sys.stdout.write(" ".join(dict.fromkeys(seat.phases)))
    return 5

leave(run_desk(QCoreApplication([]), main))
"""


@pytest.mark.processes
def test_a_seat_goes_through_a_whole_outage_under_qt() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert (done.returncode, done.stderr) == (5, "")
    assert done.stdout == "signed-out connecting first-sync online offline"
