"""Typing as an input method does it: what is composed first, what is committed at last."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QWidget


def compose(field: QWidget, preedit: str, commit: str = "") -> None:
    """Show ``preedit`` as being composed, after committing ``commit``."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(field, event)


def type_text(field: QWidget, text: str) -> None:
    """Characters no keyboard has a key for."""
    for sign in text:
        compose(field, "", commit=sign)
