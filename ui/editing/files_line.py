"""The files of the article that is open: brought and taken away, with the server only (step ⑥)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from agent_app.desk.article_files import OFFLINE, SIZE_MAX, TOO_LARGE, UNREADABLE, ArticleFiles
from agent_app.domain.ids import ArticleId
from agent_app.domain.knowledge import Attachment
from ui.buttons import push_button
from ui.choose_file import FileChoice
from ui.labels import ElidedLabel, plain_label
from ui.theme import set_style_state


class FilesLine(QWidget):
    def __init__(self, files: ArticleFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editing-files")
        self._files = files
        self._article_id = ""
        self._shown: tuple[Attachment, ...] | None = None
        self._choice = FileChoice("editing-file-dialog", self)
        self._here = QComboBox()
        self._here.setObjectName("editing-files-list")
        self._here.setAccessibleName(self.tr("Files of this article"))
        self._add = push_button(self, "editing-file-add-button", self.tr("Add a file …"))
        self._remove = push_button(self, "editing-file-remove-button", self.tr("Remove"))
        self._said = ElidedLabel(name="editing-files-note", role="muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 8)
        line.setSpacing(8)
        line.addWidget(plain_label(self.tr("Files"), role="caption"))
        line.addWidget(self._here, 2)
        line.addWidget(self._remove)
        line.addWidget(self._add)
        line.addWidget(self._said, 3)
        self._add.clicked.connect(self._ask)
        self._remove.clicked.connect(self._on_remove)
        self._choice.chosen.connect(self._on_chosen)
        files.busy_changed.connect(self._on_busy)
        files.problem.connect(self._on_problem)

    def show_files(self, article_id: str, files: tuple[Attachment, ...]) -> None:
        """Those of this article; a new one gets them when it is published."""
        if (article_id, files) == (self._article_id, self._shown):
            return
        if article_id != self._article_id:
            self._say("")
        self._article_id, self._shown = article_id, files
        chosen = self._here.currentData()
        self._here.clear()
        for file in files:
            self._here.addItem(file.name, file.attachment_id)
        self._here.setCurrentIndex(max(0, self._here.findData(chosen)))
        self._here.setVisible(bool(files))
        self._remove.setVisible(bool(files))
        self._add.setEnabled(bool(article_id) and not self._files.busy)
        if not article_id:
            self._say(self.tr("An article gets files once it is published."))

    def _ask(self) -> None:
        self._choice.ask(self.tr("Add a file to the article"))

    def _on_chosen(self, path: Path) -> None:
        if self._article_id and not self._files.busy:
            self._files.add(ArticleId(self._article_id), path)

    def _on_remove(self) -> None:
        if not self._files.busy and self._here.currentData():
            self._files.remove(str(self._here.currentData()))

    def _on_busy(self, busy: bool) -> None:
        self._add.setEnabled(not busy and bool(self._article_id))
        self._remove.setEnabled(not busy)
        if busy:
            self._say(self.tr("On its way to the server …"))
        elif not self._said.property("state"):
            self._say("")

    def _on_problem(self, problem: str) -> None:
        texts = {
            OFFLINE: self.tr("Files need the server, and it is away now."),
            TOO_LARGE: self.tr("At most {size} MB are taken.").format(size=SIZE_MAX // 1024**2),
            UNREADABLE: self.tr("This file cannot be read."),
        }
        self._say(texts.get(problem, problem), fault=True)

    def _say(self, text: str, *, fault: bool = False) -> None:
        self._said.setText(text)
        set_style_state(self._said, "state", "warning" if fault else "")
