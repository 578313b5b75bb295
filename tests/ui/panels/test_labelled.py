"""A field with its caption and what is missing."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from tests.ui.window.hands import child
from ui.summary.labelled import Labelled


def test_a_caption_that_has_no_room_is_read_whole_in_its_tip(page: QWidget) -> None:
    field = QLineEdit()
    field.setObjectName("keywords")
    labelled = Labelled("Keywords and synonyms", field, page)
    caption = child(labelled, QLabel, "keywords-caption")
    labelled.resize(400, 60)
    labelled.show()
    assert caption.toolTip() == ""
    labelled.resize(60, 60)
    assert "Keywords and synonyms" in caption.toolTip()
    assert caption.buddy() is field
