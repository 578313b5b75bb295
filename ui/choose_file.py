"""Choosing a file without stopping anything: never modal, a call may ring meanwhile (step ⑥)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

SIZE_PX = (760, 480)
"""Wide enough for names and dates."""


class FileChoice(QObject):
    """At most one dialogue at a time; the next one opens where the last file was chosen, else
    among the documents, or at home where there is no such folder (any more).

    Signals:
        chosen: Path.
    """

    chosen = Signal(object)

    def __init__(self, name: str, window: QWidget) -> None:
        super().__init__(window)
        self._name = name
        self._window = window
        self._dialog: QFileDialog | None = None
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self._folder = QStandardPaths.writableLocation(documents)

    def ask(self, title: str, kinds: tuple[str, ...] = (), *, new: str = "") -> None:
        """``kinds`` as Qt's name filters, () for every file; ``new`` is the proposed name of a
        file to be made."""
        self.close()
        dialog = QFileDialog(self._window, title)
        dialog.setObjectName(self._name)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)  # some systems' own are modal
        if kinds:
            dialog.setNameFilters(list(kinds))
        dialog.setModal(False)
        dialog.setDirectory(self._folder if Path(self._folder).is_dir() else QDir.homePath())
        dialog.resize(*SIZE_PX)
        if new:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(new.rpartition(".")[2])
            dialog.selectFile(new)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_selected)
        self._dialog = dialog
        dialog.show()

    def close(self) -> None:
        if self._dialog is not None:
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = None

    def _on_selected(self, path: str) -> None:
        if path:
            self._folder = str(Path(path).parent)
            self.chosen.emit(Path(path))
