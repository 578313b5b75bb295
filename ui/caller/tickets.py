"""Open tickets of the person on the card: what, with whom, and until when (step ⑤)."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.domain.tickets import Ticket
from ui.formatting import deadline, joined, moment
from ui.labels import plain_label
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.rows.row import Row

SHOWN = 3


def ticket_rows(tickets: tuple[Ticket, ...], *, now: datetime) -> tuple[Row, ...]:
    """The soonest ones."""
    return tuple(_row(ticket, now=now) for ticket in tickets[:SHOWN])


def _row(ticket: Ticket, *, now: datetime) -> Row:
    """What it is about and until when; its number, or that the server does not have it yet."""
    waiting = QCoreApplication.translate("CallerRows", "not sent yet")
    late, words = ticket.due_at <= now, deadline(ticket.due_at, now)
    line = joined(ticket.number, waiting if ticket.provisional else "", ticket.holder)
    return Row(
        key=ticket.ticket_id,
        title=ticket.title,
        lines=(line,),
        trail="" if late else words,
        badge=words if late else "",
        tip="\n".join((ticket.title, line, moment(ticket.due_at, now))),
    )


def tickets_title(tickets: tuple[Ticket, ...]) -> str:
    more = len(tickets) - SHOWN
    if more <= 0:
        return QCoreApplication.translate("CallerRows", "Open tickets")
    text = QCoreApplication.translate("CallerRows", "Open tickets, and {more} more")
    return text.format(more=more)


class TicketList(QWidget):
    """As high as what it shows where there is room; made for the first caller who has some."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = plain_label(name="tickets-title", role="caption")
        self._rows = RowList(RowModel(self), lines=1)
        self._rows.setObjectName("ticket-list")
        self._rows.setMinimumHeight(self._rows.height_of(1))
        caption = QVBoxLayout()
        caption.setContentsMargins(8, 0, 8, 0)
        caption.addWidget(self._title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(caption)
        layout.addWidget(self._rows)

    def show_rows(self, title: str, rows: tuple[Row, ...]) -> None:
        if title != self._title.text():
            self._title.setText(title)
            self._rows.setAccessibleName(title)
        if rows != self._rows.row_model.rows:
            self._rows.row_model.show_rows(rows)
            self._rows.want(len(rows))
        if self.isHidden() is bool(rows):
            self.setVisible(bool(rows))
