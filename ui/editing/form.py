"""The words of an article: every field, and the answer as it is written, read and compared (⑥)."""

from __future__ import annotations

from enum import IntEnum
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.editing import ANSWER_MAX, LINE_MAX, TEXT_MAX
from agent_app.domain.knowledge import Reading
from agent_app.domain.versions import PartDifference
from ui.choice_box import ChoiceBox
from ui.editing import words
from ui.editing.form_model import DraftFormModel
from ui.knowledge.article_text import ArticleText
from ui.knowledge.history_view import DifferenceText
from ui.labels import plain_label
from ui.scrolled import Scrolled
from ui.summary.category_field import CategoryField
from ui.summary.labelled import Labelled
from ui.summary.text_field import TextField
from ui.theme import set_style_state

DAY_PX = 96
"""Room for a whole day, 2026-11-22."""
_LINES = ("title", "region", "valid_from", "valid_until", "keywords", "note")
_TEXTS = ("answer", "question", "basis")


class Sight(IntEnum):
    """How the answer is looked at."""

    WRITE = 0
    READ = 1
    COMPARE = 2


class DraftForm(QWidget):
    """Title and category, where and when it holds, the answer, what it rests on."""

    def __init__(self, model: DraftFormModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editing-form")
        self.setProperty("role", "scrolled")
        self._model = model
        self._lines = {name: self._line(name) for name in _LINES}
        self._texts = {name: self._text(name) for name in _TEXTS}
        self._category = CategoryField(rows_for=model.category_rows)
        self._category.setObjectName("editing-category")
        self._owner = ChoiceBox()
        self._owner.setObjectName("editing-owner")
        self._owner.setAccessibleName(words.field_name("owner_id"))
        self.blocks = {
            name: Labelled(words.field_name(name), field)
            for name, field in self._fields().items()
            if name != "answer"
        }
        self._answer_remark = plain_label(name="editing-answer-remark", role="caption")
        self._sights = self._sight_buttons()
        self._stack = QStackedWidget()
        self._reading = ArticleText()
        self._reading.setObjectName("editing-reading")
        self._difference = DifferenceText()
        self._difference.setObjectName("editing-difference")
        self._was_open = False
        self._lay_out()
        self._connect()

    def field(self, name: str) -> QWidget:
        """Where a field is typed into."""
        return self._fields()[name]

    def show_fields(self) -> None:
        """Another draft: everything anew."""
        said = self._model.words
        for name, line in self._lines.items():
            line.setText(str(getattr(said, name)))
            line.setCursorPosition(0)
        for name, text in self._texts.items():
            text.show_fresh(str(getattr(said, name)))
        self._category.close_list()
        self._category.show_category(said.category_id or "", self._model.category_path)
        self._show_owner(said.owner_id)
        self.look(Sight.WRITE if self._model.writable else Sight.READ)

    def show_state(self) -> None:
        """What is wrong, and whether she may write."""
        open_ = self._model.writable
        if open_ and not self._was_open:
            self.look(Sight.WRITE)
        self._was_open = open_
        fields: list[QLineEdit | QPlainTextEdit] = [*self._lines.values(), self._category]
        for field in (*fields, *self._texts.values()):
            field.setReadOnly(not open_)
            set_style_state(field, "locked", not open_)
        self._owner.setEnabled(open_)
        for name, block in self.blocks.items():
            block.show_remark(self._model.remark(name))
        self._answer_remark.setText(self._model.remark("answer"))
        said = self._model.words
        self._category.show_category(said.category_id or "", self._model.category_path)

    def look(self, sight: Sight) -> None:
        """Write the answer, read it as agents would, or compare it with the version in force."""
        if sight is Sight.COMPARE and not self._model.ask_difference():
            self._difference.show_parts([(self.tr("There is no version in force yet."), ())])
        if sight is Sight.READ:
            self._model.ask_reading()
        self._stack.setCurrentIndex(sight)
        for name in ("question", "basis"):  # they stand in what is read and compared
            self.blocks[name].setVisible(sight is Sight.WRITE)
        for one, button in self._sights.items():
            button.setChecked(one is sight)

    def show_reading(self, reading: Reading) -> None:
        self._reading.show_reading(reading)

    def show_difference(self, parts: tuple[PartDifference, ...]) -> None:
        shown = [(words.field_name(one.part), one.passages) for one in parts]
        self._difference.show_parts(shown or [(self.tr("Nothing differs."), ())])

    # --- inside ----------------------------------------------------------------------------------

    def _fields(self) -> dict[str, QWidget]:
        return {
            **self._lines, **self._texts, "category_id": self._category, "owner_id": self._owner,
        }  # fmt: skip

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(f"editing-{name.replace('_', '-')}")
        line.setAccessibleName(words.field_name(name))
        line.setMaxLength(TEXT_MAX if name == "note" else LINE_MAX)
        line.textEdited.connect(partial(self._model.take, name))
        if name in ("valid_from", "valid_until"):
            line.setMinimumWidth(DAY_PX)
        return line

    def _text(self, name: str) -> TextField:
        most = ANSWER_MAX if name == "answer" else TEXT_MAX
        text = TextField(
            name=f"editing-{name}", spoken=words.field_name(name), limit=most,
            least=5 if name == "answer" else 2, most=0 if name == "answer" else 3,
        )  # fmt: skip
        text.edited.connect(partial(self._model.take, name))
        return text

    def _sight_buttons(self) -> dict[Sight, QPushButton]:
        names = {
            Sight.WRITE: ("editing-write-button", self.tr("Write")),
            Sight.READ: ("editing-read-button", self.tr("As agents see it")),
            Sight.COMPARE: ("editing-compare-button", self.tr("Differences")),
        }
        found = {}
        self._group = QButtonGroup(self)
        for sight, (name, word) in names.items():
            button = QPushButton(word)
            button.setObjectName(name)
            button.setProperty("kind", "choice")
            button.setCheckable(True)
            self._group.addButton(button, sight)
            found[sight] = button
        return found

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        for names in (
            (("title", 3), ("category_id", 2)),
            (
                ("region", 3),
                ("valid_from", 3),
                ("valid_until", 3),
                ("owner_id", 3),
                ("keywords", 6),
            ),
        ):
            layout.addLayout(self._row(names))
        layout.addLayout(self._answer_head())
        self._stack.addWidget(self._texts["answer"])
        self._stack.addWidget(self._reading_place())
        self._stack.addWidget(self._difference)
        layout.addWidget(self._stack, 1)
        layout.addLayout(self._row((("question", 1), ("basis", 1))))
        layout.addLayout(self._row((("note", 1),)))

    def _row(self, names: tuple[tuple[str, int], ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, stretch in names:
            row.addWidget(self.blocks[name], stretch)
        return row

    def _answer_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(plain_label(words.field_name("answer"), role="caption"))
        head.addWidget(self._answer_remark)
        head.addStretch(1)
        for button in self._sights.values():
            head.addWidget(button)
        return head

    def _reading_place(self) -> QWidget:
        inside = QWidget()
        inside.setObjectName("editing-reading-inside")
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._reading)
        column.addStretch(1)
        return Scrolled(inside)

    def _connect(self) -> None:
        self._category.chosen.connect(self._on_category)
        self._owner.activated.connect(self._on_owner)
        self._group.idClicked.connect(self._on_sight)

    def _on_sight(self, sight: int) -> None:
        self.look(Sight(sight))

    def _show_owner(self, owner_id: str) -> None:
        self._owner.clear()
        for key, name in self._model.owners:
            self._owner.addItem(name, key)
        if self._owner.findData(owner_id) < 0:
            self._owner.addItem(owner_id, owner_id)
        self._owner.setCurrentIndex(self._owner.findData(owner_id))

    def _on_category(self, key: str) -> None:
        self._model.take("category_id", key)
        self._category.show_category(key, self._model.category_path)

    def _on_owner(self, _index: int) -> None:
        self._model.take("owner_id", str(self._owner.currentData(Qt.ItemDataRole.UserRole)))
