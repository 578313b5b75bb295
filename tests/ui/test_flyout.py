from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ui.flyout import FOOT_PX, MARGIN_PX, Flyout


class Names(Flyout):
    def __init__(self, name: str, anchor: QWidget) -> None:
        super().__init__(name, "Names", anchor)
        self.field = QLineEdit(self)
        self.field.setMinimumWidth(300)
        self.body.addWidget(self.field)


@pytest.fixture
def anchor(page: QWidget) -> QPushButton:
    button = QPushButton("Open", page)
    button.setGeometry(900, 10, 90, 30)
    button.show()
    return button


def test_it_stands_under_its_button_and_inside_the_window(
    page: QWidget, anchor: QPushButton
) -> None:
    names = Names("names", anchor)
    assert names.isHidden()
    names.open(names.field)
    assert names.isVisible()
    assert names.y() >= anchor.geometry().bottom()
    assert names.geometry().right() <= page.width()
    assert names.accessibleName() == "Names"


def test_it_follows_a_window_that_becomes_smaller(page: QWidget, anchor: QPushButton) -> None:
    names = Names("names", anchor)
    names.open(names.field)
    anchor.move(300, 10)
    page.resize(400, 300)
    QCoreApplication.processEvents()
    assert names.geometry().right() <= 400 - MARGIN_PX + 1


def test_the_line_of_troubles_below_stays_in_sight(page: QWidget, anchor: QPushButton) -> None:
    names = Names("names", anchor)
    anchor.move(300, page.height() - 60)
    names.open(names.field)
    assert names.geometry().bottom() < page.height() - FOOT_PX


def test_esc_closes_and_the_focus_goes_back(
    page: QWidget, anchor: QPushButton, qtbot: QtBot
) -> None:
    typing = QLineEdit(page)
    typing.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=3000)
    typing.setFocus()
    names = Names("names", anchor)
    names.open(names.field)
    assert names.field.hasFocus()
    with qtbot.waitSignal(names.closed, timeout=1000):
        QTest.keyClick(names.field, Qt.Key.Key_Escape)
    assert names.isHidden()
    assert typing.hasFocus()


def test_other_keys_do_not_close_it(page: QWidget, anchor: QPushButton) -> None:
    names = Names("names", anchor)
    names.open(names.field)
    QTest.keyClick(names.field, Qt.Key.Key_Return)
    assert names.isVisible()


def test_closing_leaves_a_focus_that_is_elsewhere_alone(
    page: QWidget, anchor: QPushButton, qtbot: QtBot
) -> None:
    typing = QLineEdit(page)
    typing.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=3000)
    names = Names("names", anchor)
    names.open(names.field)
    typing.setFocus()
    names.dismiss()
    names.dismiss()
    assert typing.hasFocus()


def test_only_one_is_open_and_its_cross_closes_it(page: QWidget, anchor: QPushButton) -> None:
    first, second = Names("first", anchor), Names("second", anchor)
    first.open(first.field)
    second.open(second.field)
    assert first.isHidden()
    cross = second.findChild(QToolButton, "second-close-button")
    assert cross is not None
    cross.click()
    assert second.isHidden()


def test_it_goes_with_its_button(page: QWidget, anchor: QPushButton) -> None:
    names = Names("names", anchor)
    names.open(names.field)
    anchor.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert page.findChildren(Flyout) == []
