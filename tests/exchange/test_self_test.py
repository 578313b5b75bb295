"""The self-test of a real seat: a voice to the exchange and back, over the devices of a desk."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_app.desk.phone import Phone
from agent_app.desk.phone_status import PhoneStatus
from agent_app.desk.self_test import SelfTest, SelfTestProgress, SelfTestStep
from agent_app.desk.sound import SoundDesk
from agent_app.domain.self_test import EchoVerdict, MicrophoneVerdict, SelfTestResult
from agent_app.runtime.clock import SystemClock
from agent_app.runtime.tasks import Tasks
from sip import messages as m
from sip.client import EngineClient
from tests.exchange.asterisk import Exchange
from tests.house.tree import ROOT
from tests.sip.seat import LIMIT_S
from tests.sip.sound_server import SoundServer, sound_server

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="pulseaudio is not installed"),
]
VOICE = ROOT / "resources" / "practice" / "voices" / "credit-invoice" / "1.wav"
TEST_LIMIT_S = 60.0


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    with sound_server(tmp_path) as started:
        monkeypatch.setenv("PULSE_SERVER", started.server)
        yield started


async def examined(exchange: Exchange, number: str) -> SelfTestResult:
    """Bring a seat up, test it with ``number`` for the echo, and return what was found."""
    phone = Phone(
        extension="", dial_domain=exchange.address, normalise=lambda raw: raw, clock=SystemClock()
    )
    sound = m.SoundSettings(backend="pulseaudio", rings=("Room",))
    agent = exchange.agent(encrypted=True)
    engine = EngineClient(
        account=exchange.account(agent, m.Transport.TLS),
        sound=sound,
        on_event=phone.handle,
        transports=(m.Transport.TLS,),
    )
    phone.attach(engine)
    registered, ended = asyncio.Event(), asyncio.Event()

    def on_status(status: PhoneStatus) -> None:
        if status.registered:
            registered.set()

    phone.status_changed.connect(on_status)
    tasks = Tasks()
    test = SelfTest(
        phone=phone,
        engine=engine,
        sound=SoundDesk(phone=phone, engine=engine, settings=sound),
        tasks=tasks,
        echo_uri=lambda: exchange.uri(number, m.Transport.TLS),
        voice=VOICE,
    )

    def on_progress(progress: SelfTestProgress) -> None:
        if progress.step is SelfTestStep.DONE:
            ended.set()

    test.changed.connect(on_progress)
    await engine.start()
    try:
        async with asyncio.timeout(LIMIT_S):
            await registered.wait()
        assert test.start()
        async with asyncio.timeout(TEST_LIMIT_S):
            await ended.wait()
        return test.progress.result
    finally:
        await tasks.cancel_all()
        await engine.stop()


def test_a_seat_is_tested_through_the_exchange_and_back(
    exchange: Exchange, server: SoundServer
) -> None:
    with server.speaking(VOICE), server.speaking(VOICE):
        result = asyncio.run(examined(exchange, "*43"))
    assert (result.microphone_name, result.speaker_name) == ("Headset", "Speaker")
    assert result.microphone in {MicrophoneVerdict.GOOD, MicrophoneVerdict.CLIPPING}
    assert result.rings == ("Room",)
    assert result.echo in {EchoVerdict.GOOD, EchoVerdict.POOR}  # the machine may be busy
    assert result.mos is not None
    assert 1 <= result.mos <= 4.5
    assert result.encrypted is True


def test_an_exchange_without_an_echo_is_quoted(exchange: Exchange, server: SoundServer) -> None:
    result = asyncio.run(examined(exchange, "*4399"))
    assert result.echo is EchoVerdict.NO_ANSWER
    assert result.echo_detail
    assert not result.passed
