"""One place for a sound device, speaker or microphone, and which device is in it (step ①)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Generic

from sip.engine.clock import STALL_S
from sip.engine.devices import Device, SoundError
from sip.engine.opened import Opened, P, Pump

STALLED_S = 3.0
"""An open device that gives no sign for so long does not work (its server hangs, or it does)."""
AGAIN_S = 10.0
"""So long a device that could not be opened or stalled is left alone, if there is another."""

BEGUN_S, BEGIN_LIMIT_S = 0.1, 0.4
"""A device runs when it still asks so long after its opening: the first calls only fill its buffer.
Put in charge before that, it may hold the calls up for a quarter of a second."""

_log = logging.getLogger(__name__)


class Slot(Generic[P]):
    """Holds the best device that works. Belongs to the sound thread.

    ``opened`` is what runs now, ``complaint`` what is wrong with that in one sentence, or "".
    """

    def __init__(
        self,
        *,
        open_device: Callable[[Device, int], Opened[P]],
        put_in_charge: Callable[[P | None], None],
    ) -> None:
        """``open_device`` gets a device and the period in ms, and raises SoundError."""
        self._open = open_device
        self._put_in_charge = put_in_charge
        self._bad_until: dict[bytes, float] = {}
        self.opened: Opened[P] | None = None
        self.complaint = ""

    @property
    def name(self) -> str:
        return self.opened.device.name if self.opened is not None else ""

    @property
    def moves(self) -> bool:
        """Whether a device runs and gave a sign lately."""
        opened = self.opened
        return opened is not None and time.monotonic() - opened.pump.called_at <= STALL_S

    def fill(self, devices: Sequence[Device], period_ms: int) -> None:
        """Open the first of ``devices`` that works, if it is not the one that runs.

        The new one runs before the old one goes, so that nothing is missed.
        """
        self.complaint = ""
        self._note_a_stall()
        now = time.monotonic()
        patient = [d for d in devices if self._bad_until.get(d.identity, 0.0) <= now]
        for device in patient or devices:
            if self._runs(device, period_ms) or self._exchange(device, period_ms):
                return
        self.empty()

    def empty(self) -> None:
        """Close what is open."""
        old, self.opened = self.opened, None
        self._put_in_charge(None)
        if old is not None:
            old.close()

    def forgive(self) -> None:
        """Try every device again: something was plugged, or she asked."""
        self._bad_until.clear()

    def _runs(self, device: Device, period_ms: int) -> bool:
        opened = self.opened
        return (
            opened is not None
            and not opened.handle.ended
            and opened.device.identity == device.identity
            and opened.period_ms == period_ms
        )

    def _exchange(self, device: Device, period_ms: int) -> bool:
        try:
            opened = self._open(device, period_ms)
        except SoundError as problem:
            _log.warning("sound: %s", problem)
            self.complaint = str(problem)
            self._bad_until[device.identity] = time.monotonic() + AGAIN_S
            return False
        if opened.has_thread:
            _let_it_begin(opened.pump)
        old, self.opened = self.opened, opened
        self._put_in_charge(opened.pump)
        if old is not None:
            old.close()
        return True

    def _note_a_stall(self) -> None:
        opened = self.opened
        if opened is None or time.monotonic() - opened.pump.called_at <= STALLED_S:
            return
        _log.warning("sound: %s does not move", opened.device.name)
        self.complaint = f"{opened.device.name} gives no sound."
        self._bad_until[opened.device.identity] = time.monotonic() + AGAIN_S
        self.empty()


def _let_it_begin(pump: Pump) -> None:
    """Wait until the device runs by itself; whoever was in charge goes on meanwhile."""
    opened_at = time.monotonic()
    while time.monotonic() - opened_at < BEGIN_LIMIT_S and pump.called_at - opened_at < BEGUN_S:
        time.sleep(0.01)
