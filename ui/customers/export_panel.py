"""Exporting all customers to a file of this computer (step ⑥)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_app.desk.customer_files import CustomerExport
from agent_app.domain.file_jobs import FileStep
from ui.buttons import push_button
from ui.choose_file import FileChoice
from ui.customers.files_model import FilesModel
from ui.customers.progress import FileProgress
from ui.labels import plain_label
from ui.language import in_chinese
from ui.rows.clipped import ClippedLabel

KINDS = ("Excel (*.xlsx)", "CSV (*.csv)")


class ExportPanel(QFrame):
    """Never blocks a call.

    Signals:
        closed: back to the details; what runs goes on.
    """

    closed = Signal()

    def __init__(self, desk: CustomerExport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("customer-export")
        self.setProperty("role", "scrolled")
        self._desk = desk
        self._model = FilesModel(desk, self)
        self._target = Path()
        self._title = plain_label(self.tr("Export customers"), name="export-title", role="title")
        self._hint = ClippedLabel(
            self.tr(
                "All customers of the centre with their numbers, ID numbers hidden in their middle"
                " unless your role sees them. Who exported what is kept in the centre's audit."
            ),
            lines=3, name="export-hint", role="muted",
        )  # fmt: skip
        self.xlsx_button = push_button(self, "export-xlsx-button", self.tr("As an Excel file …"))
        self.csv_button = push_button(self, "export-csv-button", self.tr("As CSV …"))
        self._close = push_button(self, "export-close-button", self.tr("Back"))
        self._progress = FileProgress(self._model, "export", self)
        self._done = ClippedLabel(lines=2, name="export-done", role="value")
        self._files = FileChoice("export-file-dialog", self)
        self._lay_out()
        self.xlsx_button.clicked.connect(self._ask_for_xlsx)
        self.csv_button.clicked.connect(self._ask_for_csv)
        self._close.clicked.connect(self.closed)
        self._files.chosen.connect(self.start)
        self._model.changed.connect(self._show)
        self._show()

    def start(self, target: Path) -> None:
        """In the language of the screen."""
        self._target = target
        self._desk.start(target, chinese=in_chinese())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        kinds = QHBoxLayout()
        kinds.setSpacing(8)
        kinds.addWidget(self.xlsx_button)
        kinds.addWidget(self.csv_button)
        kinds.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._hint)
        layout.addLayout(kinds)
        layout.addWidget(self._progress)
        layout.addWidget(self._done)
        layout.addStretch(1)

    def _show(self) -> None:
        done = self._model.work.step is FileStep.DONE
        self._done.setText(self.tr("Saved as {path}").format(path=self._target) if done else "")
        self._done.setVisible(done)
        for button in (self.xlsx_button, self.csv_button):
            button.setEnabled(not self._model.busy)

    def _ask_for_xlsx(self) -> None:
        self._files.ask(self.tr("Export customers"), KINDS[:1], new=self.tr("customers.xlsx"))

    def _ask_for_csv(self) -> None:
        self._files.ask(self.tr("Export customers"), KINDS[1:], new=self.tr("customers.csv"))
