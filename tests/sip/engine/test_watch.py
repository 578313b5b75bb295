"""When a call that gives no sign is asked about, and when it is over."""

from __future__ import annotations

from sip.engine.watch import LOST_S, Verdict, Watch


def judged(watch: Watch, *times: float, talking: bool, reachable: bool = True) -> list[Verdict]:
    return [watch.judge(now, talking=talking, reachable=reachable) for now in times]


def test_a_silent_talk_is_asked_about_after_five_seconds_and_every_five() -> None:
    watch = Watch()
    watch.heard(100)
    verdicts = judged(watch, 104.9, 105, 109.9, 110, talking=True)
    assert verdicts == [Verdict.ALIVE, Verdict.ASK, Verdict.ALIVE, Verdict.ASK]


def test_a_held_or_ringing_call_is_asked_about_every_ten() -> None:
    watch = Watch()
    watch.heard(100)
    assert judged(watch, 109.9, 110, talking=False) == [Verdict.ALIVE, Verdict.ASK]
    watch.heard(110.1)  # the answer
    assert judged(watch, 120, 120.1, talking=False) == [Verdict.ALIVE, Verdict.ASK]


def test_an_exchange_that_cannot_be_reached_is_not_asked() -> None:
    watch = Watch()
    watch.heard(100)
    assert judged(watch, 106, 127.9, talking=True, reachable=False) == [Verdict.ALIVE] * 2


def test_no_sign_for_long_ends_the_call_whether_it_was_asked_about_or_not() -> None:
    for reachable in (True, False):
        watch = Watch()
        watch.heard(100)
        assert judged(watch, 100 + LOST_S, talking=True, reachable=reachable) == [Verdict.LOST]


def test_a_call_of_which_nothing_was_heard_yet_counts_from_its_first_look() -> None:
    watch = Watch()
    assert judged(watch, 100, 100 + LOST_S - 0.1, talking=False, reachable=False) == [
        Verdict.ALIVE,
        Verdict.ALIVE,
    ]
    assert judged(watch, 100 + LOST_S, talking=False) == [Verdict.LOST]
