"""Importing and exporting as she sees it: understood, watched, stopped, failed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QFileDialog,
    QProgressBar,
    QPushButton,
)

from agent_app.domain.file_jobs import (
    Column,
    FileStep,
    FileWork,
    ImportReport,
    PreviewRow,
    Trouble,
)
from tests.ui.customers.hands import Open, OpenWindow, press, rows, text
from tests.ui.window.hands import child


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
