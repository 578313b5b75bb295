"""What lies between two network interfaces of our own making: packets pass through here.

The kernel's own network emulator (netem) is not in every kernel, and it cannot be pulled like a
plug without telling the machine; two TUN interfaces with this in between can do both.
"""

from __future__ import annotations

import fcntl
import heapq
import itertools
import os
import random
import select
import struct
import threading
import time
from dataclasses import dataclass

_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
_LONGEST = 65_535


@dataclass(frozen=True, slots=True)
class Trouble:
    """A share of packets is lost; each of the others is late by ``delay_ms`` give or take
    ``jitter_ms``. They keep their order: what makes packets late is a queue."""

    loss: float = 0.0
    delay_ms: float = 0.0
    jitter_ms: float = 0.0


class Cable:
    """Both ends are interfaces of these names, made here; gone when it is closed."""

    def __init__(self, near: str, far: str) -> None:
        self._ends = (_tun(near), _tun(far))
        self.trouble = Trouble()
        self.whole = True
        self.last_words = b""
        """Where it is not empty, the cable is cut behind the first packet that holds it."""
        self.cut = threading.Event()
        self._dice = random.Random(5)
        self._due = dict.fromkeys(self._ends, 0.0)
        self._waiting: list[tuple[float, int, int, bytes]] = []
        self._numbers = itertools.count()
        self._stop, self._stopped = os.pipe()
        self._thread = threading.Thread(target=self._run, name="cable", daemon=True)
        self._thread.start()

    def close(self) -> None:
        os.close(self._stopped)
        self._thread.join(5)
        for end in (*self._ends, self._stop):
            os.close(end)

    def _run(self) -> None:
        near, far = self._ends
        while True:
            pause = self._waiting[0][0] - time.monotonic() if self._waiting else None
            ready, _, _ = select.select(
                [near, far, self._stop], [], [], None if pause is None else max(0.0, pause)
            )
            if self._stop in ready:
                return
            for end, other in ((near, far), (far, near)):
                if end in ready:
                    self._take(os.read(end, _LONGEST), other)
            while self._waiting and self._waiting[0][0] <= time.monotonic():
                _, _, end, packet = heapq.heappop(self._waiting)
                _put(end, packet)

    def _take(self, packet: bytes, other: int) -> None:
        trouble = self.trouble
        whole, self.whole = self.whole, self.whole and not self._ends_with(packet)
        if not whole or self._dice.random() < trouble.loss:
            return
        if not trouble.delay_ms and not trouble.jitter_ms:
            _put(other, packet)
            return
        late_ms = trouble.delay_ms + self._dice.uniform(-1, 1) * trouble.jitter_ms
        due = max(self._due[other], time.monotonic() + max(0.0, late_ms) / 1000)
        self._due[other] = due
        heapq.heappush(self._waiting, (due, next(self._numbers), other, packet))

    def _ends_with(self, packet: bytes) -> bool:
        if not self.last_words or self.last_words not in packet:
            return False
        self.last_words = b""
        self.cut.set()
        return True


def _tun(name: str) -> int:
    end = os.open("/dev/net/tun", os.O_RDWR)
    request = struct.pack("16sH22x", name.encode(), _IFF_TUN | _IFF_NO_PI)
    try:
        fcntl.ioctl(end, _TUNSETIFF, request)
    except OSError:
        os.close(end)
        raise
    return end


def _put(end: int, packet: bytes) -> None:
    try:
        os.write(end, packet)
    except OSError:
        return  # the interface is down: as a socket without a plug
