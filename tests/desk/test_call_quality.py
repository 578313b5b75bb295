"""The engine's counters become an estimate of how the caller is heard now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent_app.desk.call_quality import CallQualities, call_quality
from agent_app.domain.ids import InteractionId
from agent_app.domain.quality import CallQuality, MediaSilence
from sip import messages as m
from tests.desk.fakes import a_call, answered, ended

WHO = InteractionId("i1")


def told(second: int, *, lost: int = 0, late: int = 0, **changes: object) -> m.CallStatistics:
    """What the engine says after so many seconds of 50 packets each."""
    statistics = m.CallStatistics(
        line=m.LineId("1-i1"),
        codec="PCMA",
        received_packets=50 * second - lost,
        lost_packets=lost,
        sent_packets=50 * second,
        jitter_ms=3.0,
        round_trip_ms=20.0,
        since_last_packet_s=0.0,
        discarded_packets=late,
        buffer_ms=30.0,
        encrypted=True,
    )
    return replace(statistics, **changes)  # type: ignore[arg-type]


def test_a_good_line_is_said_to_be_one_with_what_it_was_judged_by() -> None:
    quality = call_quality(WHO, (told(1), told(2)))
    assert quality == CallQuality(
        interaction_id=WHO,
        mos=4.4,
        loss_share=0.0,
        jitter_ms=3.0,
        round_trip_ms=20.0,
        codec="PCMA",
        encrypted=True,
        silent_s=0.0,
        silence=MediaSilence.NONE,
    )


def test_packets_that_came_too_late_were_not_heard_either() -> None:
    quality = call_quality(WHO, (told(10), told(20, lost=50, late=50)))
    assert quality.loss_share == pytest.approx(0.2)
    assert quality.mos is not None
    assert quality.mos < 3


def test_only_the_last_seconds_count() -> None:
    qualities = CallQualities()
    for second in range(1, 11):  # a bad beginning
        qualities.on_statistics(WHO, told(second, lost=10 * second))
    bad = qualities.quality(WHO)
    assert bad is not None
    assert bad.loss_share == pytest.approx(0.2)
    for second in range(11, 22):
        qualities.on_statistics(WHO, told(second, lost=100))
    good = qualities.quality(WHO)
    assert good is not None
    assert good.loss_share == 0
    assert good.mos == 4.4


def test_counters_that_begin_anew_after_a_media_change_are_not_compared_with_the_old() -> None:
    qualities = CallQualities()
    qualities.on_statistics(WHO, told(100, lost=500))
    qualities.on_statistics(WHO, told(1))
    quality = qualities.quality(WHO)
    assert quality is not None
    assert quality.loss_share == 0


def test_nothing_is_estimated_where_nothing_arrives() -> None:
    assert call_quality(WHO, (told(0),)).mos is None
    silent = call_quality(WHO, (told(5), told(6, since_last_packet_s=6.0)))
    assert (silent.mos, silent.silence) == (None, MediaSilence.SILENT)
    gone = call_quality(WHO, (told(5), told(6, since_last_packet_s=25.0)))
    assert gone.silence is MediaSilence.OFFER_HANG_UP


def test_every_call_has_its_own_and_an_ended_one_has_none() -> None:
    qualities = CallQualities()
    seen: list[CallQuality] = []
    qualities.changed.connect(seen.append)
    qualities.on_statistics(WHO, told(1))
    qualities.on_statistics(InteractionId("i2"), told(1, lost=10))
    assert [quality.interaction_id for quality in seen] == ["i1", "i2"]
    qualities.on_call(answered(a_call("i1")))
    assert qualities.quality(WHO) is not None
    qualities.on_call(ended(a_call("i1")))
    assert qualities.quality(WHO) is None
    assert qualities.quality(InteractionId("i2")) is not None
