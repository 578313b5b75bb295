"""The self-test before the shift: microphone, ring, and an echo call to the exchange (step ③).

It takes about 20 s and gives way at once to a real call. What it says of the line is said of a
real call to the exchange's echo number, with a recorded voice that must come back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from agent_app.desk.echo_call import EchoCall
from agent_app.desk.phone import Phone
from agent_app.desk.phone_status import EngineState, PhoneStatus
from agent_app.desk.phone_values import Engine
from agent_app.desk.sound import SoundDesk
from agent_app.domain.calls import Call
from agent_app.domain.self_test import EchoVerdict, SelfTestResult, judge_microphone
from agent_app.runtime.tasks import Tasks
from sip import messages as m

LEVELS_A_SECOND = 10
MICROPHONE_LEVELS = 6 * LEVELS_A_SECOND
RING_S = 4.0
NO_LEVEL_S = 4.0
"""A microphone that gives no level for so long is not there."""
WHO = "self-test"


class SelfTestStep(StrEnum):
    IDLE = "idle"
    MICROPHONE = "microphone"  # she is asked to speak
    RING = "ring"  # the ring devices ring; she is asked whether she hears it
    ECHO = "echo"  # a recorded voice goes to the exchange and back
    DONE = "done"
    ABORTED = "aborted"  # a real call came, the phone was lost, or she stopped it


@dataclass(frozen=True, slots=True)
class SelfTestProgress:
    """``done_share`` is 0 to 1, of the present step; ``level_db`` what the microphone hears."""

    step: SelfTestStep = SelfTestStep.IDLE
    done_share: float = 0.0
    level_db: float = m.SILENCE_DB
    result: SelfTestResult = SelfTestResult()  # noqa: RUF009 - frozen


class SelfTest(QObject):
    """One test at a time. GUI thread, inside the event loop.

    Signals:
        changed: SelfTestProgress.
    """

    changed = Signal(object)

    def __init__(
        self,
        *,
        phone: Phone,
        engine: Engine,
        sound: SoundDesk,
        tasks: Tasks,
        echo_uri: Callable[[], str],
        voice: Path,
        parent: QObject | None = None,
    ) -> None:
        """``echo_uri`` is the echo number's SIP URI, "" without an exchange; ``voice`` a WAV file
        of some seconds, as PlayFile takes it."""
        super().__init__(parent)
        self._phone = phone
        self._engine = engine
        self._sound = sound
        self._tasks = tasks
        self._echo_uri = echo_uri
        self._voice = voice
        self._progress = SelfTestProgress()
        self._running: asyncio.Task[None] | None = None
        self._heard: asyncio.Event | None = None
        self._measured: asyncio.Queue[m.MicrophoneMeasured] = asyncio.Queue()
        sound.measured.connect(self._on_measured)
        phone.call_changed.connect(self._on_call)
        phone.status_changed.connect(self._on_status)

    @property
    def progress(self) -> SelfTestProgress:
        return self._progress

    @property
    def running(self) -> bool:
        return self._running is not None

    def start(self) -> bool:
        """Begin; False while a call is up, without a phone, or while it runs already."""
        ready = self._phone.status.engine is EngineState.READY
        if self.running or self._phone.calls or not ready:
            return False
        self._progress = SelfTestProgress()
        self._running = self._tasks.spawn(self._run())
        return True

    def stop(self) -> None:
        """End it at once; what was found out so far stays."""
        if self._running is not None:
            self._running.cancel()

    def ring_heard(self, heard: bool) -> None:
        """Her answer to "do you hear it ring?"; ends that step."""
        if self._progress.step is SelfTestStep.RING and self._heard is not None:
            self._found(ring_heard=heard)
            self._heard.set()

    # --- the steps -------------------------------------------------------------------------------

    async def _run(self) -> None:
        step = SelfTestStep.ABORTED
        try:
            await self._try_microphone()
            await self._try_ring()
            await self._try_echo()
            step = SelfTestStep.DONE
        finally:
            self._running = None
            self._put(step=step, done_share=1.0, level_db=m.SILENCE_DB)

    async def _try_microphone(self) -> None:
        self._put(step=SelfTestStep.MICROPHONE, done_share=0.0)
        self._measured = asyncio.Queue()
        levels: list[float] = []
        peaks: list[float] = []
        self._sound.listen(WHO, True)
        try:
            while len(levels) < MICROPHONE_LEVELS:
                async with asyncio.timeout(NO_LEVEL_S):
                    one = await self._measured.get()
                levels.append(one.level_db)
                peaks.append(one.peak_db)
                self._put(done_share=len(levels) / MICROPHONE_LEVELS, level_db=one.level_db)
        except TimeoutError:
            levels.clear()
        finally:
            status = self._phone.status
            self._sound.listen(WHO, False)
        if status.sound is not m.SoundState.OPEN:
            levels.clear()  # what was measured was the silence in the microphone's place
        verdict, level_db = judge_microphone(levels, peaks)
        self._found(
            microphone=verdict,
            microphone_db=level_db,
            microphone_name=status.microphone,
            speaker_name=status.speaker,
        )

    async def _try_ring(self) -> None:
        self._put(step=SelfTestStep.RING, done_share=0.0, level_db=m.SILENCE_DB)
        self._heard = asyncio.Event()
        self._sound.test_ring(True)
        try:
            async with asyncio.timeout(RING_S):
                await self._heard.wait()
        except TimeoutError:
            pass  # she need not answer
        finally:
            self._sound.test_ring(False)
            self._heard = None

    async def _try_echo(self) -> None:
        self._put(step=SelfTestStep.ECHO, done_share=0.0)
        uri = self._echo_uri()
        if not uri:
            self._found(echo=EchoVerdict.NO_EXCHANGE)
            return
        call = EchoCall(engine=self._engine, uri=uri, voice=self._voice)
        call.advanced.connect(self._on_echo_advanced)
        self._phone.other_line_event.connect(call.hear)
        try:
            echo = await call.run()
        finally:
            self._phone.other_line_event.disconnect(call.hear)
        self._found(
            echo=echo.verdict,
            echo_detail=echo.detail,
            mos=echo.mos,
            loss_share=echo.loss_share,
            jitter_ms=echo.jitter_ms,
            round_trip_ms=echo.round_trip_ms,
            encrypted=echo.encrypted,
        )

    # --- what happens meanwhile ------------------------------------------------------------------

    def _on_measured(self, measured: m.MicrophoneMeasured) -> None:
        if self._progress.step is SelfTestStep.MICROPHONE:
            self._measured.put_nowait(measured)

    def _on_echo_advanced(self, share: float) -> None:
        self._put(done_share=share)

    def _on_call(self, call: Call) -> None:
        if call.live:
            self.stop()

    def _on_status(self, status: PhoneStatus) -> None:
        if status.engine is not EngineState.READY:
            self.stop()
        elif self._progress.step is SelfTestStep.RING and status.rings:
            self._found(rings=status.rings)

    def _found(self, **findings: object) -> None:
        result = replace(self._progress.result, **findings)  # type: ignore[arg-type]
        self._put(result=result)

    def _put(self, **changes: object) -> None:
        self._progress = replace(self._progress, **changes)  # type: ignore[arg-type]
        self.changed.emit(self._progress)
