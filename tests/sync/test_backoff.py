from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sync.backoff import BackOff


def test_waits_double_up_to_the_longest_and_begin_again_after_success() -> None:
    back_off = BackOff(first_s=1.0, max_s=6.0, fraction=lambda: 0.0)
    assert [back_off.next_s() for _ in range(5)] == [1.0, 2.0, 4.0, 6.0, 6.0]
    back_off.reset()
    assert back_off.next_s() == 1.0


@given(st.floats(min_value=0.0, max_value=1.0, exclude_max=True), st.integers(0, 50))
def test_jitter_never_leaves_the_upper_half_of_a_wait(fraction: float, tries: int) -> None:
    back_off = BackOff(first_s=0.5, max_s=30.0, fraction=lambda: fraction)
    for count in range(tries):
        whole_s = min(0.5 * 2**count, 30.0)
        assert whole_s / 2 <= back_off.next_s() <= whole_s
