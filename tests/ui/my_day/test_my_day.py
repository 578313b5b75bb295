"""The page of her day: numbers beside the centre's, hours as bars, all of it in words, too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from agent_app.domain.agent_state import AgentState
from agent_app.domain.day import DayMaterial, Span, bounds
from agent_app.domain.grades import DayGrades
from agent_app.domain.link import ServerState
from agent_app.store.errors import StoreClosedError
from tests.desk.fakes import HandClock
from tests.desk.fakes_days import FakeCentre, FakeDays, a_morning
from tests.ui.fakes import Rig, a_rig
from ui.key_binder import KeyBinder
from ui.keys import KeyMap
from ui.my_day.model import Group
from ui.my_day.page import MyDayPage
from ui.rail.spec import PageGround
from ui.theme import Theme

TODAY = HandClock().now().astimezone().date()


class Shown:
    """The page on the screen, online, with a morning of work."""

    def __init__(self, theme: Theme, qtbot: QtBot, *, practice: bool = False) -> None:
        yesterday = TODAY - timedelta(1)
        self.days = FakeDays({TODAY: a_morning(TODAY), yesterday: a_morning(yesterday)})
        self.centre = FakeCentre()
        self.rig: Rig = a_rig(days=self.days, practice=practice)
        self.rig.seat.my_day._centre = self.centre
        self.theme = theme
        window = QWidget()
        qtbot.addWidget(window)
        ground = PageGround(
            self.rig.seat, KeyMap(), theme, KeyBinder(window, KeyMap()), lambda _number: None,
            lambda _page: False, lambda _article, _version: None,
        )  # fmt: skip
        self.page = MyDayPage(ground, window)
        self.page.resize(1300, 640)
        window.resize(1300, 640)
        window.show()
        qtbot.waitExposed(window)
        self.window = window

    @property
    def table(self) -> dict[str, tuple[str, ...]]:
        model = self.page.table.model()
        columns = [column for column in (1, 2, 3) if not self.page.table.isColumnHidden(column)]
        return {
            str(model.index(row, 0).data()).strip(): tuple(
                str(model.index(row, column).data()) for column in columns
            )
            for row in range(model.rowCount())
        }

    def text(self, name: str) -> str:
        found = self.page.findChild(QLabel, name)
        assert found is not None
        return found.text()


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Shown:
    return Shown(theme, qtbot)


def test_the_day_stands_beside_the_middle_of_the_centre(shown: Shown) -> None:
    table = shown.table
    assert table["Calls taken"] == ("2", "100", "100")
    assert table["Calls missed"] == ("1", "100", "100")
    assert table["Talk time"] == ("04:00", "01:40", "01:40")
    assert table["Average call"] == ("02:00", "02:30", "02:30")
    assert table["Wrap-up"] == ("01:00", "01:40", "01:40")
    assert table["Pauses"] == ("15:00", "01:40", "01:40")
    assert table["Break"] == ("15:00", "", "")
    assert table["Signed in"][0] == "01:10:06"
    assert (table["Summaries saved"][0], table["Articles quoted"][0]) == ("2", "3")
    assert shown.text("my-day-note").startswith("Compared with 12 agents of the centre")


def test_while_nothing_is_graded_it_says_so(shown: Shown) -> None:
    assert shown.table["Calls graded"][0] == "0"
    assert shown.table["Callers satisfied"][0] == "none graded yet"
    assert shown.text("my-day-ungraded").startswith("No caller of this day has graded")
    bars = shown.page.findChild(QWidget, "my-day-satisfaction")
    assert bars is not None
    assert not bars.isVisible()


def test_a_seat_that_keeps_no_grades_says_nothing_of_them(shown: Shown) -> None:
    shown.rig.seat.my_day._grades = None
    shown.rig.seat.my_day.step(0)
    assert not [name for name in shown.table if "grade" in name or "atisf" in name]
    words = [label.text() for label in shown.page.findChildren(QLabel) if label.isVisible()]
    assert not [text for text in words if "atisf" in text or "grade" in text]


def test_satisfied_callers_stand_beside_the_centres_in_numbers_bars_and_words(
    shown: Shown,
) -> None:
    shown.days.graded[TODAY] = DayGrades(graded=5, satisfied=4)
    shown.rig.seat.my_day.step(0)
    assert shown.table["Calls graded"] == ("5", "", "")
    assert shown.table["Callers satisfied"] == ("80 %", "", "")
    assert shown.text("my-day-ungraded").startswith("The centre's share is shown with grades of")
    shown.centre.more = {"calls_graded": 7.5, "satisfied_percent": 91.7}
    shown.rig.seat.my_day.step(0)
    assert shown.table["Calls graded"] == ("5", "7.5", "7.5")
    assert shown.table["Callers satisfied"] == ("80 %", "91.7 %", "91.7 %")
    bars = shown.page.findChild(QWidget, "my-day-satisfaction")
    assert bars is not None
    assert bars.accessibleName() == "You: 4 of 5, 80 %, Centre, median: 91.7 %"
    assert bars.isVisible()
    assert not bars.grab().isNull()
    assert not shown.text("my-day-ungraded")


def test_too_few_agents_are_not_compared_with(shown: Shown) -> None:
    shown.centre.agents = 2
    shown.rig.seat.my_day.step(0)
    assert shown.table["Calls taken"] == ("2",)
    assert "nobody is singled out" in shown.text("my-day-note")


def test_without_the_server_the_last_word_stands_with_its_time(shown: Shown) -> None:
    shown.rig.server(ServerState.OFFLINE)
    assert "the server is away" in shown.text("my-day-note")
    assert shown.table["Calls taken"] == ("2", "100", "100")
    QTest.keyClick(shown.page.days, Qt.Key.Key_Down)
    assert shown.text("my-day-note") == "To compare with the centre, the server is needed."


def test_the_days_are_walked_by_keyboard(shown: Shown) -> None:
    rows = shown.page.days
    assert len(rows.row_model.rows) == 15
    assert shown.text("my-day-title") == "My day: today"
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert shown.text("my-day-title") == "My day: yesterday"
    QTest.keyClick(rows, Qt.Key.Key_End)
    assert rows.current_key == (TODAY - timedelta(14)).isoformat()
    assert shown.table["Calls taken"][0] == "0"
    QTest.keyClick(rows, Qt.Key.Key_Home)
    assert shown.text("my-day-title") == "My day: today"


def test_the_chart_says_itself_in_words(shown: Shown) -> None:
    assert shown.page.chart.accessibleDescription() == (
        "08:00–09:00 Calls 04:06, Wrap-up 01:00, Ready 50:00; 10:00–11:00 Pauses 15:00"
    )
    legend = shown.page.findChild(QWidget, "my-day-legend")
    assert legend is not None
    assert "Pauses 15:00" in legend.accessibleName()
    QTest.keyClick(shown.page.days, Qt.Key.Key_End)
    assert shown.page.chart.accessibleDescription() == "Nothing was written down on this day."


def test_each_hour_tells_its_parts_to_the_mouse(shown: Shown) -> None:
    chart = shown.page.chart
    place, step = chart._place()
    for at, words in ((0, "08:00–09:00"), (1, "")):
        point = QPoint(round(place.left() + (at + 0.3) * step), chart.height() // 2)
        help_asked = QHelpEvent(QHelpEvent.Type.ToolTip, point, chart.mapToGlobal(point))
        QApplication.sendEvent(chart, help_asked)
        assert words in QToolTip.text()
    QToolTip.hideText()


def test_the_chart_is_painted_in_the_colours_of_the_theme(shown: Shown) -> None:
    chart = shown.page.chart
    place, step = chart._place()
    spot = QPoint(round(place.left() + 0.3 * step), round(place.bottom() - place.height() / 2))
    assert chart.grab().toImage().pixelColor(spot).name() == shown.theme.colours.ready


def test_a_night_shift_has_its_hours(shown: Shown) -> None:
    first, _ = bounds(TODAY)
    night = Span(AgentState.STUDY, first + timedelta(hours=2), 60.0)
    shown.days.materials[TODAY] = DayMaterial((night,))
    shown.rig.seat.my_day.refresh()
    model = shown.page._model
    assert [bar.hour for bar in model.bars] == list(range(2, 18))
    assert model.bars[0].parts == ((Group.STUDY, 60.0),)


def test_in_the_practice_centre_ready_is_called_practice(theme: Theme, qtbot: QtBot) -> None:
    shown = Shown(theme, qtbot, practice=True)
    first, _ = bounds(TODAY)
    practice = Span(AgentState.PRACTICE, first + timedelta(hours=9), 60.0)
    shown.days.materials[TODAY] = replace(DayMaterial(), spans=(practice,))
    shown.rig.seat.my_day.refresh()
    assert shown.table["Practice"][0] == "01:00"
    assert "Practice 01:00" in shown.page.chart.accessibleDescription()


def test_a_day_that_cannot_be_read_is_said(shown: Shown) -> None:
    shown.days.fault = StoreClosedError()
    shown.rig.seat.my_day.refresh()
    assert shown.text("my-day-note") == str(StoreClosedError())


def test_a_page_that_is_not_shown_reads_nothing(shown: Shown) -> None:
    shown.window.hide()
    shown.days.materials[TODAY] = DayMaterial()
    shown.rig.seat.my_day.refresh()
    assert shown.table["Calls taken"][0] == "2"
    shown.window.show()
    assert shown.table["Calls taken"][0] == "0"
