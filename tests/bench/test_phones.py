"""The instrument that compares softphones: its sounds are found again where they were put."""

from __future__ import annotations

import array
import contextlib
import subprocess
from collections.abc import Iterator

import pytest

from bench.phones.__main__ import Sizes, or_why
from bench.phones.alaw import compress, expand
from bench.phones.programs import Place, Running
from bench.phones.signals import GapCounter, OnsetFinder, Source, delays, tone
from bench.sheet import BenchError

RATE_HZ = 8_000


def test_a_tone_survives_a_law_within_its_steps() -> None:
    sound = tone(RATE_HZ, 400)
    back = expand(compress(sound))
    assert max(abs(a - b) for a, b in zip(sound, back, strict=True)) < 600


def test_a_burst_is_found_at_its_first_sample_in_blocks_of_any_size() -> None:
    source, finder = Source(RATE_HZ), OnsetFinder(RATE_HZ)
    onsets, at = [], 0
    for size in [160, 80, 33] * 120:
        block, onset = source.take(size)
        if onset is not None:
            onsets.append((at + onset) / RATE_HZ)
        finder.feed(at / RATE_HZ, block)
        at += size
    assert len(onsets) >= 4
    found = [min(abs(when - onset) for when in finder.found) for onset in onsets[1:]]
    assert max(found) < 0.001


@pytest.mark.parametrize(("hole_ms", "count"), [(0, 0), (3, 0), (20, 1), (200, 1)])
def test_a_hole_in_the_tone_counts_from_8_ms_on(hole_ms: int, count: int) -> None:
    counter, sound = GapCounter(RATE_HZ), tone(RATE_HZ, RATE_HZ)
    hole = array.array("h", bytes(2 * hole_ms * RATE_HZ // 1000))
    for block in (sound, hole, sound):
        counter.feed(block)
    assert counter.gaps.count == count
    assert abs(counter.gaps.total_ms - count * hole_ms) < 1


def test_silence_before_the_tone_is_no_hole() -> None:
    counter = GapCounter(RATE_HZ)
    counter.feed(array.array("h", bytes(16_000)))
    counter.feed(tone(RATE_HZ, 800))
    assert counter.gaps.count == 0


def test_a_burst_that_was_not_heard_has_no_delay() -> None:
    assert delays([1.0, 2.0, 3.0], [1.05, 3.07]) == pytest.approx([50, 70])
    assert delays([1.0], []) == []


@pytest.mark.processes
@pytest.mark.parametrize(
    ("error", "why"),
    [
        (BenchError("it is not installed"), "it is not installed"),
        (ConnectionRefusedError("nobody listens"), "nobody listens"),
        (subprocess.TimeoutExpired("answer", 10), "Command 'answer' timed out after 10 seconds"),
        (subprocess.CalledProcessError(1, "answer"), "non-zero exit status 1"),
        (TimeoutError(), "TimeoutError"),
    ],
)
def test_a_phone_that_does_not_obey_is_named_with_the_reason(error: Exception, why: str) -> None:
    @contextlib.contextmanager
    def phone(_place: Place, *, auto_answer: bool) -> Iterator[Running]:
        assert not auto_answer
        raise error
        yield  # a context manager, as every phone

    assert why in or_why(phone, Sizes(rings=1, bursts_s=0, steady_s=0, settle_s=0)).why
