"""Two buttons in a row where there is room, one below the other where there is none."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui.side_by_side import SideBySide


@pytest.mark.parametrize(("width", "in_a_row"), [(600, True), (120, False)])
def test_they_stand_where_they_fit(qtbot: QtBot, width: int, in_a_row: bool) -> None:
    one, other = QPushButton("New customer  Ctrl+P"), QPushButton("Known already?  Alt+P")
    both = SideBySide(one, other)
    qtbot.addWidget(both)
    both.resize(width, 80)
    both.show()
    both.arrange()
    qtbot.waitUntil(lambda: (one.y() == other.y()) is in_a_row)
    assert both.sizeHint().height() >= (1 if in_a_row else 2) * one.sizeHint().height()
    assert both.minimumSizeHint().width() < one.sizeHint().width() + other.sizeHint().width()
