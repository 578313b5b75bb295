from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from agent_app.domain.directory import Target, TargetKind
from sip import messages as m
from tests.ui.fakes import Rig
from ui.history.flyout import HistoryFlyout
from ui.history.model import HistoryModel
from ui.rows.list_view import RowList


@pytest.fixture
def model(rig: Rig) -> HistoryModel:
    return HistoryModel(rig.seat)


def told(model: HistoryModel) -> list[tuple[str, str, str]]:
    return [(row.title, row.shape, row.lines[0]) for row in model.view.rows]


def test_calls_are_shown_as_they_were_newest_first(rig: Rig, model: HistoryModel) -> None:
    rig.ring()
    rig.answered()
    rig.clock.advance(42)
    rig.ended()
    rig.phone.dial("13900139000")
    rig.phone.handle(m.CallEnded(m.LineId("1-1"), 486, "Busy", m.EndedBy.CALLER))
    model.open()
    assert told(model) == [
        ("139 0013 9000", "outgoing", "out · Busy"),
        ("张伟", "incoming", "in · 138 0013 8000 · 咨询 · 00:42 · The caller hung up"),
    ]


def test_a_missed_call_is_marked_until_it_was_looked_at(rig: Rig, model: HistoryModel) -> None:
    counts: list[int] = []
    model.missed_changed.connect(counts.append)
    rig.ring(name="", number="057185123456", queue="")
    rig.ended()
    model.open()
    row = model.view.rows[0]
    assert (row.title, row.badge, row.tone, row.shape) == (
        "0571 8512 3456", "missed", "fault", "missed",
    )  # fmt: skip
    model.close()
    model.open()
    assert model.view.rows[0].badge == ""
    assert model.view.rows[0].lines[0] == "in · The caller gave up"
    assert counts == [1, 0]


def test_transfers_are_named(rig: Rig, model: HistoryModel) -> None:
    call = rig.ring(transferred_by="1002")
    rig.answered()
    rig.seat.transfers.blind(call, Target(TargetKind.COLLEAGUE, "李娜", "1004"))
    rig.phone.handle(m.TransferProgressed(m.LineId("1-9"), 200, "OK", True))
    rig.ended()
    model.open()
    assert model.view.rows[0].lines[0].endswith("Transferred · from 1002 · to 李娜")


def test_a_withheld_number_has_words_and_fills_nothing(rig: Rig, model: HistoryModel) -> None:
    rig.ring(name="", number="", anonymous=True)
    model.open()
    assert model.view.rows[0].title == "Number withheld"
    assert model.number(model.view.rows[0].key) == ""
    assert model.number("gone") == ""


def test_a_closed_list_makes_no_rows(rig: Rig, model: HistoryModel) -> None:
    rig.ring()
    assert model.view.rows == ()
    model.load_more()


@pytest.fixture
def flyout(model: HistoryModel, page: QWidget) -> HistoryFlyout:
    return HistoryFlyout(model, QLineEdit(page))


def test_choosing_fills_the_field_and_dials_nothing(rig: Rig, flyout: HistoryFlyout) -> None:
    rig.ring()
    rig.ended()
    numbers: list[str] = []
    flyout.number_wanted.connect(numbers.append)
    flyout.want()
    rows = flyout.findChild(RowList, "call-history-list")
    assert rows is not None
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert numbers == ["13800138000"]
    assert not flyout.isVisible()
    assert rig.commands == []


def test_the_list_stands_still_while_calls_come(rig: Rig, flyout: HistoryFlyout) -> None:
    rig.ring()
    rig.ended()
    flyout.want()
    rows = flyout.findChild(RowList, "call-history-list")
    assert rows is not None
    marked = rows.current_key
    rig.ring("1-10", name="李娜")
    assert rows.current_key == marked
    assert rows.row_model.rowCount() == 2
    flyout.want()
    assert not flyout.isVisible()


def test_an_empty_history_says_so(flyout: HistoryFlyout) -> None:
    flyout.want()
    assert flyout.isVisible()
    rows = flyout.findChild(RowList, "call-history-list")
    assert rows is not None
    assert rows.accessibleDescription() == "No calls yet."
