"""The files of the draft that is open: brought and taken away, with the server only (step ⑥)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent_app.desk.article_files import (
    OFFLINE,
    SIZE_MAX,
    TOO_LARGE,
    UNREADABLE,
    ArticleFiles,
    DraftFile,
    FileChange,
)
from agent_app.domain.knowledge import Attachment
from ui.buttons import push_button
from ui.choice_box import ChoiceBox
from ui.choose_file import FileChoice
from ui.knowledge.files_view_model import FilesViewModel
from ui.labels import ElidedLabel, plain_label
from ui.theme import set_style_state


@dataclass(frozen=True, slots=True)
class FilesOf:
    """Whose files are shown. ``draft_id`` is empty until the server has the draft; ``as_of`` is
    another when they may be others; ``in_force`` are the article's as agents have them; ``online``
    says whether the server can be asked."""

    draft_id: str = ""
    as_of: object = None
    online: bool = True
    in_force: tuple[Attachment, ...] = ()
    writes: bool = False


class FilesLine(QWidget):
    def __init__(
        self, files: ArticleFiles, brought: FilesViewModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("editing-files")
        self._files = files
        self._brought = brought
        self._of = FilesOf()
        self._shown: tuple[DraftFile, ...] = ()
        self._choice = FileChoice("editing-file-dialog", self)
        self._here = ChoiceBox()
        self._here.setObjectName("editing-files-list")
        self._here.setAccessibleName(self.tr("Files of this article"))
        self._open = push_button(self, "editing-file-open-button", self.tr("Fetch"))
        self._add = push_button(self, "editing-file-add-button", self.tr("Add a file …"))
        self._remove = push_button(self, "editing-file-remove-button", self.tr("Remove"))
        self._said = ElidedLabel(name="editing-files-note", role="muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 8)
        line.setSpacing(8)
        line.addWidget(plain_label(self.tr("Files"), role="caption"))
        line.addWidget(self._here, 2)
        line.addWidget(self._open)
        line.addWidget(self._remove)
        line.addWidget(self._add)
        line.addWidget(self._said, 3)
        self._here.currentIndexChanged.connect(self._show_chosen)
        self._open.clicked.connect(self._on_open)
        self._add.clicked.connect(self._ask)
        self._remove.clicked.connect(self._on_remove)
        self._choice.chosen.connect(self._on_chosen)
        files.changed.connect(self._show_files)
        files.busy_changed.connect(self._on_busy)
        files.problem.connect(self._on_problem)
        brought.changed.connect(self._show_brought)

    def show_files(self, of: FilesOf) -> None:
        if of == self._of:
            return
        if of.draft_id != self._of.draft_id:
            self._choice.close()  # what is chosen in it is for the draft before
        if (of.draft_id, of.online) != (self._of.draft_id, self._of.online):
            self._say("")
        self._of = of
        self._files.show(of.draft_id, (of.as_of, of.online))
        self._show_files()
        if of.writes and not of.draft_id:
            self._say(self.tr("Save the draft; then it gets files."))

    def _show_files(self) -> None:
        here = tuple(DraftFile(file, FileChange.NONE) for file in self._of.in_force)
        if self._of.draft_id and self._files.files:
            here = self._files.files
        if here != self._shown:
            self._shown = here
            chosen = self._here.currentData()
            self._brought.show(tuple(one.file for one in here))
            self._here.clear()
            for one in here:
                self._here.addItem(self._line(one), one.file.attachment_id)
            self._here.setCurrentIndex(max(0, self._here.findData(chosen)))
        self._show_chosen()

    def _line(self, one: DraftFile) -> str:
        marks = {
            FileChange.NONE: "{name}",
            FileChange.ADDED: self.tr("New: {name}"),
            FileChange.REMOVED: self.tr("Goes: {name}"),
        }
        return marks[one.change].format(name=one.file.name)

    def _show_chosen(self) -> None:
        """What may be done with the file in the list, and with none there."""
        chosen = self._chosen()
        works = self._of.writes and bool(self._of.draft_id)
        self.setVisible(self._of.writes or chosen is not None)
        self._here.setVisible(chosen is not None)
        self._open.setVisible(chosen is not None)
        self._remove.setVisible(works and chosen is not None)
        self._add.setVisible(self._of.writes)
        self._add.setEnabled(works and not self._files.busy)
        self._remove.setEnabled(not self._files.busy)
        if chosen is not None:
            gone = chosen.change is FileChange.REMOVED
            word = self.tr("Keep") if gone else self.tr("Remove")
            self._remove.setText(word)
            self._remove.setAccessibleName(word)
            self._show_brought()

    def _show_brought(self) -> None:
        chosen = self._chosen()
        key = "" if chosen is None else chosen.file.attachment_id
        for file in self._brought.files:
            if file.key == key:
                self._open.setText(file.act)
                self._open.setAccessibleName(file.act)
                self._open.setEnabled(file.enabled)
                if file.note:
                    self._say(file.note)

    def _chosen(self) -> DraftFile | None:
        place = self._here.currentIndex()
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def _on_open(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._brought.act(chosen.file.attachment_id)

    def _ask(self) -> None:
        self._choice.ask(self.tr("Add a file to the article"))

    def _on_chosen(self, path: Path) -> None:
        if not self._files.busy:
            self._files.add(path)
        else:
            text = self.tr(
                "The change before is still on its way: choose this file again after it."
            )
            self._say(text, fault=True)

    def _on_remove(self) -> None:
        chosen = self._chosen()
        if chosen is not None and not self._files.busy:
            gone = chosen.change is FileChange.REMOVED
            self._files.keep(chosen.file.attachment_id, kept=gone)

    def _on_busy(self, busy: bool) -> None:
        self._show_chosen()
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
