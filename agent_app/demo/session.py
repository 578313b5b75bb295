"""``zuoxi demo``: two calls in a practice centre of its own, one with the server, one without."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from agent_app.demo.driver import Driver
from agent_app.demo.one_call import OneCall, Stage
from agent_app.demo.report import Report, StepFailedError
from agent_app.domain.ids import InteractionId
from agent_app.domain.link import ServerState
from agent_app.wiring.practice_session import OpenPractice, close_practice, open_practice
from agent_app.wiring.session import Options, Session, run_session
from sync.errors import SyncError
from sync.wire import Json

_log = logging.getLogger(__name__)

DELIVERY_LIMIT_S = 20.0
FIRST, SECOND = "tax-deduction-children", "quarterly-exemption"


def run(options: Options) -> int:
    """Play the demo; 0 when every step passed. ``options.out`` is emptied first."""
    out: Path = options.out.absolute()
    shutil.rmtree(out / "profile", ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    for old in (*out.glob("*.png"), *out.glob("*.wav"), out / "report.json"):
        old.unlink(missing_ok=True)
    own = replace(
        options,
        profile=options.profile or out / "profile",
        speaker_record=str(out / "speaker.wav"),
    )
    return run_session("demo", own, partial(_perform, out=out))


async def _perform(session: Session, *, out: Path) -> int:
    report = Report(out / "report.json")
    practice = await open_practice(session)
    if practice is None:
        return 1
    play = _Play(practice, report, out)
    acting = asyncio.ensure_future(play.all())
    stopped = asyncio.ensure_future(session.stop.wait())
    await asyncio.wait((acting, stopped), return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    acting.cancel()
    await asyncio.gather(acting, stopped, return_exceptions=True)
    await close_practice(practice)
    passed = report.passed and play.finished
    sys.stdout.write(f"{'passed' if passed else 'FAILED'}: {report.path}\n")
    return 0 if passed else 1


class _Play:
    """The whole play; ``finished`` once its last step was done."""

    def __init__(self, practice: OpenPractice, report: Report, out: Path) -> None:
        self._practice = practice
        self._running = practice.centre.running
        self._report = report
        self._driver = Driver(practice.window)
        self._stage = Stage(practice, self._driver, report, out / "speaker.wav", out)
        self.finished = False

    async def all(self) -> None:
        try:
            await self._report.step("the desk is ready", self._ready)
            first = self._call(FIRST, "online")
            await first.play()
            await self._report.step(
                "online: delivered to the server", lambda: self._delivered(first)
            )
            await self._report.step("the server is stopped", self._stop_server)
            second = self._call(SECOND, "server away")
            await second.play()
            await self._report.step("server away: waits in the outbox", self._waits)
            await self._report.step("the server is back", self._start_server)
            await self._report.step("server away: delivered, once", lambda: self._delivered(second))
        except StepFailedError as error:
            _log.warning("the demo ended early: %s", error)
            return
        self.finished = True

    def _call(self, scenario_id: str, name: str) -> OneCall:
        practice = self._running.seat.practice
        assert practice is not None, "the demo plays in the practice centre"
        scenario = next(one for one in practice.scenarios if one.scenario_id == scenario_id)
        return OneCall(self._stage, scenario, name)

    async def _ready(self) -> str:
        seat, driver = self._running.seat, self._driver
        await driver.until(
            "the server is reached and the centre's data are here",
            lambda: seat.link.status.server is ServerState.ONLINE and seat.knowledge.ready,
            60,
        )
        await driver.until("a caller may ring", lambda: driver.enabled("ring-caller-button"))
        driver.shoot(self._stage.out / "ready.png")
        return seat.phone.status.address

    async def _delivered(self, call: OneCall) -> str:
        """The server gives the record back as it was written, and nothing waits any more."""
        link, end_s = self._running.seat.link, time.monotonic() + DELIVERY_LIMIT_S
        while (row := await asyncio.to_thread(self._read_back, call.interaction_id)) is None:
            if time.monotonic() > end_s:
                raise StepFailedError("the server does not have the interaction")
            await asyncio.sleep(0.05)
        await self._driver.until("the outbox is empty", lambda: link.status.waiting == 0, 20)
        if not row["question"] or not row["quotes"]:
            raise StepFailedError(f"the server's record is not what was saved: {row}")
        if row["version"] != 1:
            raise StepFailedError(f"it was written {row['version']} times")
        return f"interaction {call.interaction_id} version {row['version']}"

    def _read_back(self, interaction_id: InteractionId) -> Mapping[str, Json] | None:
        ground, api = self._running.ground, self._practice.centre.api
        try:
            return ground.auth.call(lambda token: api.get_interaction(interaction_id, token))
        except SyncError as error:
            raise StepFailedError(f"the server could not be asked: {error}") from error

    async def _stop_server(self) -> str:
        code = await self._practice.centre.server.stop()
        link = self._running.seat.link
        await self._driver.until(
            "the desk says that it is offline",
            lambda: link.status.server is ServerState.OFFLINE,
            20,
        )
        return f"exit code {code}"

    async def _waits(self) -> str:
        link = self._running.seat.link
        await self._driver.until("one waits", lambda: link.status.waiting == 1)
        self._driver.shoot(self._stage.out / "waiting.png")
        return self._driver.read("outbox-button")

    async def _start_server(self) -> str:
        await self._practice.centre.server.start()
        link = self._running.seat.link
        await self._driver.until(
            "the desk is online again", lambda: link.status.server is ServerState.ONLINE, 20
        )
        return self._practice.centre.address
