"""Our desk beside baresip, Linphone and Twinkle: the same calls on the same sound server.

For each phone, on a private PulseAudio of null sinks: INVITE → 180 and answer → 200 on the wire,
mouth to ear (its microphone to the wire plus the wire to its speaker; packing included, no
network), holes in a steady tone both ways, processor time of its whole process tree while idle, for
taking a call (from the INVITE to five seconds after the answer) and from then on in a call in which
both sides are heard, and its memory. Our desk once more with its window's thread kept busy. "The
rig alone" is what the instrument measures of itself: from its player straight back to its recorder.
"""

from __future__ import annotations

import contextlib
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.phones.caller import Caller
from bench.phones.instrument import Holes, Instrument, Ways
from bench.phones.programs import Place, Running, baresip, linphone, twinkle
from bench.phones.zuoxi import Remote, zuoxi
from bench.process_tree import processor_s, tree, usage
from bench.sheet import BenchError, Findings, Options, note, run
from bench.spread import Numbers, ratio, spread
from tests.sip.sound_server import sound_server

MICROPHONE, SPEAKER = "room", "speaker.monitor"
Phone = Callable[..., AbstractContextManager[Running]]


@dataclass(frozen=True, slots=True)
class Sizes:
    rings: int
    bursts_s: float
    steady_s: float
    settle_s: float

    @classmethod
    def of(cls, options: Options) -> Sizes:
        return cls(2, 3, 2, 1) if options.quick else cls(20, 20, 20, 5)


@dataclass(slots=True)
class Found:
    """What was measured of one phone; empty where it cannot be told (``why``)."""

    ring_ms: Numbers = field(default_factory=dict)
    answer_ms: Numbers = field(default_factory=dict)
    mouth_ms: Numbers = field(default_factory=dict)
    ear_ms: Numbers = field(default_factory=dict)
    mouth_to_ear_ms: float = 0.0
    holes: Holes | None = None
    holes_under_load: Holes | None = None
    idle_percent: float = 0.0
    taking_s: float = 0.0
    call_percent: float = 0.0
    memory_mib: float = 0.0
    why: str = ""


@contextlib.contextmanager
def ours(place: Place, *, auto_answer: bool) -> Iterator[Running]:
    with zuoxi(place, auto_answer=auto_answer) as (phone, _remote):
        yield phone


PHONES: dict[str, Phone] = {
    "zuoxi": ours,
    "baresip": baresip,
    "linphone-desktop": linphone,
    "twinkle": twinkle,
}


def measure(options: Options) -> Findings:
    sizes = Sizes.of(options)
    rig = rig_alone(sizes)
    found: dict[str, Found] = {}
    for name, phone in PHONES.items():
        note(f"phones: {name}")
        found[name] = _measured(phone, sizes) if phone is ours else or_why(phone, sizes)
    found["zuoxi"].holes_under_load = _under_load(sizes)
    results: dict[str, Any] = {
        "rig_alone_ms": rig,
        "phones": {name: asdict(one) for name, one in found.items()},
        "ratios": _ratios(found),
    }
    return Findings(results, _lines(results, found))


# --- one phone ------------------------------------------------------------------------------------


def or_why(phone: Phone, sizes: Sizes) -> Found:
    """Another phone's figures, or what kept them: it is not there, did not obey, or went away."""
    try:
        return _measured(phone, sizes)
    except (BenchError, OSError, subprocess.SubprocessError) as error:
        return Found(why=str(error) or type(error).__name__)


@contextlib.contextmanager
def _place() -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="zuoxi-bench-phones-") as folder:
        home, sound = Path(folder, "home"), Path(folder, "sound")
        home.mkdir()
        sound.mkdir()
        with sound_server(sound, shared_memory=True) as server:
            yield Place(home, server.server)


