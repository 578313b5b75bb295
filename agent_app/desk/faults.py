"""What went wrong on this seat and does not mend itself: told once, until she has read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from agent_app.domain.set_aside import SetAside
from agent_app.runtime.clock import Clock

KEPT = 20


class FaultKind(StrEnum):
    PROGRAM = "program"  # a bug; ``detail`` is the file it was written down in
    DATA = "data"  # the store found or met something; ``detail`` is its sentence
    SET_ASIDE = "set-aside"  # a file could not be read; ``set_aside`` says the rest
    SECOND_SIGN_IN = "second-sign-in"  # she, or somebody as her; ``detail`` names the seat


@dataclass(frozen=True, slots=True)
class Fault:
    kind: FaultKind
    detail: str
    at: datetime
    set_aside: SetAside | None = None


class Faults(QObject):
    """The newest faults, oldest first. GUI thread; ``reported`` may be emitted in any.

    Signals:
        changed: tuple of Fault.
        reported: kind and detail of a fault, from whatever thread met it.
    """

    changed = Signal(object)
    reported = Signal(object, str)

    def __init__(self, *, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._faults: tuple[Fault, ...] = ()
        self.reported.connect(self.report)

    @property
    def faults(self) -> tuple[Fault, ...]:
        return self._faults

    def report(self, kind: FaultKind, detail: str, at: datetime | None = None) -> None:
        """Add a fault, met now unless ``at`` says when; one that is shown is not repeated."""
        if not any(fault.kind is kind and fault.detail == detail for fault in self._faults):
            self._put((*self._faults, Fault(kind, detail, at or self._clock.now()))[-KEPT:])

    def on_set_aside(self, found: SetAside) -> None:
        """A file was unreadable when the seat was opened, and another one is in its place."""
        fault = Fault(FaultKind.SET_ASIDE, found.kept_as, self._clock.now(), found)
        self._put((*self._faults, fault)[-KEPT:])

    def on_data_fault(self, sentence: str) -> None:
        self.report(FaultKind.DATA, sentence)

    def dismiss(self, fault: Fault) -> None:
        """She has read it."""
        self._put(tuple(one for one in self._faults if one != fault))

    def _put(self, faults: tuple[Fault, ...]) -> None:
        if faults != self._faults:
            self._faults = faults
            self.changed.emit(faults)
