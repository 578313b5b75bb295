"""How each call sounds now, for the screen: the engine's counters become an estimate (step ③)."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Signal

from agent_app.domain.calls import Call
from agent_app.domain.ids import InteractionId
from agent_app.domain.quality import (
    CallQuality,
    MediaSilence,
    mean_opinion,
    one_way_ms,
    rating,
    silence,
)
from sip import messages as m

RECENT = 10
"""Statistics come once a second; what is older than so many says nothing of now."""


class CallQualities(QObject):
    """One CallQuality for each call that talks. GUI thread.

    Wire ``on_statistics`` to Phone.statistics_changed and ``on_call`` to Phone.call_changed.

    Signals:
        changed: CallQuality, once a second for each talking call.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recent: dict[InteractionId, deque[m.CallStatistics]] = {}
        self._now: dict[InteractionId, CallQuality] = {}

    def quality(self, interaction_id: InteractionId) -> CallQuality | None:
        """The latest of a live call, None before its first statistics and after its end."""
        return self._now.get(interaction_id)

    def on_statistics(self, interaction_id: InteractionId, statistics: m.CallStatistics) -> None:
        recent = self._recent.setdefault(interaction_id, deque(maxlen=RECENT + 1))
        if recent and _began_anew(recent[-1], statistics):
            recent.clear()
        recent.append(statistics)
        quality = call_quality(interaction_id, tuple(recent))
        self._now[interaction_id] = quality
        self.changed.emit(quality)

    def on_call(self, call: Call) -> None:
        if not call.live:
            self._recent.pop(call.interaction_id, None)
            self._now.pop(call.interaction_id, None)


def call_quality(
    interaction_id: InteractionId, recent: tuple[m.CallStatistics, ...]
) -> CallQuality:
    """The quality over ``recent``, oldest first and at least one; counts are since the first.

    With one only, they are since the call's beginning.
    """
    last = recent[-1]
    received, lost = _counts(last)
    if len(recent) > 1:
        received_before, lost_before = _counts(recent[0])
        received, lost = received - received_before, lost - lost_before
    share = lost / (received + lost) if received + lost > 0 else 0.0
    said = silence(last.since_last_packet_s)
    mos = None
    if received > 0 and said is MediaSilence.NONE:
        delay_ms = one_way_ms(round_trip_ms=last.round_trip_ms, buffer_ms=last.buffer_ms)
        mos = round(mean_opinion(rating(codec=last.codec, delay_ms=delay_ms, loss_share=share)), 1)
    return CallQuality(
        interaction_id=interaction_id,
        mos=mos,
        loss_share=share,
        jitter_ms=last.jitter_ms,
        round_trip_ms=last.round_trip_ms,
        codec=last.codec,
        encrypted=last.encrypted,
        silent_s=last.since_last_packet_s,
        silence=said,
    )


def _counts(statistics: m.CallStatistics) -> tuple[int, int]:
    """Packets that were heard, and those that were not: lost, or there too late."""
    missed = statistics.lost_packets + statistics.discarded_packets
    return statistics.received_packets - statistics.discarded_packets, missed


def _began_anew(before: m.CallStatistics, now: m.CallStatistics) -> bool:
    """The engine counts from zero after a media change."""
    return now.received_packets < before.received_packets or now.lost_packets < before.lost_packets
