"""What a microphone's lumps become on their way into the bridge."""

from __future__ import annotations

import array
import itertools
import math
import random

import pytest

from sip.engine.bridge import FRAME_BYTES, FRAME_MS, RATE_HZ
from sip.engine.reservoir import (
    CALM_MS,
    FRAMES_TO_EMPTY,
    LATEST_MS,
    LEAST_SPARE_MS,
    MOST_SPARE_MS,
    SETTLING_MS,
    SPARE_STEP_MS,
    Reservoir,
)

MS = FRAME_BYTES // FRAME_MS


class Speech:
    """Samples in the order in which they were said: no two milliseconds are alike."""

    def __init__(self) -> None:
        self._ms = 0

    def say(self, ms: int) -> bytes:
        self._ms += ms
        return b"".join((n % 32768).to_bytes(2, "little") * (MS // 2)
                        for n in range(self._ms - ms, self._ms))  # fmt: skip

    def age_ms(self, frame: bytes) -> int:
        """How long ago the first millisecond of ``frame`` was said."""
        return (self._ms - int.from_bytes(frame[:2], "little")) % 32768


def settled(reservoir: Reservoir, speech: Speech) -> None:
    for _ in range(2 * SETTLING_MS // FRAME_MS):
        reservoir.add(speech.say(FRAME_MS))
        reservoir.take()


def test_a_steady_microphone_gives_every_frame_once_and_little_late() -> None:
    reservoir, speech = Reservoir(), Speech()
    settled(reservoir, speech)
    heard = b""
    for _ in range(100):
        reservoir.add(speech.say(FRAME_MS // 2))
        reservoir.add(speech.say(FRAME_MS // 2))
        frames = reservoir.take()
        assert len(frames) == 1
        assert speech.age_ms(frames[0]) <= 2 * FRAME_MS + LEAST_SPARE_MS
        heard += frames[0]
    first = int.from_bytes(heard[:2], "little")
    said = Speech()
    said.say(first)
    assert heard == said.say(100 * FRAME_MS)


def emptied() -> Reservoir:
    """One that has given the bridge nothing for as long as something may wait in that."""
    reservoir = Reservoir()
    assert [reservoir.take() for _ in range(FRAMES_TO_EMPTY)] == [[]] * FRAMES_TO_EMPTY
    return reservoir


def test_nothing_is_given_until_there_is_a_frame_and_the_spare() -> None:
    reservoir, speech = emptied(), Speech()
    assert reservoir.take() == []
    reservoir.add(speech.say(FRAME_MS))
    assert reservoir.take() == []
    reservoir.add(speech.say(LEAST_SPARE_MS))
    assert len(reservoir.take()) == 1


def test_the_bridges_own_buffer_is_emptied_first_however_much_there_is() -> None:
    reservoir, speech = Reservoir(), Speech()
    for _ in range(FRAMES_TO_EMPTY):
        reservoir.add(speech.say(100))
        assert reservoir.take() == []
    assert reservoir.take()


def test_what_waited_for_the_bridge_at_the_beginning_is_not_late_for_good() -> None:
    reservoir, speech = emptied(), Speech()
    reservoir.add(speech.say(2_000))
    (frame,) = reservoir.take()
    assert speech.age_ms(frame) == FRAME_MS + LEAST_SPARE_MS


def test_lumps_that_come_late_are_waited_for_the_next_time() -> None:
    reservoir, speech = Reservoir(), Speech()
    settled(reservoir, speech)
    lump_ms = 3 * FRAME_MS
    missing = []
    for n in range(60):
        if n % 3 == 2:
            reservoir.add(speech.say(lump_ms))
        missing.append(not reservoir.take())
    assert any(missing)
    assert not any(missing[-30:])  # by now it keeps enough back


def late(reservoir: Reservoir, speech: Speech, times: int = 1) -> int:
    """Let a lump be late so often; return how much is kept back then, in ms."""
    for _ in range(times):
        while reservoir.take():
            pass
        reservoir.add(speech.say(1_000))
        (frame,) = reservoir.take()
    return speech.age_ms(frame) - FRAME_MS


def test_one_late_lump_is_a_hitch_and_nothing_is_later_for_it() -> None:
    reservoir, speech = Reservoir(), Speech()
    settled(reservoir, speech)
    assert late(reservoir, speech) == LEAST_SPARE_MS
    assert late(reservoir, speech) == LEAST_SPARE_MS + SPARE_STEP_MS


def test_no_more_is_kept_back_than_the_most() -> None:
    reservoir, speech = Reservoir(), Speech()
    settled(reservoir, speech)
    assert late(reservoir, speech, 2 * MOST_SPARE_MS // SPARE_STEP_MS) == MOST_SPARE_MS


def test_the_first_lumps_after_the_opening_make_nothing_later() -> None:
    reservoir, speech = Reservoir(), Speech()
    for n in range(SETTLING_MS // FRAME_MS):
        if n % 5 == 4:
            reservoir.add(speech.say(5 * FRAME_MS))
        reservoir.take()
    while reservoir.take():
        pass
    reservoir.add(speech.say(1_000))
    (frame,) = reservoir.take()
    assert speech.age_ms(frame) <= FRAME_MS + LEAST_SPARE_MS + SPARE_STEP_MS


def test_after_a_while_without_a_late_lump_less_is_kept_back() -> None:
    reservoir, speech = Reservoir(), Speech()
    settled(reservoir, speech)
    assert late(reservoir, speech, 3) == LEAST_SPARE_MS + 2 * SPARE_STEP_MS
    for _ in range(3 * CALM_MS // FRAME_MS):
        reservoir.add(speech.say(FRAME_MS))
        (frame,) = reservoir.take()
    assert speech.age_ms(frame) <= 2 * FRAME_MS + LEAST_SPARE_MS
    assert late(reservoir, speech) == LEAST_SPARE_MS


def test_of_a_faster_microphone_two_frames_become_one_now_and_then() -> None:
    reservoir, speech = Reservoir(), Speech()
    settled(reservoir, speech)
    for _ in range(400):
        reservoir.add(speech.say(FRAME_MS + 1))
        (frame,) = reservoir.take()
        assert speech.age_ms(frame) <= 3 * FRAME_MS + LEAST_SPARE_MS


def test_where_two_frames_become_one_it_does_not_click() -> None:
    reservoir = emptied()
    wave = [int(8_000 * math.sin(2 * math.pi * 200 * n / RATE_HZ)) for n in range(RATE_HZ)]
    said = array.array("h", wave).tobytes()
    heard, at = array.array("h"), 0
    for n in range(45):
        ms = FRAME_MS + 1 if n else FRAME_MS + LEAST_SPARE_MS
        reservoir.add(said[at * MS : (at + ms) * MS])
        at += ms
        for frame in reservoir.take():
            heard.frombytes(frame)
    steps = [abs(one - other) for one, other in itertools.pairwise(heard)]
    assert len(heard) == 45 * FRAME_BYTES // 2
    assert max(steps) < 1_000  # the tone's own are 630


def test_a_slower_microphone_goes_without_a_frame_now_and_then() -> None:
    reservoir, speech = Reservoir(), Speech()
    settled(reservoir, speech)
    given = 0
    for _ in range(400):
        reservoir.add(speech.say(FRAME_MS - 1))
        given += len(reservoir.take())
    assert 350 <= given <= 385


def test_what_is_far_too_late_is_dropped() -> None:
    reservoir, speech = Reservoir(), Speech()
    settled(reservoir, speech)
    reservoir.add(speech.say(LATEST_MS + 5 * FRAME_MS))
    (frame,) = reservoir.take()
    assert speech.age_ms(frame) == FRAME_MS + LEAST_SPARE_MS


@pytest.mark.parametrize("seed", range(5))
def test_whatever_comes_whole_frames_leave_in_the_order_in_which_they_were_said(seed: int) -> None:
    dice = random.Random(seed)
    reservoir, speech, at = Reservoir(), Speech(), -1
    for _ in range(500):
        for _ in range(dice.randint(0, 3)):
            reservoir.add(speech.say(dice.choice((0, 1, 7, 10, 13, 20))))
        for frame in reservoir.take():
            assert len(frame) == FRAME_BYTES
            begins = int.from_bytes(frame[:2], "little")
            assert begins > at
            at = begins
