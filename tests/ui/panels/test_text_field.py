"""A field that two write into, she and the rules, without getting into each other's way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from agent_app.domain.summary import TEXT_LIMIT
from tests.ui.panels.typing import compose
from ui.summary.text_field import TextField


@pytest.fixture
def field(qtbot: QtBot) -> TextField:
    field = TextField(name="answer-field", spoken="Answer")
    qtbot.addWidget(field)
    field.show()
    return field


def sent_by(field: TextField, qtbot: QtBot) -> list[str]:
    texts: list[str] = []
    field.edited.connect(texts.append)
    return texts


def put_cursor(field: TextField, anchor: int, position: int) -> None:
    cursor = field.textCursor()
    cursor.setPosition(anchor)
    cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)


def cursor_of(field: TextField) -> tuple[int, int]:
    return field.textCursor().anchor(), field.textCursor().position()


def test_every_keystroke_is_sent_with_the_whole_text(field: TextField, qtbot: QtBot) -> None:
    texts = sent_by(field, qtbot)
    QTest.keyClicks(field, "ab")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert texts == ["a", "ab", "a"]


def test_what_the_rules_write_is_not_sent_back(field: TextField, qtbot: QtBot) -> None:
    texts = sent_by(field, qtbot)
    field.show_fresh("first")
    field.show_written("first\nsecond")
    assert texts == []
    assert field.toPlainText() == "first\nsecond"


@pytest.mark.parametrize(
    ("before", "after", "cursor", "kept"),
    [
        ("她写的", "她写的\n引用", (3, 3), (3, 3)),
        ("她写的", "她写的\n引用", (0, 2), (0, 2)),
        ("她写的", "开头她写的", (1, 3), (3, 5)),
        ("一二三四", "一四", (2, 2), (1, 1)),
        ("😀甲", "😀乙甲", (3, 3), (4, 4)),
    ],
)
def test_cursor_and_selection_stay_with_their_words_when_the_rules_write(
    field: TextField, before: str, after: str, cursor: tuple[int, int], kept: tuple[int, int]
) -> None:
    field.show_fresh(before)
    put_cursor(field, *cursor)
    field.show_written(after)
    assert field.toPlainText() == after
    assert cursor_of(field) == kept


def test_nothing_is_sent_while_an_input_method_composes(field: TextField, qtbot: QtBot) -> None:
    texts = sent_by(field, qtbot)
    compose(field, "zi")
    compose(field, "zinv")
    assert texts == []
    compose(field, "", commit="子女")
    assert texts == ["子女"]


def test_what_the_rules_write_waits_until_she_has_composed(field: TextField, qtbot: QtBot) -> None:
    field.show_fresh("她写")
    put_cursor(field, 2, 2)
    texts = sent_by(field, qtbot)
    compose(field, "de")
    field.show_written("她写\n引用的口径")
    assert field.toPlainText() == "她写"
    compose(field, "", commit="的")
    assert field.toPlainText() == "她写的\n引用的口径"
    assert texts == ["她写的\n引用的口径"]


def test_what_was_waiting_is_forgotten_when_the_rules_take_it_back(
    field: TextField, qtbot: QtBot
) -> None:
    field.show_fresh("a")
    compose(field, "de")
    field.show_written("b")
    field.show_written("a")
    compose(field, "")
    assert field.toPlainText() == "a"


def test_typing_stops_at_the_limit_and_says_so(field: TextField, qtbot: QtBot) -> None:
    field.show_fresh("字" * (TEXT_LIMIT - 1))
    put_cursor(field, 1, 1)
    texts = sent_by(field, qtbot)
    with qtbot.waitSignal(field.limit_reached, check_params_cb=bool):
        field.insertPlainText("ab")
    assert field.toPlainText()[:3] == "字a字"
    assert len(field.toPlainText()) == TEXT_LIMIT
    assert [len(text) for text in texts] == [TEXT_LIMIT]
    with qtbot.waitSignal(field.limit_reached, check_params_cb=lambda full: not full):
        QTest.keyClick(field, Qt.Key.Key_Backspace)


def test_the_limit_counts_characters_not_their_halves(field: TextField, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(field.limit_reached):
        field.insertPlainText("😀" * TEXT_LIMIT)
    assert field.toPlainText() == "😀" * TEXT_LIMIT
    field.insertPlainText("😀a")
    assert field.toPlainText() == "😀" * TEXT_LIMIT


def test_another_summary_starts_afresh(field: TextField, qtbot: QtBot) -> None:
    QTest.keyClicks(field, "hers")
    field.show_fresh("the other call")
    assert not field.document().isUndoAvailable()
    field.undo()
    assert field.toPlainText() == "the other call"
