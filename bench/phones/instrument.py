"""Hears and speaks on both ends of a call: the phone's microphone and speaker, and its RTP.

Mouth: from the sound server's microphone to the packet on the wire (20 ms of packing included).
Ear: from the packet on the wire to the sound server's speaker. Together they are the way from mouth
to ear between two such phones, without a network.
"""

from __future__ import annotations

import array
import contextlib
import socket
import struct
import threading
import time
from dataclasses import dataclass

from bench.phones.alaw import compress, expand
from bench.phones.pulse import BLOCK, RATE_HZ, Stream
from bench.phones.signals import GapCounter, Gaps, OnsetFinder, Source, delays

PACKET_S = 0.02
RTP_HZ = 8_000
_PACKET = int(PACKET_S * RTP_HZ)


@dataclass(frozen=True, slots=True)
class Ways:
    """Milliseconds of each burst that arrived, and how many were sent."""

    mouth_ms: list[float]
    ear_ms: list[float]
    sent: int


@dataclass(frozen=True, slots=True)
class Holes:
    """Gaps in a steady tone: in what the phone sent, and in what it played."""

    sent: Gaps
    played: Gaps


class Instrument:
    """Runs with four threads while it is entered; ``rtp`` is connected to the phone."""

    def __init__(self, *, server: str, microphone: str, speaker: str, rtp: socket.socket) -> None:
        """``microphone`` is a sink that feeds the phone's microphone, ``speaker`` a source."""
        self._player = Stream.player(server, microphone)
        self._recorder = Stream.recorder(server, speaker)
        self._rtp = rtp
        self._rtp.settimeout(0.2)
        self._stop = threading.Event()
        self._into_microphone, self._into_packets = Source(RATE_HZ), Source(RTP_HZ)
        self._spoken: list[float] = []
        self._sent: list[float] = []
        self._from_wire, self._from_speaker = OnsetFinder(RTP_HZ), OnsetFinder(RATE_HZ)
        self._wire_gaps, self._speaker_gaps = GapCounter(RTP_HZ), GapCounter(RATE_HZ)
        self._next_timestamp: int | None = None
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for name, work in (
                ("speak", self._speak), ("listen", self._listen),
                ("send", self._send), ("receive", self._receive),
            )
        ]  # fmt: skip

    def __enter__(self) -> Instrument:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(5)
        self._player.close()
        self._recorder.close()

    def ways(self, seconds: float, settle_s: float = 3.0) -> Ways:
        """Send bursts both ways for so long, after the phone's buffers have settled."""
        time.sleep(settle_s)
        spoken, sent = len(self._spoken), len(self._sent)
        wire, speaker = len(self._from_wire.found), len(self._from_speaker.found)
        time.sleep(seconds)
        into, out = self._spoken[spoken:-1], self._sent[sent:-1]
        return Ways(
            mouth_ms=delays(into, self._from_wire.found[wire:]),
            ear_ms=delays(out, self._from_speaker.found[speaker:]),
            sent=min(len(into), len(out)),
        )

    def straight(self, seconds: float) -> list[float]:
        """Milliseconds from the player to the recorder, where these two are one sink's ends."""
        spoken = len(self._spoken)
        time.sleep(seconds)
        return delays(self._spoken[spoken:-1], self._from_speaker.found)

    def holes(self, seconds: float) -> Holes:
        """Send the tone both ways for so long and count the holes."""
        self._into_microphone.steady = self._into_packets.steady = True
        time.sleep(2.0)
        self._wire_gaps, self._speaker_gaps = GapCounter(RTP_HZ), GapCounter(RATE_HZ)
        time.sleep(seconds)
        found = Holes(self._wire_gaps.gaps, self._speaker_gaps.gaps)
        self._into_microphone.steady = self._into_packets.steady = False
        return found

    # --- threads ---------------------------------------------------------------------------------

    def _speak(self) -> None:
        while not self._stop.is_set():
            block, onset = self._into_microphone.take(BLOCK)
            at = self._player.write(block)
            if onset is not None:
                self._spoken.append(at + onset / RATE_HZ)

    def _listen(self) -> None:
        while not self._stop.is_set():
            at, block = self._recorder.read()
            self._from_speaker.feed(at, block)
            self._speaker_gaps.feed(block)

    def _send(self) -> None:
        begin = time.monotonic()
        number = 0
        while not self._stop.is_set():
            block, onset = self._into_packets.take(_PACKET)
            head = struct.pack("!BBHII", 0x80, 8, number & 0xFFFF, number * _PACKET, 0x5A5A)
            packet = head + compress(block)
            _sleep_until(begin + number * PACKET_S)
            if onset is not None:
                self._sent.append(time.monotonic())
            with contextlib.suppress(OSError):  # the phone has closed its port
                self._rtp.send(packet)
            number += 1

    def _receive(self) -> None:
        while not self._stop.is_set():
            try:
                data = self._rtp.recv(2048)
            except OSError:  # nothing for a moment, or the phone has closed its port
                continue
            at = time.monotonic()
            if len(data) > 12 and data[1] & 0x7F == 8:
                timestamp = struct.unpack("!I", data[4:8])[0]
                block = expand(data[12:])
                self._wire_gaps.feed(self._missing(timestamp, len(block)))
                self._wire_gaps.feed(block)
                self._from_wire.feed(at, block)

    def _missing(self, timestamp: int, samples: int) -> array.array[int]:
        """Silence for the packets between this one and the one before."""
        expected, self._next_timestamp = self._next_timestamp, timestamp + samples
        if expected is None or not 0 < timestamp - expected < RTP_HZ:
            return array.array("h")
        return array.array("h", bytes(2 * (timestamp - expected)))


def _sleep_until(at_s: float) -> None:
    if (left := at_s - time.monotonic()) > 0:
        time.sleep(left)
