"""What the sign-in window says and when it lets her try (before step ①).

The password never comes here: the window hands it on and forgets it, the model only learns whether
one was typed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.runtime.clock import Clock
from ui.formatting import duration
from ui.sign_in.problems import Severity, SignInProblem, severity, words

TICK_MS = 200
LONGEST_WAIT_S = 24 * 3600.0
DETAIL_LIMIT = 200


@dataclass(frozen=True, slots=True)
class SignInView:
    """``detail`` is the cause in somebody else's words, one line of plain text."""

    message: str
    detail: str
    severity: Severity
    busy: bool
    can_submit: bool


class SignInModel(QObject):
    """View-model of the sign-in window.

    Signals:
        changed: the new SignInView.
    """

    changed = Signal(object)

    def __init__(self, *, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._busy = False
        self._incomplete = False
        self._problem: SignInProblem | None = None
        self._detail = ""
        self._again_at_s: float | None = None  # of the monotonic clock
        self._shown = self.view
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def view(self) -> SignInView:
        """Composed anew, in the language of the moment."""
        return SignInView(
            message=self._message(),
            detail="" if self._busy or self._incomplete else self._detail,
            severity=self._severity(),
            busy=self._busy,
            can_submit=not self._busy and self._left_s() == 0,
        )

    @property
    def counting(self) -> bool:
        """Whether a pause runs that the server asked for."""
        return self._timer.isActive()

    def begin(self, *, login_given: bool, password_given: bool) -> bool:
        """Whether the attempt goes out now; if so, the window is busy until it is answered."""
        if self._busy or self._left_s():
            return False
        self._incomplete = not (login_given and password_given)
        self._busy = not self._incomplete
        self._show()
        return self._busy

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._show()

    def refuse(self, problem: SignInProblem, retry_after_s: float = 0, detail: str = "") -> None:
        """The end of an attempt, or the reason why she is asked at all."""
        self._busy = self._incomplete = False
        self._problem = problem
        self._detail = " ".join(detail.split())[:DETAIL_LIMIT]
        if retry_after_s > 0:
            self._again_at_s = self._clock.monotonic_s() + min(retry_after_s, LONGEST_WAIT_S)
            self._timer.start()
        else:
            self._again_at_s = None
            self._timer.stop()
        self._show()

    def tick(self) -> None:
        """Let the countdown follow the clock."""
        if not self._left_s():
            self._timer.stop()
        self._show()

    def _left_s(self) -> int:
        """Whole seconds until the next attempt may be made, rounded up."""
        if self._again_at_s is None:
            return 0
        return math.ceil(max(0.0, self._again_at_s - self._clock.monotonic_s()))

    @property
    def _lock_is_over(self) -> bool:
        waited = self._again_at_s is not None and not self._left_s()
        return self._problem is SignInProblem.LOCKED and waited

    def _show(self) -> None:
        view = self.view
        if view != self._shown:
            self._shown = view
            self.changed.emit(view)

    def _severity(self) -> Severity:
        if self._busy:
            return Severity.NEUTRAL
        if self._incomplete:
            return Severity.WARNING
        if self._problem is None or self._lock_is_over:
            return Severity.NEUTRAL
        return severity(self._problem)

    def _message(self) -> str:
        if self._busy:
            return self.tr("Asking the server …")
        if self._incomplete:
            return self.tr("Enter your login and your password.")
        return "" if self._problem is None else self._about(self._problem)

    def _about(self, problem: SignInProblem) -> str:
        if self._lock_is_over:
            return self.tr("You can try again now.")
        left_s = self._left_s()
        if left_s:
            return self.tr("{problem} You can try again in {time}.").format(
                problem=words(problem), time=duration(left_s)
            )
        if problem is SignInProblem.LOCKED:
            return self.tr("{problem} Wait some minutes, then try again.").format(
                problem=words(problem)
            )
        return words(problem)
