"""A masked value of a customer who is looked up is shown as on the card: with a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu

from agent_app.domain.customers import Customer, CustomValue
from agent_app.domain.ids import CustomerId
from sync.errors import Unreachable
from tests.desk.fakes import FakeCallers, a_customer
from tests.desk.fakes_caller import FakeSecrets
from tests.ui.customers.hands import OpenWindow, opened, rows, text
from tests.ui.fakes import Rig
from tests.ui.window.hands import child
from ui.rows.list_view import RowList
from ui.window.desk_window import DeskWindow

MASKED, WHOLE = "3301**********1234", "330102199003071234"
PERSON = a_customer(
    id_number=MASKED,
    custom=(
        CustomValue("grade", "信用等级", "Credit", "A"),
        CustomValue("bank", "银行账号", "Bank account", "6222********1234", sensitive=True),
    ),
)


@pytest.fixture
def shown(open_window: OpenWindow) -> tuple[DeskWindow, Rig, FakeSecrets]:
    window, rig = open_window()
    secrets = rig.caller.secrets
    secrets.values = {"id_number": WHOLE}
    known(rig)[CustomerId("c1")] = PERSON
    opened(window)
    return window, rig, secrets


def known(rig: Rig) -> dict[CustomerId, Customer]:
    return cast(FakeCallers, rig.seat.cards._callers).customers


def lines(window: DeskWindow) -> list[tuple[str, str]]:
    return [(row.title, row.trail) for row in rows(window, "customer-particular-list")]


def show_it(window: DeskWindow) -> None:
    """The key, and Enter on the first reason."""
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_I, both)
    menu = child(window, QMenu, "customer-reveal-menu")
    assert menu.isVisible()
    QTest.keyClick(menu, Qt.Key.Key_Return)


def test_by_keyboard_with_a_reason(shown: tuple[DeskWindow, Rig, FakeSecrets]) -> None:
    window, rig, secrets = shown
    assert lines(window) == [
        (f"ID number: {MASKED}", "show …"), ("Bank account: 6222********1234", "show …"),
    ]  # fmt: skip
    show_it(window)
    assert secrets.asked == [("c1", "id_number", "Check that the caller is who he says")]
    assert lines(window)[0] == (f"ID number: {WHOLE}", "")
    assert "30 seconds" in text(window, "customer-reveal-status")
    rig.seat.caller.reveals.hide()
    assert lines(window)[0] == (f"ID number: {MASKED}", "show …")


def test_what_is_masked_stands_once(shown: tuple[DeskWindow, Rig, FakeSecrets]) -> None:
    window, _, _ = shown
    assert text(window, "customer-fact-custom-grade") == "A"
    assert window.findChild(QLabel, "customer-fact-id-number") is None


def test_somebody_else_hides_it(shown: tuple[DeskWindow, Rig, FakeSecrets]) -> None:
    window, rig, _ = shown
    show_it(window)
    other = replace(PERSON, customer_id=CustomerId("c3"))
    known(rig)[CustomerId("c3")] = other
    child(window, RowList, "customer-list").choose_at(2)
    assert rig.seat.people.finder.customer == other
    assert rig.seat.caller.reveals.shown is None
    assert lines(window)[0] == (f"ID number: {MASKED}", "show …")


def test_a_call_that_comes_in_does_not_hide_it(
    shown: tuple[DeskWindow, Rig, FakeSecrets],
) -> None:
    window, rig, _ = shown
    show_it(window)
    rig.ring()
    rig.ring("2", number="13900139000", call_id="exchange-2")
    assert lines(window)[0] == (f"ID number: {WHOLE}", "")


def test_without_the_server_it_says_that_it_needs_it(
    shown: tuple[DeskWindow, Rig, FakeSecrets],
) -> None:
    window, _, secrets = shown
    secrets.error = Unreachable("cable")
    show_it(window)
    assert "needs the server" in text(window, "customer-reveal-status")
    assert lines(window)[0] == (f"ID number: {MASKED}", "show …")


def test_nobody_chosen_asks_nothing(open_window: OpenWindow) -> None:
    window, rig = open_window()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_I, both)
    assert not child(window, QMenu, "customer-reveal-menu").isVisible()
    assert rig.caller.secrets.asked == []
