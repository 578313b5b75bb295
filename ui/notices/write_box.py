"""Writing a notice: plain words, whether it must be read, and its last day (step ⑥)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from agent_app.desk.notice_form import NoticeDesk, NoticeTyping
from agent_app.domain.notices import TITLE_LIMIT, NoticeProblem
from ui.buttons import push_button
from ui.keys import KeyAction, KeyMap
from ui.labels import ElidedLabel
from ui.summary.labelled import Labelled
from ui.summary.text_field import TextField
from ui.theme import set_style_state


class WriteBox(QWidget):
    """Every word goes to the desk, which keeps it.

    Signals:
        opened: a notice is being written.
        left: it was published, or she left it.
    """

    opened = Signal()
    left = Signal()

    def __init__(self, desk: NoticeDesk, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice-write-box")
        self._desk = desk
        self._filling = False
        self._title = QLineEdit()
        self._title.setObjectName("notice-title")
        self._title.setMaxLength(TITLE_LIMIT)
        self._title_block = Labelled(self.tr("Title"), self._title)
        self._body = TextField(name="notice-body", spoken=self.tr("Text"), least=6)
        self._must = QCheckBox(self.tr("Must be read"))
        self._must.setObjectName("notice-must-read")
        self._ends = QCheckBox(self.tr("Holds until"))
        self._ends.setObjectName("notice-ends")
        self._until = QDateEdit()
        self._until.setObjectName("notice-until")
        self._until.setAccessibleName(self.tr("Last day"))
        self._until.setDisplayFormat("yyyy-MM-dd")
        self._until.setCalendarPopup(True)
        self._until_block = Labelled(self.tr("Last day"), self._until)
        self._note = ElidedLabel(name="notice-note")
        self._publish = push_button(
            self, "notice-publish-button", self.tr("Publish"), keys.text(KeyAction.SEND_FORM)
        )
        self._publish.setProperty("kind", "primary")
        self._discard = push_button(self, "notice-discard-button", self.tr("Discard"))
        self._back = push_button(self, "notice-back-button", self.tr("Later"))
        self._title.setAccessibleName(self.tr("Title"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        marks = QHBoxLayout()
        marks.setSpacing(16)
        marks.addWidget(self._must)
        marks.addWidget(self._ends)
        marks.addWidget(self._until_block)
        marks.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._note, 1)
        foot.addWidget(self._discard)
        foot.addWidget(self._back)
        foot.addWidget(self._publish)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self._title_block)
        layout.addWidget(Labelled(self.tr("Text"), self._body), 1)
        layout.addLayout(marks)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self._title.textEdited.connect(self._on_typed)
        self._body.edited.connect(self._on_typed)
        self._must.clicked.connect(self._on_typed)
        self._ends.clicked.connect(self._on_typed)
        self._until.dateChanged.connect(self._on_typed)
        self._publish.clicked.connect(self.publish)
        self._discard.clicked.connect(self._desk.discard)
        self._back.clicked.connect(self._desk.close)
        self._desk.opened.connect(self._open)
        self._desk.changed.connect(self._show)
        self._desk.closed.connect(self.left)

    def publish(self) -> None:
        """On a refusal the cursor goes to what is wrong."""
        self._desk.send()
        typing = self._desk.typing
        if typing is not None and typing.problem is not None:
            over = typing.problem is NoticeProblem.OVER_ALREADY
            field = self._until if over else self._title
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_up(self) -> None:
        """The page was built anew while a notice was being written."""
        if self._desk.typing is not None:
            self._open(self._desk.typing)

    def _open(self, typing: NoticeTyping) -> None:
        form = typing.form
        self._filling = True
        self._title.setText(form.title)
        self._body.show_fresh(form.body)
        self._must.setChecked(form.must_read)
        self._ends.setChecked(form.until is not None)
        day, today = form.until, QDate.currentDate()
        self._until.setDate(today if day is None else QDate(day.year, day.month, day.day))
        self._filling = False
        self._show(typing)
        self.opened.emit()
        self._title.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self, typing: NoticeTyping) -> None:
        problem = typing.problem
        no_title = problem in (NoticeProblem.NO_TITLE, NoticeProblem.TOO_LONG)
        self._title_block.show_remark(self._words(problem) if no_title else "")
        over = problem is NoticeProblem.OVER_ALREADY
        self._until_block.show_remark(self._words(problem) if over else "")
        self._until_block.setVisible(self._ends.isChecked())
        note = self.tr("You had typed this and not published it.") if typing.restored else ""
        if typing.fault:
            note = self.tr("Not kept on disk: {reason}").format(reason=typing.fault)
        self._note.setText(note)
        set_style_state(self._note, "state", "fault" if typing.fault else "warning")

    def _words(self, problem: NoticeProblem | None) -> str:
        words = {
            NoticeProblem.NO_TITLE: self.tr("a title is needed"),
            NoticeProblem.TOO_LONG: self.tr("too long"),
            NoticeProblem.OVER_ALREADY: self.tr("this day is over"),
        }
        return "" if problem is None else words[problem]

    def _on_typed(self) -> None:
        typing = self._desk.typing
        if self._filling or typing is None:
            return
        day = self._until.date()
        until = date(day.year(), day.month(), day.day()) if self._ends.isChecked() else None
        form = replace(
            typing.form, title=self._title.text(), body=self._body.toPlainText(),
            must_read=self._must.isChecked(), until=until,
        )  # fmt: skip
        self._desk.change(form)
        if self._desk.typing is not None:
            self._show(self._desk.typing)
