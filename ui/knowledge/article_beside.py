"""What belongs to an article: a link she chose, its files, others about the same (step ⑥)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from agent_app.domain.knowledge import Reading
from agent_app.domain.markdown import is_web
from ui.knowledge.article_view_model import ArticleViewModel
from ui.knowledge.files_view_model import FileChoice, FilesViewModel
from ui.labels import ElidedLabel, plain_label
from ui.rows.list_view import RowList
from ui.rows.model import RowModel


class ChosenLink(QWidget):
    """A link of the article is opened or copied by a second act, with its address in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._address = ElidedLabel(name="chosen-link", role="muted")
        self._open = _small("link-open-button", self.tr("Open in the browser"))
        self._copy = _small("link-copy-button", self.tr("Copy"))
        self._copy.setAccessibleName(self.tr("Copy the address"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self._address, 1)
        layout.addWidget(self._open)
        layout.addWidget(self._copy)
        self._open.clicked.connect(self._on_open)
        self._copy.clicked.connect(self._on_copy)
        self.hide()

    def show_address(self, address: str) -> None:
        self._address.setText(address)
        self.setVisible(bool(address))

    def _on_open(self) -> None:
        if is_web(self._address.text()):
            QDesktopServices.openUrl(QUrl(self._address.text()))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._address.text())


class Files(QWidget):
    """One line a file: what it is, what became of it, what the next press does."""

    def __init__(self, view: FilesViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._rows: dict[str, _FileRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(plain_label(self.tr("Files"), name="files-title", role="caption"))
        view.changed.connect(self._show)
        view.opening.connect(open_file)
        self._show()

    def _show(self) -> None:
        files = self._view.files
        self.setVisible(bool(files))
        for key in set(self._rows) - {one.key for one in files}:
            row = self._rows.pop(key)
            row.hide()
            row.deleteLater()
        for place, one in enumerate(files, 1):
            if one.key not in self._rows:
                self._rows[one.key] = row = _FileRow(one.key)
                row.pressed.connect(self._view.act)
                self._layout.insertWidget(place, row)
            self._rows[one.key].show_file(one, place)


class _FileRow(QWidget):
    """Signals:
    pressed: key of the file.
    """

    pressed = Signal(str)

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._name = ElidedLabel()
        self._note = ElidedLabel(role="muted")
        self._button = _small("", "")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._name, 1)
        line.addWidget(self._button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self._note)
        self._button.clicked.connect(self._on_press)

    def show_file(self, file: FileChoice, place: int) -> None:
        self._button.setObjectName(f"file-button-{place}")
        self._button.setText(file.act)
        self._button.setEnabled(file.enabled)
        self._button.setAccessibleName(f"{file.act}: {file.name}")
        self._name.setText(f"{file.name} · {file.size}")
        self._note.setText(file.note)
        self._note.setVisible(bool(file.note))

    def _on_press(self) -> None:
        self.pressed.emit(self._key)


class Related(QWidget):
    """Signals:
    wanted: key of the article.
    """

    wanted = Signal(str)

    def __init__(self, view: ArticleViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._shown: Reading | None = None
        title = plain_label(self.tr("Related"), name="related-title", role="caption")
        self._rows = RowList(RowModel(self), lines=0)
        self._rows.setObjectName("related-list")
        self._rows.setAccessibleName(self.tr("Articles about the same"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(title)
        layout.addWidget(self._rows)
        self._rows.chosen.connect(self.wanted)

    def show_article(self) -> None:
        if self._view.reading is self._shown:
            return
        self._shown, rows = self._view.reading, self._view.related
        self.setVisible(bool(rows))
        self._rows.row_model.show_rows(rows)
        self._rows.want(len(rows))
        self._rows.setMinimumHeight(self._rows.height_of(len(rows)))


def _small(name: str, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setProperty("kind", "inline")
    return button


def open_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
