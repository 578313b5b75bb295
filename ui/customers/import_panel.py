"""Importing customers: choose, look, take, see what was not taken (step ⑥)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_app.domain.file_jobs import FileStep
from ui.buttons import push_button
from ui.choose_file import FileChoice
from ui.customers.files_model import ImportModel
from ui.customers.progress import FileProgress
from ui.labels import plain_label
from ui.rows.clipped import ClippedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel

REPORT_NAME = "import-report.csv"


class ImportPanel(QFrame):
    """Everything beside the work: it never blocks a call.

    Signals:
        closed: back to the details; what runs goes on.
    """

    closed = Signal()

    def __init__(self, model: ImportModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("customer-import")
        self.setProperty("role", "scrolled")
        self._model = model
        self._title = plain_label(self.tr("Import customers"), name="import-title", role="title")
        self._hint = ClippedLabel(
            self.tr(
                "A CSV or Excel file whose first row names the columns: 姓名, 电话, 地区, 单位,"
                " 证件号 … One file of any encoding (UTF-8, GBK, UTF-16)."
            ),
            lines=3, name="import-hint", role="muted",
        )  # fmt: skip
        self._file = ClippedLabel(lines=1, name="import-file", role="value")
        self.choose_button = push_button(self, "import-choose-button", self.tr("Choose a file …"))
        self._close = push_button(self, "import-close-button", self.tr("Back"))
        self.update_box = QCheckBox(self.tr("Rows about known customers change them"), self)
        self.update_box.setObjectName("import-update-box")
        self._progress = FileProgress(model, "import", self)
        self._columns = ClippedLabel(lines=6, name="import-columns")
        self._left_out = ClippedLabel(lines=3, name="import-left-out", role="muted")
        self._counts = ClippedLabel(lines=2, name="import-counts", role="value")
        self._rows = RowModel(self)
        self._preview = RowList(self._rows, lines=1, parent=self)
        self._preview.setObjectName("import-preview")
        self._preview.setAccessibleName(self.tr("First rows"))
        self._preview.setMinimumHeight(self._preview.height_of(2))
        self.take_button = push_button(self, "import-take-button")
        self.take_button.setProperty("kind", "primary")
        self.report_button = push_button(
            self, "import-report-button", self.tr("Save the list of rows that cannot be used …")
        )
        self._saved = ClippedLabel(lines=2, name="import-saved", role="muted")
        self._files = FileChoice("import-file-dialog", self)
        self._targets = FileChoice("import-report-dialog", self)
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        choice = QHBoxLayout()
        choice.setSpacing(8)
        choice.addWidget(self.choose_button)
        choice.addWidget(self._file, 1, Qt.AlignmentFlag.AlignVCenter)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.report_button)
        foot.addStretch(1)
        foot.addWidget(self.take_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._hint)
        layout.addLayout(choice)
        layout.addWidget(self.update_box)
        layout.addWidget(self._progress)
        layout.addWidget(self._counts)
        layout.addWidget(self._columns)
        layout.addWidget(self._left_out)
        layout.addWidget(self._preview, 1)
        layout.addWidget(self._saved)
        layout.addLayout(foot)
        layout.addStretch(0)

    def _connect(self) -> None:
        desk = self._model.desk
        self._close.clicked.connect(self.closed)
        self.choose_button.clicked.connect(self._ask_for_file)
        self._files.chosen.connect(desk.check)
        self.update_box.clicked.connect(desk.choose_update)
        self.take_button.clicked.connect(desk.take)
        self.report_button.clicked.connect(self._ask_for_target)
        self._targets.chosen.connect(desk.save_report)
        self._model.changed.connect(self._show)

    def _show(self) -> None:
        model, work = self._model, self._model.work
        self._file.setText(work.file_name)
        self.choose_button.setEnabled(not model.busy)
        self.update_box.setChecked(work.update)
        self.update_box.setEnabled(not model.busy and work.step is not FileStep.DONE)
        said = ((self._columns, model.columns), (self._counts, model.counts),
                (self._left_out, model.left_out), (self._saved, model.saved))  # fmt: skip
        for label, text in said:
            label.setText(text)
            label.setVisible(bool(text))
        self._rows.show_rows(model.preview)
        self._preview.setVisible(bool(model.preview))
        self.take_button.setText(model.take_word)
        self.take_button.setVisible(model.can_take)
        self.report_button.setVisible(model.can_report)

    def _ask_for_file(self) -> None:
        kinds = (self.tr("Tables (*.csv *.xlsx *.txt)"), self.tr("All files (*)"))
        self._files.ask(self.tr("Import customers"), kinds)

    def _ask_for_target(self) -> None:
        stem = Path(self._model.work.file_name).stem
        self._targets.ask(self.tr("Rows that cannot be used"), ("CSV (*.csv)",),
                          new=f"{stem}-{REPORT_NAME}")  # fmt: skip
