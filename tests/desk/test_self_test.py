"""The self-test: what it asks of the engine, what it finds, and that a real call comes first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from agent_app.desk import echo_call, self_test
from agent_app.desk.phone import Phone
from agent_app.desk.self_test import SelfTest, SelfTestProgress, SelfTestStep
from agent_app.desk.sound import SoundDesk
from agent_app.domain.self_test import EchoVerdict, MicrophoneVerdict, SelfTestResult
from agent_app.runtime.tasks import Tasks
from sip import messages as m
from tests.desk.fakes import FakeEngine, HandClock, incoming
from tests.desk.rigs import run_with_tasks, settle

READY = m.EngineReady(1, 4711, "127.0.0.1", (("udp", 5062),), "pjsua2")
SPEECH = (-30.0, -22.0, -26.0, -60.0, -35.0, -20.0, -28.0, -65.0, -24.0, -33.0)
VOICE = Path("voice.wav")


class EchoEngine(FakeEngine):
    """Answers as an engine at an exchange with an echo does; the switches break it."""

    def __init__(self) -> None:
        super().__init__()
        self.sound = m.SoundChanged(m.SoundState.OPEN, "Speaker", "Headset")
        self.rings: tuple[str, ...] = ("Speaker",)
        self.measures = True
        self.answers: bool | None = True  # None: neither yes nor no
        self.echoes = True
        self.lost = 0
        self.on_play: Callable[[m.LineId], None] = self.echo
        self.hear: Callable[[m.Event], None] = lambda _event: None

    def send(self, command: m.Command) -> None:
        super().send(command)
        asyncio.get_running_loop().call_soon(self._react, command)

    def _react(self, command: m.Command) -> None:
        match command:
            case m.Listen(True):
                self.hear(self.sound)
                for level in SPEECH * 6 if self.measures else ():
                    self.hear(m.MicrophoneMeasured(level, level + 12))
            case m.TestRing(True):
                self.hear(m.SoundChanged(m.SoundState.CLOSED, rings=self.rings))
            case m.MakeCall(line=line):
                self.hear(m.CallProgressed(line, 180, "Ringing"))
                if self.answers:
                    self.hear(m.CallAnswered(line, "PCMA", encrypted=True))
                elif self.answers is False:
                    self.hear(m.CallEnded(line, 404, "Not Found", m.EndedBy.CALLER))
            case m.PlayFile(line, path):
                assert path == str(VOICE)
                self.on_play(line)
            case _:
                pass

    def echo(self, line: m.LineId) -> None:
        levels = SPEECH * 6
        for n, level in enumerate(levels):
            back = levels[n - 2] if self.echoes and n >= 2 else -90.0
            if n % 10 == 0:
                second = n // 10 + 1
                self.hear(
                    m.CallStatistics(
                        line, "PCMA", 50 * second, self.lost * second, 50 * second, 2.0, 8.0, 0.0
                    )
                )
            self.hear(m.LevelsMeasured(line, back, level))


class Rig:
    def __init__(self, tasks: Tasks, *, echo: str = "sip:*43@127.0.0.1") -> None:
        self.engine = EchoEngine()
        self.phone = Phone(
            extension="1001", dial_domain="x", normalise=lambda raw: raw, clock=HandClock()
        )
        self.phone.attach(self.engine)
        self.engine.hear = self.phone.handle
        self.phone.handle(READY)
        self.test = SelfTest(
            phone=self.phone,
            engine=self.engine,
            sound=SoundDesk(phone=self.phone, engine=self.engine, settings=m.SoundSettings()),
            tasks=tasks,
            echo_uri=lambda: echo,
            voice=VOICE,
        )
        self.steps: list[SelfTestStep] = []
        self.moved = asyncio.Event()
        self.test.changed.connect(self._on_changed)
        self.answer: bool | None = True

    def _on_changed(self, progress: SelfTestProgress) -> None:
        self.moved.set()
        if not self.steps or progress.step is not self.steps[-1]:
            self.steps.append(progress.step)
        if progress.step is SelfTestStep.RING and progress.result.rings and self.answer is not None:
            answer, self.answer = self.answer, None
            self.test.ring_heard(answer)

    async def run(self) -> SelfTestResult:
        assert self.test.start()
        async with asyncio.timeout(20):
            while self.test.running:
                self.moved.clear()
                await self.moved.wait()
        return self.test.progress.result

    async def reach(self, step: SelfTestStep) -> None:
        assert self.test.start()
        async with asyncio.timeout(20):
            while self.test.progress.step is not step:
                self.moved.clear()
                await self.moved.wait()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """What never comes need not be waited for as long as at a desk."""
    monkeypatch.setattr(self_test, "NO_LEVEL_S", 0.05)
    monkeypatch.setattr(self_test, "RING_S", 0.05)
    monkeypatch.setattr(echo_call, "ANSWER_LIMIT_S", 0.05)
    monkeypatch.setattr(echo_call, "TALK_LIMIT_S", 0.05)


def play(story: Callable[[Rig], Awaitable[None]], echo: str = "sip:*43@127.0.0.1") -> None:
    async def with_rig(tasks: Tasks) -> None:
        await story(Rig(tasks, echo=echo))

    run_with_tasks(with_rig)


def test_a_good_seat_is_said_to_be_good() -> None:
    async def story(rig: Rig) -> None:
        result = await rig.run()
        assert rig.steps == [
            SelfTestStep.MICROPHONE,
            SelfTestStep.RING,
            SelfTestStep.ECHO,
            SelfTestStep.DONE,
        ]
        assert result.passed
        assert (result.microphone_name, result.speaker_name) == ("Headset", "Speaker")
        assert (result.rings, result.ring_heard) == (("Speaker",), True)
        assert (result.echo, result.mos, result.encrypted) == (EchoVerdict.GOOD, 4.4, True)
        assert (result.jitter_ms, result.loss_share, result.round_trip_ms) == (2.0, 0.0, 8.0)
        kinds = [type(command).__name__ for command in rig.engine.sent]
        assert kinds == [
            "Listen", "Listen", "TestRing", "TestRing", "MakeCall", "PlayFile", "HangUp",
        ]  # fmt: skip
        assert not rig.phone.calls  # its call is none of hers

    play(story)


@pytest.mark.usefixtures("hasty")
def test_a_microphone_that_is_not_there_is_told_from_one_that_is_silent() -> None:
    async def story(rig: Rig) -> None:
        rig.engine.sound = m.SoundChanged(m.SoundState.NO_MICROPHONE, "Speaker")
        result = await rig.run()
        assert result.microphone is MicrophoneVerdict.MISSING
        rig.engine.sound = m.SoundChanged(m.SoundState.OPEN, "Speaker", "Headset")
        rig.engine.measures = False
        assert (await rig.run()).microphone is MicrophoneVerdict.MISSING

    play(story)


@pytest.mark.usefixtures("hasty")
def test_a_ring_that_nobody_hears_fails_and_one_without_an_answer_does_not() -> None:
    async def story(rig: Rig) -> None:
        rig.answer = False
        assert (await rig.run()).ring_heard is False
        result = await rig.run()
        assert result.ring_heard is None
        assert result.passed
        rig.engine.rings = ()
        assert not (await rig.run()).passed

    play(story)


def test_without_an_exchange_the_devices_are_tested_and_the_line_is_left_out() -> None:
    async def story(rig: Rig) -> None:
        result = await rig.run()
        assert result.echo is EchoVerdict.NO_EXCHANGE
        assert result.passed
        assert not [command for command in rig.engine.sent if isinstance(command, m.MakeCall)]

    play(story, echo="")


def test_an_exchange_that_refuses_is_quoted() -> None:
    async def story(rig: Rig) -> None:
        rig.engine.answers = False
        result = await rig.run()
        assert (result.echo, result.echo_detail) == (EchoVerdict.NO_ANSWER, "404 Not Found")
        assert result.encrypted is None
        assert not result.passed

    play(story)


@pytest.mark.usefixtures("hasty")
def test_an_exchange_that_does_not_answer_is_given_up() -> None:
    async def story(rig: Rig) -> None:
        rig.engine.answers = None
        result = await rig.run()
        assert (result.echo, result.echo_detail) == (EchoVerdict.NO_ANSWER, "")

    play(story)


@pytest.mark.usefixtures("hasty")
def test_an_exchange_that_says_nothing_is_hung_up_on() -> None:
    async def story(rig: Rig) -> None:
        rig.engine.on_play = lambda _line: None
        result = await rig.run()
        assert (result.echo, result.mos) == (EchoVerdict.NO_SOUND, None)
        assert isinstance(rig.engine.sent[-1], m.HangUp)

    play(story)


@pytest.mark.usefixtures("hasty")
def test_a_line_on_which_nothing_comes_back_or_much_is_lost_is_no_good_line() -> None:
    async def story(rig: Rig) -> None:
        rig.engine.echoes = False
        assert (await rig.run()).echo is EchoVerdict.NO_SOUND
        rig.engine.echoes, rig.engine.lost = True, 20
        result = await rig.run()
        assert result.echo is EchoVerdict.POOR
        assert result.loss_share > 0.2

    play(story)


def test_a_call_that_ends_under_the_test_is_judged_by_what_was_heard_until_then() -> None:
    async def story(rig: Rig) -> None:
        rig.engine.on_play = lambda line: rig.phone.handle(
            m.CallEnded(line, 408, "gone", m.EndedBy.NETWORK)
        )
        result = await rig.run()
        assert (result.echo, result.echo_detail) == (EchoVerdict.NO_SOUND, "408 gone")
        rig.engine.on_play = lambda line: rig.phone.handle(
            m.CommandRefused("PlayFile", line, "no such file")
        )
        assert (await rig.run()).echo_detail == "no such file"

    play(story)


@pytest.mark.parametrize(
    ("step", "undone"),
    [
        (SelfTestStep.MICROPHONE, m.Listen(False)),
        (SelfTestStep.RING, m.TestRing(False)),
        (SelfTestStep.ECHO, m.HangUp(m.LineId("1-1"))),
    ],
)
def test_a_real_call_ends_the_test_at_once(step: SelfTestStep, undone: m.Command) -> None:
    async def story(rig: Rig) -> None:
        rig.engine.measures = step is not SelfTestStep.MICROPHONE
        if step is SelfTestStep.RING:
            rig.answer = None
        rig.engine.on_play = lambda _line: None
        await rig.reach(step)
        await settle()
        rig.phone.handle(incoming("1-i7"))
        await settle()
        assert rig.test.progress.step is SelfTestStep.ABORTED
        assert not rig.test.running
        assert rig.engine.sent[-1] == undone
        assert not rig.test.start()  # while the call is up

    play(story)


def test_she_may_stop_it_and_a_lost_phone_does() -> None:
    async def story(rig: Rig) -> None:
        rig.test.stop()  # nothing runs: nothing happens
        rig.engine.measures = False
        await rig.reach(SelfTestStep.MICROPHONE)
        assert not rig.test.start()  # one at a time
        rig.test.ring_heard(True)  # not asked: not noted
        rig.test.stop()
        await settle()
        assert rig.test.progress.step is SelfTestStep.ABORTED
        assert rig.test.progress.result.ring_heard is None
        rig.engine.measures = True
        rig.engine.on_play = lambda _line: None
        await rig.reach(SelfTestStep.ECHO)
        rig.phone.handle(m.EngineLost(1, "killed", 0.2))
        await settle()
        assert rig.test.progress.step is SelfTestStep.ABORTED
        assert not rig.test.start()

    play(story)
