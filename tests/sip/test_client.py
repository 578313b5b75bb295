"""The client keeps an engine alive, and tells the truth about it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from sip.client import Patience
from sip.messages import (
    Answer,
    CallAnswered,
    CallEnded,
    CallProgressed,
    CommandRefused,
    DtmfReceived,
    EngineLost,
    EngineReady,
    HangUp,
    IncomingCall,
    LineId,
    MakeCall,
    SoundChanged,
    SoundState,
    Transport,
)
from tests.sip.raw_peer import raw_peer
from tests.sip.seat import UNGUARDED, Seat, recording, ring, running, say_until_heard, talk
from tests.sip.voice import write_voice

pytestmark = pytest.mark.processes
UDP, TCP = Transport.UDP, Transport.TCP

GARBLED = """
import sys
sys.stdout.buffer.write(b'{"is": "EngineReady"}\\n\\xff\\xfe\\x00garbage\\n')
sys.stdout.flush()
import os
os.execv(sys.executable, [sys.executable, "-m", "sip.engine"])
"""

LATE = """
import sys
from sip.codec import encode
from sip.messages import DtmfReceived, EngineReady, LineId
first = sys.stdin.buffer.readline()
number = int(first.split(b'"incarnation":')[1].split(b",")[0])
sys.stdout.buffer.write(encode(EngineReady(number, 1, "127.0.0.1", (("udp", 1),), "fake")))
sys.stdout.flush()
while True:
    sys.stdout.buffer.write(encode(DtmfReceived(LineId(f"{number}-i1"), "1")))
    sys.stdout.flush()
"""

TALKATIVE = """
import sys, threading, time
from sip.codec import encode
from sip.messages import DtmfReceived, EngineReady, LineId, Pong
def say(event):
    sys.stdout.buffer.write(encode(event))
    sys.stdout.flush()
first = sys.stdin.buffer.readline()
number = int(first.split(b'"incarnation":')[1].split(b",")[0])
say(EngineReady(number, 1, "127.0.0.1", (("udp", 1),), "fake"))
def speak():
    while True:
        say(DtmfReceived(LineId(f"{number}-i1"), "1"))
        time.sleep(0.005)
if "silent" not in sys.argv:
    threading.Thread(target=speak, daemon=True).start()
for line in sys.stdin.buffer:
    if b"Ping" in line:
        say(Pong(0))
        say(DtmfReceived(LineId(f"{number}-i1"), "#"))
