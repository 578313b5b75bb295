"""Lists of rows: look-up, keys, painting of odd text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.rows.clipped import ClippedLabel
from ui.rows.list_view import RowList
from ui.rows.model import ROW_ROLE, RowModel
from ui.rows.row import Row

ROWS = (
    Row("a", "甲", lines=("x", ""), badge="待同步", trail="今天", tip="<b>"),
    Row("b", "乙"),
)


@pytest.mark.usefixtures("qapp")
def test_the_model_keeps_the_rules_of_qt() -> None:
    model = RowModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows(ROWS)
    model.show_rows(())
    assert tester.model() is model


def test_data_is_a_look_up(qapp: object) -> None:
    model = RowModel()
    model.show_rows(ROWS)
    first = model.index(0, 0)
    assert model.data(first) == "甲"
    assert model.data(first, ROW_ROLE) is ROWS[0]
    assert model.data(first, Qt.ItemDataRole.AccessibleTextRole) == "甲, 待同步, 今天, x"
    assert "&lt;b&gt;" in str(model.data(first, Qt.ItemDataRole.ToolTipRole))
    assert model.data(model.index(1, 0), Qt.ItemDataRole.ToolTipRole) is None
    assert model.data(first, Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    assert model.rowCount(first) == 0
    assert (model.position("b"), model.position("z")) == (1, -1)


def test_a_row_that_is_gone_answers_nothing(qapp: object) -> None:
    model = RowModel()
    model.show_rows(ROWS)
    second = model.index(1, 0)
    model.show_rows(ROWS[:1])
    assert model.data(second) is None


def test_the_same_rows_again_do_not_reset(qtbot: QtBot) -> None:
    model = RowModel()
    model.show_rows(ROWS)
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_rows((*ROWS,))


def test_an_empty_list_is_no_stop_for_the_tab_key(qtbot: QtBot) -> None:
    rows = RowList(RowModel())
    qtbot.addWidget(rows)
    assert rows.focusPolicy() is Qt.FocusPolicy.NoFocus
    rows.row_model.show_rows(ROWS)
    assert rows.focusPolicy() is Qt.FocusPolicy.StrongFocus


@pytest.mark.parametrize(
    ("key", "modifier", "chosen"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, ["a"]),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, ["a"]),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, []),
    ],
)
def test_either_enter_chooses_and_with_another_key_it_is_somebody_elses(
    qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, chosen: list[str]
) -> None:
    rows = RowList(RowModel())
    qtbot.addWidget(rows)
    rows.row_model.show_rows(ROWS)
    rows.select(0)
    heard: list[str] = []
    rows.chosen.connect(heard.append)
    QTest.keyClick(rows, key, modifier)
    assert heard == chosen


def test_stepping_stops_at_both_ends(qtbot: QtBot) -> None:
    rows = RowList(RowModel())
    qtbot.addWidget(rows)
    rows.step(1)
    assert rows.current_key == ""
    rows.row_model.show_rows(ROWS)
    rows.select(0)
    rows.step(-1)
    assert rows.current_key == "a"
    rows.step(1)
    rows.step(1)
    assert rows.current_key == "b"


@pytest.mark.parametrize("title", ["😀" * 300, "x" * 60_000, "\u05d0\u05d1\u05d2 <i>", "", "a\nb"])
def test_any_title_can_be_painted_with_marks(qtbot: QtBot, title: str) -> None:
    rows = RowList(RowModel(), lines=2)
    qtbot.addWidget(rows)
    odd = Row("k", title, lines=(title, title), lead="1", marks=((0, 2), (5, 90)), muted=True)
    rows.row_model.show_rows((odd,))
    rows.select(0)
    rows.resize(200, 100)
    assert not rows.grab().isNull()


def test_an_empty_list_paints_what_to_do(qtbot: QtBot) -> None:
    rows = RowList(RowModel())
    qtbot.addWidget(rows)
    rows.set_empty_text("Search above.")
    rows.resize(200, 100)
    assert rows.accessibleDescription() == "Search above."
    assert not rows.grab().isNull()


def test_only_rows_are_painted(qtbot: QtBot) -> None:
    rows = RowList(RowModel())
    qtbot.addWidget(rows)
    other = QStandardItemModel(1, 1)
    rows.setModel(other)
    assert not rows.grab().isNull()


def test_lines_that_are_shown_are_never_squeezed(qtbot: QtBot) -> None:
    column = QWidget()
    layout = QVBoxLayout(column)
    label = ClippedLabel("曾投诉：说话请注意语气，" * 9, lines=4)
    layout.addWidget(label)
    layout.addWidget(QPlainTextEdit())
    qtbot.addWidget(column)
    column.show()
    column.resize(200, 10)
    whole = 4 * label.fontMetrics().lineSpacing()
    qtbot.waitUntil(lambda: label.height() >= whole)
    label.setText("短")
    qtbot.waitUntil(lambda: label.minimumHeight() < whole // 2)
