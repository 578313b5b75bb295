"""Qt must give back what it borrows: PySide6 6.12.0 on Python 3.11 does not.

Before Python 3.12 made None, True and False immortal, a binding that drops one reference too many
per call ends the interpreter once the count reaches zero: 6.12.0 loses one reference to None at
every signal, paint and label change and aborts a desk in the middle of a shift.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

CALLS = 500


class Source(QObject):
    said = Signal(object)


class Listener(QObject):
    def hear(self, value: object) -> None:
        """Do nothing."""


def counts() -> tuple[int, int, int]:
    return sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False)


def test_signals_and_labels_keep_the_counts_of_none_true_and_false(qapp: object) -> None:
    source, listener, label = Source(), Listener(), QLabel()
    source.said.connect(listener.hear)
    before = counts()
    for number in range(CALLS):
        source.said.emit(number)
        label.setText("text")
        source.blockSignals(False)
    lost = [b - a for a, b in zip(counts(), before, strict=True)]
    assert max(lost) < CALLS / 10
