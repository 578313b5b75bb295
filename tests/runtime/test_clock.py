from __future__ import annotations

from datetime import timedelta

from agent_app.runtime.clock import Clock, SystemClock


def test_the_time_of_day_says_its_zone_and_lengths_never_shrink() -> None:
    clock: Clock = SystemClock()
    assert clock.now().utcoffset() == timedelta(0)
    assert clock.monotonic_s() <= clock.monotonic_s()
