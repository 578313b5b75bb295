"""ID number and the centre's own fields; a masked one is asked for with a reason."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from agent_app.desk.reveals import Reveals
from agent_app.domain.customers import CustomValue
from agent_app.domain.ids import CustomerId
from sync.errors import RequestRefused, Unreachable
from tests.desk.fakes_caller import FakeSecrets
from tests.desk.fakes_live import NoTasks
from tests.ui.panels.fakes import ONE, Desk, card, customer
from tests.ui.panels.finding import find
from ui.caller import CallerPanel
from ui.particulars import ParticularsModel
from ui.rows.list_view import RowList

MASKED = "3301**********1234"
WHOLE = "330102199003071234"
PERSON = customer(
    id_number=MASKED,
    custom=(
        CustomValue("grade", "信用等级", "Credit", "A"),
        CustomValue("bank", "银行账号", "", "6222********1234", sensitive=True),
        CustomValue("sms", "短信", "Text messages", value=True),
    ),
)


@pytest.fixture
def panel(desk: Desk, qtbot: QtBot) -> CallerPanel:
    desk.caller.secrets.values = {"id_number": WHOLE, "custom.bank": "6222333344441234"}
    desk.cards.put(card(customer=PERSON))
    desk.focus.select(ONE)
    panel = CallerPanel(desk.seat)
    panel.resize(300, 900)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def rows(panel: CallerPanel) -> RowList:
    return find(panel, RowList, "particular-list")


def menu(panel: CallerPanel) -> QMenu:
    return find(panel, QMenu, "reveal-menu")


def status(panel: CallerPanel) -> QLabel:
    return find(panel, QLabel, "reveal-status")


def ask(panel: CallerPanel, place: int = 0, reason: int = 1) -> None:
    rows(panel).choose_at(place)
    menu(panel).actions()[reason].trigger()
    menu(panel).close()


def test_what_is_known_is_listed_in_words(panel: CallerPanel) -> None:
    assert [(row.title, row.trail) for row in rows(panel).row_model.rows] == [
        (f"ID number: {MASKED}", "show …"),
        ("Credit: A", ""),
        ("银行账号: 6222********1234", "show …"),
        ("Text messages: Yes", ""),
    ]


@pytest.mark.usefixtures("in_chinese")
def test_in_chinese_the_fields_have_their_chinese_names(panel: CallerPanel) -> None:
    assert rows(panel).row_model.rows[1].title == "信用等级: A"


def test_nobody_and_nothing_take_no_room(desk: Desk, panel: CallerPanel) -> None:
    desk.cards.put(card(customer=customer(id_number="", custom=())))
    assert not panel.particulars.isVisible()


def test_a_masked_value_asks_why_and_is_shown(desk: Desk, panel: CallerPanel) -> None:
    rows(panel).choose_at(0)
    heading, *reasons = menu(panel).actions()
    assert (heading.text(), heading.isEnabled()) == ("What do you need it for?", False)
    assert len(reasons) == 3
    assert desk.caller.secrets.asked == [], "opening the menu asks nobody"
    reasons[1].trigger()
    assert desk.caller.secrets.asked == [("c1", "id_number", "Handle the caller's request")]
    assert rows(panel).row_model.rows[0].title == f"ID number: {WHOLE}"
    assert "30 seconds" in status(panel).text()
    desk.caller_desk.reveals.hide()
    assert rows(panel).row_model.rows[0].title == f"ID number: {MASKED}"
    assert not status(panel).isVisible()


def test_the_keyboard_alone_shows_it(desk: Desk, panel: CallerPanel) -> None:
    panel.particulars.ask_first()
    assert menu(panel).isVisible()
    QTest.keyClick(menu(panel), Qt.Key.Key_Return)
    assert desk.caller.secrets.asked == [
        ("c1", "id_number", "Check that the caller is who he says")
    ]


def test_a_field_of_the_centres_own_is_shown_the_same_way(desk: Desk, panel: CallerPanel) -> None:
    ask(panel, place=2)
    assert rows(panel).row_model.rows[2].title == "银行账号: 6222333344441234"
    assert rows(panel).row_model.rows[0].title == f"ID number: {MASKED}"


def test_what_is_not_masked_asks_nothing(desk: Desk, panel: CallerPanel) -> None:
    rows(panel).choose_at(1)
    assert menu(panel).actions() == []


def test_somebody_else_on_the_card_hides_it(desk: Desk, panel: CallerPanel) -> None:
    ask(panel)
    other = customer(customer_id=CustomerId("c2"), id_number=MASKED)
    desk.cards.put(card(customer=other))
    assert rows(panel).row_model.rows[0].title == f"ID number: {MASKED}"
    desk.cards.put(card(customer=PERSON))
    assert rows(panel).row_model.rows[0].title == f"ID number: {MASKED}"


@pytest.mark.usefixtures("qapp")
def test_while_it_is_asked_for_it_says_so() -> None:
    model = ParticularsModel(Reveals(secrets=FakeSecrets(), allowed=True, tasks=NoTasks()))
    model.show(PERSON)
    model.ask("id_number", "核对")
    assert model.status == "Asking the server …"


@pytest.mark.usefixtures("qapp")
def test_who_may_not_see_it_is_not_offered_it() -> None:
    model = ParticularsModel(Reveals(secrets=FakeSecrets(), allowed=False, tasks=NoTasks()))
    model.show(PERSON)
    assert model.first_masked == ""
    assert {row.trail for row in model.rows} == {""}


def test_without_the_server_it_says_that_it_needs_it(desk: Desk, panel: CallerPanel) -> None:
    desk.caller.secrets.error = Unreachable("cable")
    ask(panel)
    assert "needs the server" in status(panel).text()
    assert rows(panel).row_model.rows[0].title == f"ID number: {MASKED}"


def test_a_refusal_has_the_servers_words(desk: Desk, panel: CallerPanel) -> None:
    desk.caller.secrets.error = RequestRefused("<b>no</b>", status=403, code="not-allowed")
    ask(panel)
    assert status(panel).text() == "The server does not show it: <b>no</b>"
    assert status(panel).textFormat() is Qt.TextFormat.PlainText


def test_a_value_the_server_does_not_have_is_said(desk: Desk, panel: CallerPanel) -> None:
    desk.caller.secrets.values = {}
    ask(panel)
    assert status(panel).text() == "The server has no more than this."