"""


def _pid(seat: Seat) -> int:
    assert seat.client.engine is not None
    return seat.client.engine.pid


def test_a_killed_engine_is_reported_and_its_successor_takes_calls(tmp_path: Path) -> None:
    voice, heard = write_voice(tmp_path / "voice.wav"), tmp_path / "heard.wav"

    async def play() -> None:
        desk, caller = Seat("1001", sound=recording(heard)), Seat("2001")
        async with running(desk, caller):
            _, desk_line = await talk(caller, desk)
            before = desk.client.local_uri
            os.kill(_pid(desk), signal.SIGKILL)
            lost = await desk.next(EngineLost)
            assert (lost.incarnation, lost.retry_in_s) == (1, 0.2)
            assert "SIGKILL" in lost.reason
            assert not desk.client.ready
            desk.client.send(HangUp(desk_line))
            assert (await desk.next(CommandRefused)).reason == "the engine is not ready"

            assert (await desk.next(EngineReady)).incarnation == 2
            assert desk.client.local_uri == before  # whoever calls finds it where it was
            line, new_line = await talk(caller, desk)
            assert new_line != desk_line
            await say_until_heard(caller, line, voice, heard)
            desk.client.send(HangUp(desk_line))  # a line of the dead engine hits nobody
            assert (await desk.next(CommandRefused)).reason == "there is no such call"

    asyncio.run(play())


def test_an_engine_that_does_not_answer_is_replaced() -> None:
    async def play() -> None:
        desk = Seat("1001", patience=Patience(ping_every_s=0.1, silent_s=0.3))
        async with running(desk):
            os.kill(_pid(desk), signal.SIGSTOP)
            assert (await desk.next(EngineLost)).reason == "the engine did not answer"
            assert (await desk.next(EngineReady)).incarnation == 2

    asyncio.run(play())


def test_an_engine_that_speaks_by_itself_is_seldom_asked_whether_it_obeys() -> None:
    """Each question wakes five threads of two processes, also in a call."""

    async def asked(*how: str) -> int:
        """How often within twenty looks."""
        looks, patience = 20, Patience(ping_every_s=0.1, silent_s=60)
        desk = Seat("1001", command=[sys.executable, "-c", TALKATIVE, *how], patience=patience)
        async with running(desk):
            await asyncio.sleep(looks * patience.ping_every_s)
            return sum(event.digit == "#" for event in desk.seen(DtmfReceived))

    async def play() -> None:
        speaking, silent = await asyncio.gather(asked(), asked("silent"))
        assert 1 <= speaking < silent, "asked as often as a silent one"

    asyncio.run(play())


def test_an_aborting_datagram_costs_a_restart_and_no_more() -> None:
    async def play() -> None:
        desk, caller = Seat("1001", command=UNGUARDED), Seat("2001")
        async with running(desk, caller):
            assert desk.client.engine is not None
            port = dict(desk.client.engine.ports)["udp"]
            with raw_peer(port) as peer:
                await peer.send(peer.invite(contact=b"<sip:[]>"))
                assert "SIGABRT" in (await desk.next(EngineLost)).reason
            await desk.next(EngineReady)
            await talk(caller, desk)

    asyncio.run(play())


def test_stopping_ends_calls_and_leaves_no_process() -> None:
    async def play() -> None:
        desk, caller = Seat("1001"), Seat("2001")
        async with running(caller):
            async with running(desk):
                _, desk_line = await talk(caller, desk)
                pid = _pid(desk)
            assert (await desk.next(CallEnded)).line == desk_line
            lost = await desk.next(EngineLost)
            assert (lost.reason, lost.retry_in_s) == ("the engine has ended", None)
            assert (await caller.next(CallEnded)).status == 200
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)

    asyncio.run(play())


def test_a_peer_that_never_answers_does_not_hold_up_the_end() -> None:
    async def play() -> None:
        desk = Seat("1001")
        async with running(desk):
            assert desk.client.engine is not None
            with raw_peer(dict(desk.client.engine.ports)["udp"]) as peer:
                await peer.send(peer.invite())
                rings = await desk.next(IncomingCall)
                assert await peer.status() == 180
                desk.client.send(Answer(rings.line))
                assert await peer.status() == 200  # no ACK, and no answer to the BYE either
                await desk.client.stop()
        assert (await desk.next(EngineLost)).reason == "the engine has ended"

    asyncio.run(play())


def test_an_engine_that_will_not_end_is_ended() -> None:
    async def play() -> None:
        desk = Seat("1001", patience=Patience(stop_s=0.3))
        async with running(desk):
            os.kill(_pid(desk), signal.SIGSTOP)
        assert (await desk.next(EngineLost)).retry_in_s is None

    asyncio.run(play())


def test_a_missing_program_is_said_in_words_and_retried_ever_slower() -> None:
    async def play() -> None:
        patience = Patience(retry_s=(0.01, 0.02, 0.03))
        desk = Seat("1001", command=["/nowhere/engine"], patience=patience)
        async with running(desk):
            losses = [await desk.next(EngineLost) for _ in range(4)]
            assert [lost.retry_in_s for lost in losses] == [0.01, 0.02, 0.03, 0.03]
            assert [lost.incarnation for lost in losses] == [1, 2, 3, 4]
            assert all("cannot be started" in lost.reason for lost in losses)

    asyncio.run(play())


@pytest.mark.parametrize(("healthy_s", "pauses"), [(0.0, [0.01, 0.01]), (60.0, [0.01, 0.02])])
def test_a_time_of_health_makes_the_next_pause_short_again(
    healthy_s: float, pauses: list[float]
) -> None:
    async def play() -> None:
        desk = Seat("1001", patience=Patience(healthy_s=healthy_s, retry_s=(0.01, 0.02)))
        async with running(desk):
            seen = []
            for _ in pauses:
                await desk.next(EngineReady)
                os.kill(_pid(desk), signal.SIGKILL)
                seen.append((await desk.next(EngineLost)).retry_in_s)
            assert seen == pauses

    asyncio.run(play())


def test_a_port_in_use_is_said_in_words() -> None:
    async def play() -> None:
        first = Seat("1001")
        async with running(first):
            assert first.client.engine is not None
            second = Seat("1002", port=dict(first.client.engine.ports)["udp"])
            async with running(second):
                assert "in use" in (await second.next(EngineLost)).reason

    asyncio.run(play())


def test_garbage_from_the_engine_is_skipped() -> None:
    async def play() -> None:
        desk = Seat("1001", command=[sys.executable, "-c", GARBLED])
        async with running(desk):
            assert desk.client.ready
            assert desk.seen(EngineReady)[0].pid > 1

    asyncio.run(play())


def test_nothing_a_lost_engine_says_arrives_after_its_loss() -> None:
    async def play() -> None:
        patience = Patience(ping_every_s=0.05, silent_s=0.1, retry_s=(60.0,))
        desk = Seat("1001", command=[sys.executable, "-c", LATE], patience=patience)
        async with running(desk):
            await desk.next(DtmfReceived)
            assert (await desk.next(EngineLost)).reason == "the engine did not answer"
            for _ in range(2000):  # what is left in its pipe is read meanwhile
                await asyncio.sleep(0)
            assert isinstance(desk.events[-1], EngineLost)

    asyncio.run(play())


def test_a_command_before_the_engine_is_ready_comes_back() -> None:
    async def play() -> None:
        desk = Seat("1001", command=["/nowhere/engine"], patience=Patience(retry_s=(60.0,)))
        async with running(desk):
            desk.client.send(Answer(LineId("1-i1")))
            assert (await desk.next(CommandRefused)).line == "1-i1"

    asyncio.run(play())


def test_sound_is_open_only_while_there_is_a_call() -> None:
    async def play() -> None:
        desk, caller = Seat("1001", ring_tone=True), Seat("2001")
        async with running(desk, caller):
            assert not desk.seen(SoundChanged)
            line, _ = await ring(caller, desk)
            assert (await desk.next(SoundChanged)).state is SoundState.NO_DEVICE
            caller.client.send(HangUp(line))
            assert (await desk.next(SoundChanged)).state is SoundState.CLOSED

    asyncio.run(play())


def test_both_transports_take_calls() -> None:
    async def play() -> None:
        desk, caller = Seat("1001", transports=(TCP, UDP)), Seat("2001", transports=(UDP, TCP))
        async with running(desk, caller):
            assert desk.client.local_uri.endswith(";transport=tcp")
            line = caller.client.new_line()
            caller.client.send(MakeCall(line, desk.client.local_uri))
            rings = await desk.next(IncomingCall)
            await caller.next(CallProgressed)
            desk.client.send(Answer(rings.line))
            await caller.next(CallAnswered)

    asyncio.run(play())
