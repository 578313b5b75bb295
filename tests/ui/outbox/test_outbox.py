from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from agent_app.domain.link import OutboxState, ServerState
from tests.ui.fakes import Rig, an_item
from ui.outbox.model import Column, OutboxModel
from ui.outbox.outbox_window import OutboxWindow


@pytest.fixture
def window(rig: Rig, qtbot: QtBot) -> OutboxWindow:
    window = OutboxWindow(link=rig.link, clock=rig.clock)
    qtbot.addWidget(window)
    window.show()
    return window


def row(model: OutboxModel, at: int) -> list[object]:
    return [model.data(model.index(at, column)) for column in Column]


def test_a_row_says_what_about_whom_since_when_and_why(rig: Rig) -> None:
    rig.waiting(an_item(), replace(an_item(), state=OutboxState.REJECTED, kind="new.kind"))
    model = OutboxModel(link=rig.link, clock=rig.clock)
    shown = row(model, 0)
    assert shown[0] == "Summary"
    assert shown[1] == "张伟 · 子女教育怎么扣除"
    assert str(shown[2]).startswith(("today", "yesterday"))
    assert shown[3:] == ["Waiting", "3", "服务器没有应答"]
    assert row(model, 1)[0] == "new.kind"
    assert row(model, 1)[3] == "Sent back"


def test_external_text_in_a_tooltip_is_escaped(rig: Rig) -> None:
    rig.waiting(replace(an_item(), title="<b>x</b>"))
    model = OutboxModel(link=rig.link, clock=rig.clock)
    tip = model.data(model.index(0, Column.ABOUT), Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in str(tip)


def test_the_model_is_a_flat_table(rig: Rig) -> None:
    rig.waiting(an_item())
    model = OutboxModel(link=rig.link, clock=rig.clock)
    child = model.index(0, 0)
    assert (model.rowCount(child), model.columnCount(child)) == (0, 0)
    assert model.data(QModelIndex()) is None
    assert model.data(child, Qt.ItemDataRole.DecorationRole) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.DecorationRole) is None
    assert model.headerData(0, Qt.Orientation.Horizontal) == "What"


def test_numbers_stand_at_the_right(rig: Rig) -> None:
    rig.waiting(an_item())
    model = OutboxModel(link=rig.link, clock=rig.clock)
    role, across = Qt.ItemDataRole.TextAlignmentRole, Qt.Orientation.Horizontal
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    assert model.data(model.index(0, Column.ATTEMPTS), role) == right
    assert model.headerData(Column.ATTEMPTS, across, role) == right
    assert model.headerData(Column.WHAT, across, role) != right


def test_an_empty_outbox_says_that_all_is_delivered(rig: Rig, window: OutboxWindow) -> None:
    empty = window.findChild(QLabel, "outbox-empty")
    table = window.findChild(QTableView, "outbox-list")
    assert empty is not None
    assert table is not None
    assert empty.isVisible()
    rig.waiting(an_item())
    assert table.isVisible()
    assert table.model().rowCount() == 1
    rig.waiting()
    assert empty.isVisible()


def test_trying_now_is_one_click(rig: Rig, window: OutboxWindow) -> None:
    button = window.findChild(QPushButton, "outbox-retry-button")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert rig.retries == ["now"]


def test_the_list_is_not_modal(window: OutboxWindow) -> None:
    assert not window.isModal()


def test_being_sent_is_said_only_while_there_is_a_server(rig: Rig) -> None:
    rig.waiting(an_item(state=OutboxState.SENDING))
    model = OutboxModel(link=rig.link, clock=rig.clock)
    assert row(model, 0)[Column.STATE] == "Being sent"
    rig.server(ServerState.SIGNED_OUT)
    assert row(model, 0)[Column.STATE] == "Waiting"


def test_a_colleagues_entry_says_what_it_waits_for(rig: Rig) -> None:
    rig.waiting(an_item(author="a2"), an_item(author="a1"))
    model = OutboxModel(link=rig.link, clock=rig.clock, agent_id="a1")
    assert row(model, 0)[Column.STATE] == "Another agent's"
    assert "when its author signs in" in str(row(model, 0)[Column.WHY])
    assert row(model, 1)[Column.STATE] == "Waiting"


def test_what_needs_a_customer_made_here_names_it(rig: Rig) -> None:
    made = an_item(record="c-new", kind="customer.save", title="新来的")
    rig.waiting(made, an_item(after="c-new", detail=""))
    model = OutboxModel(link=rig.link, clock=rig.clock)
    assert row(model, 0)[Column.WHAT] == "Customer"
    assert row(model, 1)[Column.WHY] == "After 新来的, who was made here"


def test_counts_and_age_stand_above_the_list(rig: Rig, window: OutboxWindow, qtbot: QtBot) -> None:
    label = window.findChild(QLabel, "outbox-counts")
    button = window.findChild(QPushButton, "outbox-inbox-button")
    assert label is not None
    assert button is not None
    assert label.text() == "0 waiting"
    assert not button.isVisible()
    rig.waiting(an_item(), an_item(state=OutboxState.CONFLICT))
    assert label.text() == "1 waiting · the oldest for 05:00 · 1 to decide"
    with qtbot.waitSignal(window.inbox_wanted, timeout=1000):
        button.click()
