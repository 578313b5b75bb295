"""Open tickets on the caller's card: what, with whom, until when, and no widget without one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from agent_app.domain.customers import CandidateReason, ReasonKind
from agent_app.domain.ids import TicketId
from agent_app.domain.tickets import Ticket
from tests.ui.panels.fakes import NOW, ONE, Desk, card, customer
from tests.ui.panels.finding import find
from ui.caller import CallerPanel
from ui.caller.rows import card_reasons, reason_words
from ui.caller.tickets import TicketList
from ui.rows.list_view import RowList


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> CallerPanel:
    made = CallerPanel(desk.seat)
    made.resize(300, 620)
    qtbot.addWidget(made)
    made.show()
    desk.focus.select(ONE)
    return made


def tickets(*hours: float, **changes: object) -> tuple[Ticket, ...]:
    """Due in so many hours, counted from noon so that no midnight is in between."""
    noon = NOW.astimezone().replace(hour=12, minute=0, second=0)
    values = {"number": "20261123-0001", "holder": "所得税科", **changes}
    return tuple(
        Ticket(TicketId(f"t{place}"), title=f"退税 {place}",
               due_at=noon + timedelta(hours=ahead), **values)  # type: ignore[arg-type]
        for place, ahead in enumerate(hours, 1)
    )  # fmt: skip


def rows(panel: CallerPanel) -> list[tuple[str, ...]]:
    found = find(panel, RowList, "ticket-list").row_model.rows
    return [(row.title, *row.lines, row.trail, row.badge) for row in found]


def test_a_caller_without_tickets_costs_no_widget(desk: Desk, panel: CallerPanel) -> None:
    desk.cards.put(card(customer=customer()))
    assert panel.findChild(TicketList) is None


def test_the_soonest_three_are_shown_with_holder_and_deadline(
    desk: Desk, panel: CallerPanel
) -> None:
    desk.cards.put(card(customer=customer(tickets=tickets(-48, 6, 24, 48, 72))))
    assert rows(panel) == [
        ("退税 1", "20261123-0001 · 所得税科", "", "2 days late"),
        ("退税 2", "20261123-0001 · 所得税科", "today 18:00", ""),
        ("退税 3", "20261123-0001 · 所得税科", "tomorrow 12:00", ""),
    ]
    title = find(panel, QLabel, "tickets-title")
    assert title.text() == "Open tickets, and 2 more"
    shown = find(panel, RowList, "ticket-list")
    assert shown.height() == shown.height_of(3)
    panel.resize(300, 260)
    panel.grab()
    assert shown.height() < shown.height_of(3), "where it is low, the last calls stay in sight"
    assert shown.accessibleName() == title.text()
    assert shown.row_model.rows[0].spoken == "退税 1, 2 days late, 20261123-0001 · 所得税科"


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (6, ("退税 1", "not sent yet · 所得税科", "today 18:00", "")),
        (-24, ("退税 1", "not sent yet · 所得税科", "", "1 day late")),
    ],
)
def test_what_the_server_does_not_have_says_so(
    desk: Desk, panel: CallerPanel, hours: float, expected: tuple[str, ...]
) -> None:
    found = tickets(hours, number="", provisional=True)
    desk.cards.put(card(customer=customer(tickets=found)))
    assert rows(panel) == [expected]
    assert find(panel, QLabel, "tickets-title").text() == "Open tickets"


def test_the_list_goes_with_the_caller_and_comes_back(desk: Desk, panel: CallerPanel) -> None:
    with_some = card(customer=customer(tickets=tickets(6)))
    desk.cards.put(with_some)
    made = panel.findChild(TicketList)
    assert made is not None
    assert made.isVisible()
    desk.cards.put(card(customer=customer()))
    assert not made.isVisible()
    desk.cards.put(with_some)
    assert made.isVisible()
    assert panel.findChildren(TicketList) == [made]


def test_an_open_ticket_is_a_reason_in_words() -> None:
    reason = CandidateReason(ReasonKind.OPEN_TICKET, "退税一个月未到账")
    assert reason_words(card_reasons((reason,)), now=NOW) == "open ticket", "it stands below"
    assert reason_words((reason,), now=NOW) == "open ticket: 退税一个月未到账"
