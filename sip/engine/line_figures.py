"""RTP figures of one call, and since when nothing arrived (step ②)."""

from __future__ import annotations

from dataclasses import replace

from pjsua2 import pjsua2 as pj

from sip.messages import CallStatistics, LineId


class LineFigures:
    """Reads the library's counters. Engine's thread; times are monotonic seconds."""

    def __init__(self) -> None:
        self.packet_at = 0.0
        """When the last packet was seen."""
        self.awaited_at = 0.0
        """Since when packets are missing: the last one, or the last time none was awaited."""
        self._packets = 0
        self._told: CallStatistics | None = None

    def look(self, call: pj.Call, now: float, *, awaited: bool) -> bool:
        """Return whether packets arrived since the last look.

        Where none are ``awaited`` (the call is held) their absence does not count.
        """
        try:
            stat = call.getStreamStat(0)  # its fields live no longer than this object
            count = int(stat.rtcp.rxStat.pkt)
        except pj.Error:  # while the call moves to another address it has no sound at all
            count = self._packets
        arrived, self._packets = count != self._packets, count
        if arrived:
            self.packet_at = now
        if arrived or not awaited or not self.awaited_at:
            self.awaited_at = now
        return arrived

    def tell(
        self, line: LineId, call: pj.Call, now: float, *, codec: str, encrypted: bool
    ) -> CallStatistics:
        """Return all figures: of a call that has no sound now the last ones, older than before.

        Raises pj.Error where it never had any.
        """
        try:
            self._told = self._read(line, call, codec=codec, encrypted=encrypted)
        except pj.Error:
            if self._told is None:
                raise
        return replace(self._told, since_last_packet_s=round(now - self.awaited_at, 3))

    def _read(self, line: LineId, call: pj.Call, *, codec: str, encrypted: bool) -> CallStatistics:
        whole = call.getStreamStat(0)  # its fields live no longer than this object
        stat, buffer = whole.rtcp, whole.jbuf
        return CallStatistics(
            line=line,
            codec=codec,
            received_packets=stat.rxStat.pkt,
            lost_packets=stat.rxStat.loss,
            sent_packets=stat.txStat.pkt,
            jitter_ms=stat.rxStat.jitterUsec.mean / 1000,
            round_trip_ms=stat.rttUsec.mean / 1000,
            since_last_packet_s=0.0,
            discarded_packets=buffer.discard,
            buffer_ms=float(buffer.avgDelayMsec),
            encrypted=encrypted,
        )
