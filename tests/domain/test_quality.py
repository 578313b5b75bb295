"""The E-model against the values that the ITU publishes."""

from __future__ import annotations

import pytest

from agent_app.domain.quality import (
    MediaSilence,
    mean_opinion,
    one_way_ms,
    rating,
    silence,
)


@pytest.mark.parametrize(
    ("r", "mos"),
    # G.107 annex B and G.109: the borders of the quality classes.
    [(93.2, 4.41), (90, 4.34), (80, 4.03), (70, 3.60), (60, 3.10), (50, 2.58)],
)
def test_a_rating_becomes_the_published_opinion(r: float, mos: float) -> None:
    assert mean_opinion(r) == pytest.approx(mos, abs=0.01)


@pytest.mark.parametrize(("r", "mos"), [(-20, 1.0), (0, 1.0), (3, 1.0), (100, 4.5), (120, 4.5)])
def test_an_opinion_stays_on_its_scale(r: float, mos: float) -> None:
    assert mean_opinion(r) == mos


def test_better_ratings_never_give_worse_opinions() -> None:
    opinions = [mean_opinion(r / 2) for r in range(-10, 220)]
    assert opinions == sorted(opinions)


@pytest.mark.parametrize("codec", ["PCMA", "PCMU/8000", "pcma", "G722/16000", "a new one"])
def test_nothing_wrong_gives_the_best_rating(codec: str) -> None:
    assert rating(codec=codec, delay_ms=80, loss_share=0) == pytest.approx(93.2)


@pytest.mark.parametrize(
    ("delay_ms", "impairment"),
    # Idd of G.107 worked out by hand for X = log2(Ta / 100) of 0, 1, 2 and 3.
    [(0, 0.0), (100, 0.0), (200, 3.04), (400, 24.07), (800, 40.83)],
)
def test_delay_costs_what_the_curve_says(delay_ms: float, impairment: float) -> None:
    r = rating(codec="PCMA", delay_ms=delay_ms, loss_share=0)
    assert 93.2 - r == pytest.approx(impairment, abs=0.01)


@pytest.mark.parametrize(
    ("loss", "impairment"),
    # Worked out by hand: 95 times the loss over the loss and 25.1, both in per cent.
    [(0.01, 3.64), (0.02, 7.01), (0.05, 15.78), (0.10, 27.07), (1.0, 75.94), (7.0, 75.94)],
)
def test_loss_costs_what_concealed_g711_loses(loss: float, impairment: float) -> None:
    r = rating(codec="PCMA", delay_ms=0, loss_share=loss)
    assert 93.2 - r == pytest.approx(impairment, abs=0.01)


def test_mouth_to_ear_is_half_the_round_trip_and_what_waits_at_both_ends() -> None:
    assert one_way_ms(round_trip_ms=60, buffer_ms=40) == 120


@pytest.mark.parametrize(
    ("silent_s", "said"),
    [
        (0.0, MediaSilence.NONE),
        (4.9, MediaSilence.NONE),
        (5.0, MediaSilence.SILENT),
        (19.9, MediaSilence.SILENT),
        (20.0, MediaSilence.OFFER_HANG_UP),
        (500.0, MediaSilence.OFFER_HANG_UP),
    ],
)
def test_silence_is_said_after_five_seconds_and_hanging_up_offered_after_twenty(
    silent_s: float, said: MediaSilence
) -> None:
    assert silence(silent_s) is said
