"""The page in the window: by keyboard, with every role, while a call rings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from agent_app.domain.customers import CustomValue
from agent_app.domain.file_jobs import (
    Column,
    FileStep,
    FileWork,
    ImportReport,
    PreviewRow,
    Trouble,
)
from agent_app.domain.ids import CustomerId, InteractionId
from sync.customers import CentreMerge, CentrePair
from sync.errors import Unreachable
from tests.desk.fakes import FakeCallers, a_customer, past
from tests.desk.fakes_people import a_hit, a_row
from tests.ui.fakes import Rig, a_rig, known_callers
from tests.ui.window.hands import child
from ui.customers.page import CustomersPage
from ui.key_binder import KeyBinder
from ui.keys import KeyMap
from ui.language import Languages
from ui.rail.spec import PageGround
from ui.rows.list_view import RowList
from ui.rows.row import Row
from ui.theme import Theme
from ui.window.desk_window import DeskWindow

LONG = "杭州市西湖区灵隐街道办事处社区卫生服务中心财务管理科有限责任公司"
Open = Callable[..., tuple[CustomersPage, Rig]]
OpenWindow = Callable[..., tuple[DeskWindow, Rig]]


def full_callers() -> FakeCallers:
    callers = known_callers()
    history = tuple(
        replace(past("01"), interaction_id=InteractionId(f"i{place}"), delivered=place > 0,
                started_at=datetime(2026, 2, 20 - place, 8, 0, tzinfo=UTC))
        for place in range(3)
    )  # fmt: skip
    callers.customers[CustomerId("c1")] = a_customer(
        history=history, history_total=9, company="云栖餐饮", warning="请班长旁听",
        arrears_cents=1250, provisional=frozenset({"notes"}), notes="下午回电",
        custom=(CustomValue("level", "信用等级", "Credit level", "A"),),
    )  # fmt: skip
    callers.customers[CustomerId("c3")] = a_customer("c3", "张" + LONG)
    return callers


def stocked(role: str) -> Rig:
    rig = a_rig(callers=full_callers(), role=role)
    rig.people.search.hits = (
        a_hit(), a_hit("c2", "张维", provisional=True), a_hit("c3", "张" + LONG, company=LONG),
    )  # fmt: skip
    return rig


@pytest.fixture
def open_page(qtbot: QtBot, theme: Theme, languages: Languages) -> Open:
    def open_it(role: str = "supervisor") -> tuple[CustomersPage, Rig]:
        rig = stocked(role)
        frame = QWidget()
        qtbot.addWidget(frame)
        ground = PageGround(rig.seat, KeyMap(), theme, KeyBinder(frame, KeyMap()), _dial_nothing,
                            _nowhere)  # fmt: skip
        page = CustomersPage(ground, frame)
        QVBoxLayout(frame).addWidget(page)
        frame.resize(1300, 600)
        frame.show()
        frame.activateWindow()
        qtbot.waitUntil(frame.isActiveWindow, timeout=3000)
        page.setFocus()
        return page, rig

    return open_it


@pytest.fixture
def open_window(qtbot: QtBot, theme: Theme, languages: Languages, memory: QSettings) -> OpenWindow:
    def open_it(role: str = "supervisor") -> tuple[DeskWindow, Rig]:
        rig = stocked(role)
        window = DeskWindow(rig.seat, theme=theme, languages=languages, keys=KeyMap(),
                            memory=memory)  # fmt: skip
        qtbot.addWidget(window, before_close_func=_let_close)
        window.resize(1366, 728)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=3000)
        QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        return window, rig

    return open_it


def _dial_nothing(_number: str) -> None:
    raise AssertionError("no number was chosen")


def _nowhere(_name: str) -> bool:
    return False


def _let_close(window: DeskWindow) -> None:
    window._leaving = True


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


def test_she_types_walks_and_opens_without_the_mouse(open_page: Open) -> None:
    window, _ = open_page()
    field = typed(window, "张")
    assert [row.title for row in rows(window, "customer-list")][:2] == ["张伟", "张维"]
    first, second, _ = rows(window, "customer-list")
    assert first.lines == ("138 0013 8000 · 云栖餐饮 · 手机", "重点企业 · 杭州市西湖区")
    assert (first.marks, second.badge) == (((0, 1),), "waiting to sync")
    assert text(window, "customer-search-status") == "3 found"
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert text(window, "customer-details-name") == "张伟"
    assert field.hasFocus()


def test_the_details_say_everything_and_mark_what_waits(open_page: Open) -> None:
    window, _ = open_page()
    opened(window)
    assert text(window, "customer-fact-warning") == "请班长旁听"
    assert text(window, "customer-fact-custom-level") == "A"
    assert child(window, QLabel, "customer-fact-notes").property("state") == "warning"
    assert text(window, "customer-history-title") == "History: the last 3 of 9 conversations"
    newest, *_ = rows(window, "customer-history-list")
    assert (newest.title, newest.badge) == ("个税", "waiting to sync")
    history = child(window, RowList, "customer-history-list")
    history.choose_at(0)
    assert child(window, QWidget, "customer-history-text").isVisible()


def test_a_number_fills_the_dial_field_and_dials_nothing(open_window: OpenWindow) -> None:
    window, rig = open_window()
    opened(window)
    child(window, RowList, "customer-number-list").choose_at(0)
    assert child(window, QLineEdit, "dial-field").text() == "+8613800138000"
    assert rig.commands == []


def test_merges_of_before_stand_in_the_timeline(open_page: Open) -> None:
    window, rig = open_page()
    rig.people.centre.merged = (CentreMerge("c9", "2026-02-19T12:00:00.000Z", "李娜", 2, ()),)
    opened(window)
    titles = [row.title for row in rows(window, "customer-history-list")]
    assert titles.index("Another record was merged into this one") == 1


def test_enter_asks_the_server_only_when_nobody_is_here(open_page: Open) -> None:
    window, rig = open_page()
    rig.people.centre.rows = (a_row(),)
    field = opened(window, "110101199003078515")
    assert [one for one in rig.people.centre.asked if "search" in one] == [
        "search 110101199003078515"
    ]
    assert rows(window, "customer-list")[0].lines[1].endswith("by the ID number")
    rig.people.centre.error = Unreachable("nobody listens")
    field.clear()
    opened(window, "欧阳")
    assert "cannot be reached" in text(window, "customer-search-status")


def test_ctrl_p_edits_the_one_shown_here_and_new_takes_what_was_typed(
    open_window: OpenWindow,
) -> None:
    window, rig = open_window("agent")
    opened(window)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    editing = rig.seat.customers.editing
    assert editing is not None
    assert editing.form.customer_id == "c1"
    assert child(window, QWidget, "customer").isVisible()
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert rig.seat.customers.editing is None
    field = child(window, QLineEdit, "customer-search-field")
    field.clear()
    typed(window, "欧阳修")
    press(window, "customer-new-button")
    editing = rig.seat.customers.editing
    assert editing is not None
    assert (editing.form.now.name, editing.form.is_new) == ("欧阳修", True)


@pytest.mark.parametrize(
    ("role", "there"),
    [
        ("agent", {"new"}),
        ("quality", set()),
        ("specialist", {"new", "duplicates"}),
        ("supervisor", {"new", "duplicates", "import", "export"}),
        ("administrator", {"import"}),
    ],
)
def test_what_the_role_may_not_do_is_not_offered(
    open_page: Open, role: str, there: set[str]
) -> None:
    window, _ = open_page(role)
    names = ("new", "duplicates", "import", "export")
    shown = {
        name for name in names
        if child(window, QAbstractButton, f"customer-{name}-button").isVisible()
    }  # fmt: skip
    assert shown == there
    assert child(window, QLineEdit, "customer-search-field").isEnabled() is (
        role != "administrator"
    )


def test_a_trainee_on_duty_has_no_page_of_customers(open_window: OpenWindow) -> None:
    window, _ = open_window("trainee")
    assert window.findChildren(QPushButton, "page-customers-button") == []


def test_two_stand_side_by_side_and_nothing_moves_before_she_chose(open_page: Open) -> None:
    window, rig = open_page()
    rig.people.centre.pairs = (
        CentrePair(a_row("c1", "张伟"), a_row("c2", "张伟", notes="上午", region="杭州"),
                   ("same-number",)),
    )  # fmt: skip
    press(window, "customer-duplicates-button")
    assert "1 pairs" in text(window, "duplicates-status")
    child(window, RowList, "duplicates-list").choose_at(0)
    merge = child(window, QPushButton, "pair-merge-button")
    assert not merge.isEnabled()
    assert text(window, "pair-region-1") == "宁波"
    child(window, QRadioButton, "pair-keep-first").click()
    assert "the notes, below the others" in text(window, "pair-moves")
    merge.click()
    assert rig.customers.merged == [("c1", "c2")]
    assert not child(window, QWidget, "customer-pair").isVisible()


def test_somebody_she_found_herself_can_be_merged_too(open_page: Open) -> None:
    window, rig = open_page()
    rig.customers.forms[CustomerId("c2")] = replace(
        rig.customers.forms[CustomerId("c1")], customer_id=CustomerId("c2")
    )
    field = opened(window)
    press(window, "customer-twin-button")
    assert "张伟" in text(window, "customer-twin-note")
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    child(window, QRadioButton, "pair-keep-second").click()
    press(window, "pair-merge-button")
    assert rig.customers.merged == [("c2", "c1")]
    press(window, "customer-twin-button")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not child(window, QLabel, "customer-twin-note").isVisible()


def checked(**changes: object) -> FileWork:
    report = ImportReport(
        "gb18030", (Column("姓名", "name"), Column("星座", "")),
        (PreviewRow(2, "created", {"name": "<b>张</b>", "phones": [{"number": "+8613800138000"}]}),
         PreviewRow(3, "updated", {"name": "李娜", "region": "杭州"})),
        created=3, updated=1, bad=2,
    )  # fmt: skip
    work = FileWork(FileStep.CHECKED, "客户.csv", 6, 6, report=report)
    return replace(work, **changes)  # type: ignore[arg-type]


def test_a_file_shows_how_it_was_understood_before_it_is_taken(open_page: Open) -> None:
    window, rig = open_page()
    press(window, "customer-import-button")
    assert not child(window, QPushButton, "import-take-button").isVisible()
    rig.seat.people.importing._put(checked())
    assert text(window, "import-columns") == "Columns: 姓名 → Name"
    assert text(window, "import-left-out") == "Left out: 星座 · text read as gb18030"
    assert text(window, "import-counts") == (
        "Would be new: 3 · changed: 1 · left out: 0 · cannot be used: 2"
    )
    first, second = rows(window, "import-preview")
    assert (first.title, first.lines, first.trail) == (
        "<b>张</b>", ("138 0013 8000",), "row 2: new",
    )  # fmt: skip
    assert second.trail == "row 3: changes a known one"
    assert child(window, QPushButton, "import-take-button").text() == "Import 4 rows"
    assert child(window, QPushButton, "import-report-button").isVisible()


def test_progress_time_left_and_a_way_out(open_window: OpenWindow) -> None:
    window, rig = open_window()
    press(window, "customer-import-button")
    desk = rig.seat.people.importing
    began_s = rig.clock.monotonic_s() - 50
    desk._put(checked(step=FileStep.TAKING, done=50_000, total=200_000, since_s=began_s))
    assert text(window, "import-rows") == "50,000 of 200,000 rows · 02:30 left"
    assert child(window, QProgressBar, "import-progress").value() == 250
    desk._put(replace(desk.work, trouble=Trouble.OFFLINE, words="nobody listens"))
    assert "asked again" in text(window, "import-trouble")
    rig.ring()  # a call comes all the same
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert len(rig.commands) == 1
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    press(window, "import-cancel-button")
    assert "Stopped" in text(window, "import-status")
    assert not child(window, QProgressBar, "import-progress").isVisible()


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Trouble.CUT, "nothing of it was taken"),
        (Trouble.REFUSED, "The server says no: why"),
        (Trouble.LOCAL, "The file on this computer: why"),
        (Trouble.JOB, "It could not be done: why"),
        (Trouble.OFFLINE, "The server cannot be reached: why"),
    ],
)
def test_every_failure_has_its_sentence(open_page: Open, trouble: Trouble, said: str) -> None:
    window, rig = open_page()
    press(window, "customer-import-button")
    failed = FileWork(FileStep.FAILED, "x.csv", trouble=trouble, words="why")
    rig.seat.people.importing._put(failed)
    assert said in text(window, "import-trouble")


def test_choosing_a_file_stops_nothing(open_page: Open, tmp_path: Path) -> None:
    window, rig = open_page()
    press(window, "customer-import-button")
    press(window, "import-choose-button")
    dialog = child(window, QFileDialog, "import-file-dialog")
    assert not dialog.isModal()
    dialog.fileSelected.emit(str(tmp_path / "a.csv"))
    assert rig.seat.people.importing.work.file_name == "a.csv"
    dialog.close()


def test_an_export_says_where_the_file_is(open_page: Open, tmp_path: Path) -> None:
    window, rig = open_page()
    press(window, "customer-export-button")
    press(window, "export-xlsx-button")
    dialog = child(window, QFileDialog, "export-file-dialog")
    dialog.fileSelected.emit(str(tmp_path / "all.xlsx"))
    dialog.close()
    assert rig.people.jobs.asked[0] == "export customers xlsx False"
    desk = rig.seat.people.exporting
    desk._put(replace(desk.work, step=FileStep.DONE))
    assert text(window, "export-done").endswith("all.xlsx")


@pytest.mark.parametrize("size", [(1366, 728), (960, 508)])
def test_nothing_is_cut_at_the_sides(open_window: OpenWindow, size: tuple[int, int]) -> None:
    window, _ = open_window()
    field = opened(window, "张" + LONG[0])
    window.resize(*size)
    QApplication.processEvents()
    assert text(window, "customer-details-name").endswith("有限责任公司")
    for button in child(window, QWidget, "customers-page").findChildren(QPushButton):
        if button.isVisibleTo(window) and button.parent() is not None:
            needed = button.fontMetrics().horizontalAdvance(button.text())
            assert button.width() >= needed, button.objectName()
    assert field.width() > 120


def test_what_was_typed_outlasts_another_language(open_window: OpenWindow) -> None:
    window, _ = open_window()
    opened(window)
    window._rebuild()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert child(window, QLineEdit, "customer-search-field").text() == "张"
    assert text(window, "customer-details-name") == "张伟"
