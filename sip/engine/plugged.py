"""What is plugged in, looked at when that may have changed (step ①)."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from sip.engine.devices import Devices
from sip.engine.opened import Opener
from sip.engine.pulse_server import Plugs, PulseRefusedError

LOOK_ANYWAY_S = 15.0
"""How old a look may be where the sound system tells of changes; anywhere else, none may be."""


class Plugged:
    """The devices of one sound system after the other. Belongs to the sound thread."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        """``on_change`` is called in a thread of its own where the sound system tells of changes;
        anywhere else, whoever wants to know has to look now and then."""
        self._on_change = on_change
        self._plugs: Plugs | None = None
        self._changed = True
        self._opener = Opener("null")
        self._found: Devices | None = None
        self._looked_at = 0.0

    @property
    def told(self) -> bool:
        """Whether the sound system that was looked at last tells of changes."""
        return self._plugs is not None and not self._plugs.ended

    def look(self, opener: Opener) -> Devices:
        """Return what ``opener`` finds. Raises SoundError and NoDeviceError."""
        told = self.told and opener == self._opener
        fresh = time.monotonic() - self._looked_at < LOOK_ANYWAY_S
        if told and fresh and not self._changed and self._found is not None:
            return self._found
        if not told:
            self._listen(opener)
        self._changed, self._found = False, None
        self._opener, self._looked_at = opener, time.monotonic()
        self._found = opener.find()
        return self._found

    def close(self) -> None:
        plugs, self._plugs = self._plugs, None
        if plugs is not None:
            plugs.close()

    def _listen(self, opener: Opener) -> None:
        self.close()
        if opener.asks_pulse:
            with suppress(PulseRefusedError):
                self._plugs = Plugs(self._hear)

    def _hear(self) -> None:
        self._changed = True
        self._on_change()
