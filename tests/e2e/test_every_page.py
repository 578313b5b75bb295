"""Every page of the window by keyboard and by name: nothing on it is for the mouse alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QTextEdit,
    QWidget,
)

from tests.e2e.stage import Desk, play
from ui.application import DeskApplication

pytestmark = pytest.mark.processes

WORKED_WITH = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit,
               QPlainTextEdit, QTextEdit)  # fmt: skip
SHOWS_ITS_VALUE = (QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)
"""Without a name of their own these are read out as what stands in them."""
MOST_STOPS = 150


def test_all_that_is_on_a_page_has_a_name_and_a_stop_of_the_tab_key(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(desk: Desk) -> None:
        driver = desk.driver
        await desk.talk("tax-deduction-children")
        rail = driver.find(QWidget, "rail")
        pages = [button.objectName() for button in rail.findChildren(QAbstractButton)]
        assert len(pages) > 1
        faults: list[str] = []
        for button in pages:
            driver.click(button)
            stack = driver.find(QStackedWidget, "pages")
            page = stack.currentWidget()
            assert page is not None
            await driver.until(f"{button}: its page", page.isVisible)
            used = [widget for widget in controls(page) if widget.isEnabled()]
            faults += [f"{button}: {told(w)} has no name" for w in controls(page) if not name(w)]
            faults += [f"{button}: {told(w)} has no objectName" for w in used if not w.objectName()]
            reached = stops(page)
            faults += [
                f"{button}: Tab never comes to {told(widget)}"
                for widget in used
                if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget not in reached
            ]
            faults += [
                f"{button}: {told(widget)} is for the mouse alone"
                for widget in used
                if widget.focusPolicy() == Qt.FocusPolicy.NoFocus and not keyed(widget)
                if not empty(widget)
            ]
        assert not faults, "\n".join(faults)

    play(qapp, tmp_path, story)


def controls(page: QWidget) -> list[QWidget]:
    """What one works with; the parts Qt itself makes have no name to give (``qt_...``)."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if isinstance(widget, WORKED_WITH)
        and widget.isVisible()
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
        and not (isinstance(widget, QHeaderView) and not widget.sectionsClickable())
    ]


def name(widget: QWidget) -> str:
    """What a screen reader calls it; its own value is no name."""
    if widget.accessibleName().strip():
        return widget.accessibleName()
    if isinstance(widget, SHOWS_ITS_VALUE):
        labels = widget.window().findChildren(QLabel)
        return next((label.text() for label in labels if label.buddy() is widget), "")
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip()


def empty(widget: QWidget) -> bool:
    """A list without rows is no stop."""
    return isinstance(widget, QAbstractItemView) and not widget.model().rowCount()


def keyed(widget: QWidget) -> bool:
    """A key does the same: it stands on the button or in its tooltip or description."""
    words = [widget.toolTip(), widget.accessibleDescription()]
    if isinstance(widget, QAbstractButton):
        words.append(widget.text())
    keys = ("Ctrl", "Alt", "Shift", "Esc", "Enter", *(f"F{n}" for n in range(1, 13)))
    return any(key in word for word in words for key in keys)


def stops(page: QWidget) -> set[QWidget]:
    """Where the Tab key comes to on the page, from one round through the window."""
    found: set[QWidget] = set()
    first = None
    for _ in range(MOST_STOPS):
        focused = QApplication.focusWidget() or page.window()
        first = first or focused
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        if at is None or at is first:
            break
        found.add(at)
    return found | ({first} if first is not None else set())


def told(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName() or widget.accessibleName()}"
