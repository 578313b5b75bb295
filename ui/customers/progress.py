"""How far a file is: words, a bar, a way out (step ⑥)."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui.customers.files_model import FilesModel
from ui.rows.clipped import ClippedLabel
from ui.theme import set_style_state


class FileProgress(QWidget):
    """Paints what import and export have in common; ``name`` begins its parts' names."""

    def __init__(self, model: FilesModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._status = ClippedLabel(lines=2, name=f"{name}-status")
        self._trouble = ClippedLabel(lines=4, name=f"{name}-trouble")
        set_style_state(self._trouble, "state", "fault")
        self._bar = QProgressBar()
        self._bar.setObjectName(f"{name}-progress")
        self._bar.setTextVisible(False)
        self._rows = ClippedLabel(lines=1, name=f"{name}-rows", role="muted")
        self.cancel_button = QPushButton(self.tr("Stop"), self)
        self.cancel_button.setObjectName(f"{name}-cancel-button")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._bar, 1)
        line.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._status)
        layout.addLayout(line)
        layout.addWidget(self._rows)
        layout.addWidget(self._trouble)
        self.cancel_button.clicked.connect(model.cancel)
        model.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        model = self._model
        for label, text in ((self._status, model.status), (self._rows, model.progress),
                            (self._trouble, model.trouble)):  # fmt: skip
            label.setText(text)
            label.setVisible(bool(text))
        permille = model.permille
        self._bar.setRange(0, 0 if permille is None else 1000)
        self._bar.setValue(permille or 0)
        self._bar.setAccessibleName(f"{model.status} {model.progress}")
        for widget in (self._bar, self.cancel_button):
            widget.setVisible(model.busy)
