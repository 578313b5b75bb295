"""The caller's card as the agent sees it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from agent_app.domain.customers import CardState, Customer
from agent_app.domain.ids import CustomerId, TicketId
from agent_app.domain.tickets import Ticket
from tests.ui.panels.fakes import NOW, ONE, TWO, Desk, candidate, card, customer
from tests.ui.panels.finding import find
from ui.caller import CallerPanel
from ui.rows.list_view import RowList

ODD_NAMES = (
    "<b>李</b><img src=x onerror=alert(1)>",
    "\u05d0\u05d1\u05d2 عبد الله 张",
    "A&B &amp; 公司",
    "长" * 20_000,
    "x" * 60_000,
    "多\n行\t名",
)


def shown(desk: Desk, qtbot: QtBot) -> CallerPanel:
    panel = CallerPanel(desk.seat)
    panel.resize(300, 620)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def label(panel: CallerPanel, name: str) -> QLabel:
    return find(panel, QLabel, name)


def rows(panel: CallerPanel, name: str) -> RowList:
    return find(panel, RowList, name)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_an_odd_name_is_plain_text_and_keeps_its_place(desk: Desk, qtbot: QtBot, name: str) -> None:
    panel = shown(desk, qtbot)
    desk.focus.select(ONE)
    desk.cards.put(card(CardState.UNKNOWN, shown_name=name))
    headline = label(panel, "caller-name")
    assert headline.text() == name
    assert headline.textFormat() is Qt.TextFormat.PlainText
    panel.grab()
    assert panel.width() == 300
    assert headline.height() <= 3.5 * headline.fontMetrics().lineSpacing()


@pytest.mark.parametrize("text", ODD_NAMES)
def test_odd_text_anywhere_on_the_card_stays_text(desk: Desk, qtbot: QtBot, text: str) -> None:
    panel = shown(desk, qtbot)
    desk.focus.select(ONE)
    odd = customer(
        name=text, segment=text[:40], segment_rule=text, region=text, warning=text, notes=text,
        numbers=(text[:40],),
    )  # fmt: skip
    desk.cards.put(card(customer=odd, shown_name=text, number=text[:40]))
    panel.grab()
    assert all(
        found.textFormat() is Qt.TextFormat.PlainText for found in panel.findChildren(QLabel)
    )
    notes = find(panel, QPlainTextEdit, "caller-notes")
    assert notes.toPlainText() == text
    assert panel.width() == 300


def test_a_tool_tip_shows_markup_as_it_is_written(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.focus.select(ONE)
    desk.cards.put(card(CardState.UNKNOWN, shown_name=ODD_NAMES[0]))
    assert "&lt;img" in label(panel, "caller-name").toolTip()
    assert "<img" not in label(panel, "caller-name").toolTip()


def test_a_number_key_chooses_a_candidate(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.focus.select(ONE)
    desk.cards.put(card(CardState.SEVERAL, candidates=(candidate(1), candidate(2))))
    assert rows(panel, "candidate-list").isVisible()
    panel.choose_candidate(2)
    panel.choose_candidate(3)
    assert desk.cards.chosen == [(ONE, CustomerId("c2"))]


def test_with_no_candidates_a_number_key_does_nothing(desk: Desk, qtbot: QtBot) -> None:
    shown(desk, qtbot).choose_candidate(1)
    assert desk.cards.chosen == []


def test_enter_chooses_the_candidate_that_is_marked(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.focus.select(ONE)
    desk.cards.put(card(CardState.SEVERAL, candidates=(candidate(1), candidate(2))))
    QTest.keyClick(rows(panel, "candidate-list"), Qt.Key.Key_Down)
    QTest.keyClick(rows(panel, "candidate-list"), Qt.Key.Key_Return)
    assert len(desk.cards.chosen) == 1


def test_after_the_choice_the_others_take_one_line_each(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.focus.select(ONE)
    three = tuple(map(candidate, (1, 2, 3)))
    desk.cards.put(card(CardState.SEVERAL, candidates=three))
    wide = rows(panel, "candidate-list").height()
    desk.cards.put(card(candidates=three, customer=customer()))
    assert rows(panel, "candidate-list").height() < 0.6 * wide
    assert not rows(panel, "candidate-list").verticalScrollBar().isVisible()


@pytest.mark.parametrize(("notes", "lines"), [("短信", 1), ("字" * 30, 2), ("字" * 400, 3)])
def test_notes_are_as_high_as_their_words_up_to_three_lines(
    desk: Desk, qtbot: QtBot, notes: str, lines: int
) -> None:
    panel = shown(desk, qtbot)
    desk.focus.select(ONE)
    desk.cards.put(card(customer=customer(notes=notes)))
    field = find(panel, QPlainTextEdit, "caller-notes")
    step = field.fontMetrics().lineSpacing()
    qtbot.waitUntil(lambda: lines * step <= field.height() < (lines + 1) * step)
    assert not field.horizontalScrollBar().isVisible()


def test_a_click_on_a_number_offers_it_for_dialling(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.focus.select(ONE)
    desk.cards.put(card(customer=customer()))
    numbers = rows(panel, "number-list")
    second = numbers.visualRect(numbers.row_model.index(1, 0)).center()
    with qtbot.waitSignal(panel.number_clicked) as clicked:
        QTest.mouseClick(numbers.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert clicked.args == ["+8657185123456"]


def test_what_is_not_there_takes_no_room(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.focus.select(ONE)
    desk.cards.put(card(customer=customer(arrears_cents=0, warning="", notes="", segment="")))
    for name in ("caller-arrears", "caller-warning", "caller-segment", "caller-advice"):
        assert not label(panel, name).isVisible(), name
    assert not find(panel, QPlainTextEdit, "caller-notes").isVisible()


def test_without_a_call_only_the_way_to_one_is_shown(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    assert label(panel, "caller-advice").isVisible()
    assert not rows(panel, "candidate-list").isVisible()
    assert not rows(panel, "number-list").isVisible()
    panel.grab()


def test_a_past_call_opens_by_choosing_it_and_closes_by_choosing_it_again(
    desk: Desk, qtbot: QtBot
) -> None:
    panel = shown(desk, qtbot)
    desk.focus.select(ONE)
    desk.cards.put(card(customer=customer()))
    text = find(panel, QPlainTextEdit, "history-text")
    history = rows(panel, "history-list")
    history.choose_at(1)
    assert text.isVisible()
    assert "第2次" in text.toPlainText()
    history.choose_at(1)
    assert not text.isVisible()


def test_a_key_for_a_candidate_of_the_call_before_chooses_nobody(desk: Desk, qtbot: QtBot) -> None:
    panel = shown(desk, qtbot)
    desk.focus.select(ONE)
    desk.cards.put(card(CardState.SEVERAL, candidates=(candidate(1), candidate(2))))
    with desk.seat.phone.rounds.round():
        desk.focus.select(TWO)
        panel.choose_candidate(1)
    assert not desk.cards.chosen
    desk.focus.select(ONE)
    panel.choose_candidate(1)
    assert desk.cards.chosen


MUCH = customer(
    warning="情绪激动时请值班长接听；" * 4,
    notes="常用普通话，偶尔说方言\n三行\n备注",
    company="西湖制造有限公司",
    address="文三路" * 20,
    tickets=(Ticket(TicketId("t1"), number="1", title="退税", holder="所得税科", due_at=NOW),),
)


@pytest.mark.parametrize("who", [customer(), MUCH, customer(segment_rule="", history=())])
def test_the_card_that_is_waited_for_is_painted_before_the_rest_is_shown(
    desk: Desk, qtbot: QtBot, who: Customer
) -> None:
    """And it is painted where it stays: what follows moves nothing of it."""
    panel = shown(desk, qtbot)
    rounds = desk.seat.phone.rounds
    desk.focus.select(ONE)
    qtbot.waitUntil(lambda: panel.windowHandle().isExposed())
    painted: list[str] = []
    name = label(panel, "caller-name")
    watch = PaintWatch([name], lambda: painted.append(name.text()))
    rounds.ended.connect(lambda: painted.append("the rest"))
    release = rounds.hold(10_000)
    desk.cards.put(card(CardState.KNOWN, customer=who))
    release()
    places = geometries(panel)
    qtbot.waitUntil(lambda: "the rest" in painted, timeout=10_000)
    QCoreApplication.processEvents()
    assert painted[:2] == [who.name, "the rest"]
    assert geometries(panel) == places
    watch.deleteLater()


class PaintWatch(QObject):
    def __init__(self, widgets: list[QLabel], on_paint: Callable[[], None]) -> None:
        super().__init__()
        self._on_paint = on_paint
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._on_paint()
        return False


def geometries(panel: CallerPanel) -> list[tuple[str, QRect]]:
    return [(one.objectName(), one.geometry()) for one in panel.findChildren(QWidget)]
