"""Where Tab goes when a part of the window is built late: Qt puts it behind all others (step ⑥)."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_after(before: QWidget, *stops: QWidget) -> None:
    """From ``before`` Tab goes through ``stops``; all are in one window, none has a focus proxy.

    They are named one by one because the chain must not be walked: ``nextInFocusChain`` gives each
    widget's Python object the one before as its parent, and the garbage collector crashes there.
    """
    policies = [stop.focusPolicy() for stop in stops]
    for stop in stops:  # Qt looks at what takes the focus just now; a list without rows will later
        stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for one, following in pairwise((before, *stops)):
        QWidget.setTabOrder(one, following)
    for stop, policy in zip(stops, policies, strict=True):
        stop.setFocusPolicy(policy)
