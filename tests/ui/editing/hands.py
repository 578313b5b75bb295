"""How the tests of the editors' page find its parts and press its keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from agent_app.domain.editing import DraftState
from tests.desk.fakes_editing import ME, a_draft
from tests.ui.fakes import Rig
from tests.ui.window.hands import child
from ui.editing.page import EditingPage
from ui.rows.list_view import RowList

WRITING = a_draft("w1", state=DraftState.WRITING, author_id=ME)
Open = Callable[..., tuple[Rig, EditingPage]]


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def choose(page: EditingPage, position: int = 0) -> None:
    """↓ and Enter in the list."""
    rows = child(page, RowList, "editing-list")
    rows.setFocus()
    rows.select(position)
    press(Qt.Key.Key_Return)


def text(page: QWidget, name: str) -> str:
    return child(page, QLabel, name).text()
