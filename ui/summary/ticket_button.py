"""Begins a ticket about the call; stands beside the follow-up's name (step ⑥)."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget


class TicketButton(QPushButton):
    """What it unfolds is put there by the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("Ticket"))
        self.setObjectName("ticket-button")
        self.setProperty("kind", "inline")
        self.setAccessibleName(self.tr("Make a ticket"))
