"""What is looked after some times a second while there are calls (step ②)."""

from __future__ import annotations

import contextlib

from pjsua2 import pjsua2 as pj

from sip.engine.line import Line
from sip.engine.lines import Lines
from sip.engine.refusal import RefusedError
from sip.engine.watch import Verdict
from sip.messages import EndedBy

FIGURES_S = 1.0


class Rounds:
    """Levels, figures, what calls wait for, and whether each is alive. Engine's thread."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._figures_at = 0.0

    def make(self, now: float, *, exchange_answers: bool) -> None:
        """Look after every call; ``now`` is the monotonic clock."""
        figures = now - self._figures_at >= FIGURES_S
        if figures:
            self._figures_at = now
        for line in self._lines:
            if line.answered:
                self._go_on(line, now, exchange_answers=exchange_answers)
                self._measure(line, now, figures=figures)
            if not line.left:  # else the library says at once that it is over
                self._see_whether_alive(line, now, exchange_answers=exchange_answers)

    def _go_on(self, line: Line, now: float, *, exchange_answers: bool) -> None:
        """Do what the call waits for; what cannot be done keeps nothing else from it."""
        with contextlib.suppress(pj.Error, RefusedError):
            line.go_on_dialling()
        with contextlib.suppress(pj.Error, RefusedError):
            line.holding.go_on(now)
        if exchange_answers:
            with contextlib.suppress(pj.Error, RefusedError):
                line.go_on_moving(now)

    def _measure(self, line: Line, now: float, *, figures: bool) -> None:
        with contextlib.suppress(pj.Error, RefusedError):
            line.note_packets(now)
            self._lines.tell(line.levels())
            if figures:
                self._lines.tell(line.statistics(now))

    def _see_whether_alive(self, line: Line, now: float, *, exchange_answers: bool) -> None:
        if self._lines.transfers.deserted(line, now):
            self._lines.hang_up(line, EndedBy.CALLER, 200, "the caller is gone")
            return
        self._lines.tell(self._lines.transfers.released(line, now))
        verdict = line.watch.judge(now, talking=line.talking, reachable=exchange_answers)
        if verdict is Verdict.ASK and line.known:
            with contextlib.suppress(pj.Error, RefusedError):
                line.ask()
        elif verdict is Verdict.LOST:
            self._lines.hang_up(line, EndedBy.NETWORK, 408, "no sign of life")
