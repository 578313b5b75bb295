"""How the tests of the page find its parts and type into it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QWidget,
)

from tests.ui.fakes import Rig
from tests.ui.window.hands import child
from ui.customers.page import CustomersPage
from ui.rows.list_view import RowList
from ui.rows.row import Row
from ui.window.desk_window import DeskWindow

LONG = "杭州市西湖区灵隐街道办事处社区卫生服务中心财务管理科有限责任公司"
Open = Callable[..., tuple[CustomersPage, Rig]]
OpenWindow = Callable[..., tuple[DeskWindow, Rig]]


def rows(window: QWidget, name: str) -> list[Row]:
    return list(child(window, RowList, name).row_model.rows)


def text(window: QWidget, name: str) -> str:
    return child(window, QLabel, name).text()


def typed(window: QWidget, words: str) -> QLineEdit:
    field = child(window, QLineEdit, "customer-search-field")
    field.setFocus()
    written = QInputMethodEvent()
    written.setCommitString(words)
    QApplication.sendEvent(field, written)
    return field


def opened(window: QWidget, words: str = "张") -> QLineEdit:
    field = typed(window, words)
    QTest.keyClick(field, Qt.Key.Key_Return)
    return field


def press(window: QWidget, name: str) -> None:
    child(window, QAbstractButton, name).click()