def _measured(phone: Phone, sizes: Sizes) -> Found:
    found = Found()
    with _place() as place, phone(place, auto_answer=False) as running:
        time.sleep(sizes.settle_s)
        with _processor(running.pid) as idle:
            time.sleep(sizes.settle_s)
        found.idle_percent = idle.percent
        found.ring_ms = spread([_ring(running) for _ in range(sizes.rings)])
        if running.answer is not None:
            times = [_answer(running, running.answer) for _ in range(max(2, sizes.rings // 3))]
            found.answer_ms = spread(times)
    with _place() as place, phone(place, auto_answer=True) as running:
        time.sleep(sizes.settle_s)
        with contextlib.ExitStack() as stack:
            with _processor(running.pid) as taking:
                instrument = stack.enter_context(_call(place, running))
                time.sleep(sizes.settle_s)
            with _processor(running.pid) as talking:
                ways = instrument.ways(sizes.bursts_s)
            found.taking_s, found.call_percent = taking.used_s, talking.percent
            _take_ways(found, ways)
            found.holes = instrument.holes(sizes.steady_s)
            found.memory_mib = round(sum(usage(pid).pss_mib for pid in tree(running.pid)), 1)
    return found


def _take_ways(found: Found, ways: Ways) -> None:
    if not ways.mouth_ms or not ways.ear_ms:
        raise BenchError(f"nothing was heard: {ways}")
    found.mouth_ms, found.ear_ms = spread(ways.mouth_ms, 1), spread(ways.ear_ms, 1)
    both = statistics.median(ways.mouth_ms) + statistics.median(ways.ear_ms)
    found.mouth_to_ear_ms = round(both, 1)


@contextlib.contextmanager
def _call(place: Place, running: Running) -> Iterator[Instrument]:
    with Caller(running.uri, running.port) as caller:
        caller.invite()
        caller.acknowledge(caller.wait_for(200))
        instrument = Instrument(
            server=place.server, microphone=MICROPHONE, speaker=SPEAKER, rtp=caller.rtp
        )
        with instrument:
            yield instrument
        caller.hang_up()


def _ring(running: Running) -> float:
    with Caller(running.uri, running.port) as caller:
        caller.invite()
        answer = caller.wait_for(180)
        caller.cancel()
        time.sleep(0.3)
        return 1000 * (answer.at_s - caller.invited_s)


def _answer(running: Running, answer: Callable[[], float]) -> float:
    with Caller(running.uri, running.port) as caller:
        caller.invite()
        caller.wait_for(180)
        time.sleep(0.5)
        ordered_s = answer()
        agreed = caller.wait_for(200)
        caller.acknowledge(agreed)
        time.sleep(0.5)
        caller.hang_up()
        time.sleep(0.5)
        return 1000 * (agreed.at_s - ordered_s)


@dataclass(slots=True)
class Processor:
    """Of a whole tree of processes, meanwhile: in seconds, and in percent of one processor."""

    used_s: float = 0.0
    percent: float = 0.0


@contextlib.contextmanager
def _processor(pid: int) -> Iterator[Processor]:
    """What is yielded is filled in at the end."""
    found = Processor()
    began, before = time.monotonic(), {one: processor_s(one) for one in tree(pid)}
    yield found
    found.used_s = round(sum(processor_s(one) - before.get(one, 0.0) for one in tree(pid)), 2)
    found.percent = round(100 * found.used_s / (time.monotonic() - began), 2)


def _under_load(sizes: Sizes) -> Holes:
    note("phones: zuoxi, its window busy")
    with _place() as place, zuoxi(place, auto_answer=True) as (running, remote):
        time.sleep(sizes.settle_s)
        with _call(place, running) as instrument, _busy(remote):
            return instrument.holes(sizes.steady_s)


@contextlib.contextmanager
def _busy(remote: Remote) -> Iterator[None]:
    remote.tell("load on")
    yield
    remote.tell("load off")


def rig_alone(sizes: Sizes) -> Numbers:
    """From the instrument's player to its recorder over one null sink."""
    with _place() as place, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as nowhere:
        nowhere.bind(("127.0.0.1", 0))
        nowhere.connect(nowhere.getsockname())
        with Instrument(
            server=place.server, microphone=MICROPHONE, speaker=f"{MICROPHONE}.monitor", rtp=nowhere
        ) as instrument:
            return spread(instrument.straight(max(6.0, sizes.bursts_s / 3)), 1)


# --- what is printed ------------------------------------------------------------------------------


def _ratios(found: dict[str, Found]) -> dict[str, float]:
    mine = found["zuoxi"]
    others = {name: one for name, one in found.items() if name != "zuoxi" and not one.why}
    ratios = {
        f"mouth_to_ear_to_{name}": ratio(mine.mouth_to_ear_ms, one.mouth_to_ear_ms)
        for name, one in others.items()
    }
    ratios |= {
        f"processor_to_{name}": ratio(mine.call_percent, one.call_percent)
        for name, one in others.items()
    }
    ratios |= {
        f"memory_to_{name}": ratio(mine.memory_mib, one.memory_mib) for name, one in others.items()
    }
    return ratios


def _lines(results: dict[str, Any], found: dict[str, Found]) -> list[str]:
    rows = [
        f"{'Phones':<18} {'180':>12} {'answer→200':>13} {'mouth':>6} {'ear':>6} {'both ms':>8} "
        f"{'holes out/in':>16} {'idle %':>7} {'taking s':>8} {'call %':>7} {'MiB':>6}",
        *(_row(name, one) for name, one in found.items()),
    ]
    load = found["zuoxi"].holes_under_load
    if load is not None:
        rows.append(f"  zuoxi with its window busy: {_holes(load)} (count and ms, out / in)")
    rows.append(f"  the rig alone: {results['rig_alone_ms'].get('median', 0.0)} ms median")
    rows += [f"  {name}: {value} ×" for name, value in results["ratios"].items()]
    return rows


def _row(name: str, one: Found) -> str:
    if one.why:
        return f"  {name:<16} could not be measured: {one.why}"
    return (
        f"  {name:<16} {_two(one.ring_ms):>12} {_two(one.answer_ms):>13} "
        f"{one.mouth_ms['median']:>6.0f} {one.ear_ms['median']:>6.0f} "
        f"{one.mouth_to_ear_ms:>8.0f} {_holes(one.holes):>16} {one.idle_percent:>7.2f} "
        f"{one.taking_s:>8.2f} {one.call_percent:>7.2f} {one.memory_mib:>6.0f}"
    )


def _two(numbers: Numbers) -> str:
    return f"{numbers['median']:.1f}/{numbers['p95']:.1f}" if numbers else "-"


def _holes(holes: Holes | None) -> str:
    if holes is None:
        return "-"
    sent, played = holes.sent, holes.played
    return f"{sent.count}:{sent.total_ms:.0f} / {played.count}:{played.total_ms:.0f}"


if __name__ == "__main__":
    run("phones", __doc__, measure)
