"""The page of those who write and review answers: drafts at the left, one of them at the right.

By keyboard: ↑ ↓ and Enter in the list, Tab through the fields; saving, sending to review and
publishing have keys of their own (step ⑥).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from agent_app.desk.open_draft import Editing
from agent_app.domain.editing import DraftAct
from agent_app.domain.knowledge import Reading
from agent_app.domain.link import ServerState
from ui.buttons import push_button
from ui.editing.files_line import FilesLine, FilesOf
from ui.editing.foot import DraftFoot
from ui.editing.form import DraftForm
from ui.editing.form_model import DraftFormModel
from ui.editing.list_model import DraftListModel, Shown
from ui.editing.told_box import ToldBox
from ui.editing.told_model import ToldModel
from ui.keys import KeyAction
from ui.knowledge.article_beside import open_file
from ui.knowledge.files_view_model import FilesViewModel
from ui.labels import plain_label
from ui.rail.spec import PageGround
from ui.rows.clipped import ClippedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.scrolled import Scrolled
from ui.search_field import SearchField
from ui.theme import set_style_state

LIST_WIDTH_PX = 340


class EditingPage(QWidget):
    """Built anew with every change of language or keys; what is open belongs to the desk."""

    def __init__(self, ground: PageGround, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editing-page")
        self.setProperty("role", "page")
        self._ground = ground
        seat = ground.seat
        self._drafts = DraftListModel(seat, self)
        self._model = DraftFormModel(seat, self)
        self._told_model = ToldModel(seat, self)
        self._choices = {
            Shown.WORK: self._choice("editing-work-button"),
            Shown.REVIEW: self._choice("editing-review-button"),
            Shown.DONE: self._choice("editing-done-button"),
        }
        self._search = SearchField()
        self._search.setObjectName("editing-search")
        wanted = self.tr("Search for an article to change")
        if not self._drafts.can_write:
            wanted = self.tr("Search: who was told an older answer")
        self._search.setAccessibleName(wanted)
        self._search.setPlaceholderText(wanted)
        self._list = RowList(RowModel(self), lines=1)
        self._list.setObjectName("editing-list")
        self._list.setAccessibleName(self.tr("Drafts and articles"))
        self._new = push_button(self, "editing-new-button", self.tr("New article"))
        self._heading = ClippedLabel(lines=1, name="editing-heading", role="title")
        self._facts = ClippedLabel(lines=1, name="editing-facts", role="muted")
        self._variant = push_button(self, "editing-variant-button", self.tr("Variant for a region"))
        self._variant.setProperty("kind", "link")
        self._advice = plain_label(name="editing-advice")
        self._advice.setWordWrap(True)
        self.form = DraftForm(self._model)
        self._brought = FilesViewModel(seat.library, parent=self)
        self._brought.opening.connect(open_file)
        self.files = FilesLine(seat.article_files, self._brought)
        self.foot = DraftFoot(self._model, seat.editing, ground.keys)
        self.told = ToldBox(self._told_model, ground.dial)
        self._stack = QStackedWidget()
        self._goes_along = self._goes_in = False
        self._lay_out()
        self._connect()
        self.setFocusProxy(self._search)
        self._show_list()
        self._show_opened()

    def _choice(self, name: str) -> QPushButton:
        button = push_button(self, name)
        button.setProperty("kind", "choice")
        button.setCheckable(True)
        button.setAutoExclusive(True)
        return button

    def _lay_out(self) -> None:
        right = QFrame()
        right.setProperty("role", "panel")
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._stack)
        self._stack.addWidget(self._nothing())
        self._stack.addWidget(self._detail())
        self._stack.addWidget(self.told)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._left())
        layout.addWidget(right, 1)

    def _left(self) -> QWidget:
        left = QFrame()
        left.setProperty("role", "panel")
        left.setFixedWidth(LIST_WIDTH_PX)
        choices = QHBoxLayout()
        choices.setSpacing(4)
        for button in self._choices.values():
            choices.addWidget(button)
        choices.addStretch(1)
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self._search)
        column.addLayout(choices)
        column.addWidget(self._list, 1)
        column.addWidget(self._new)
        return left

    def _nothing(self) -> QWidget:
        hint = plain_label(
            self.tr("Choose a draft at the left, or search for the article to change."),
            name="editing-hint", role="muted",
        )  # fmt: skip
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return hint

    def _detail(self) -> QWidget:
        detail = QWidget()
        detail.setObjectName("editing-detail")
        column = QVBoxLayout(detail)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        head = QVBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(4)
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(self._heading, 1)
        title.addWidget(self._variant)
        head.addLayout(title)
        head.addWidget(self._facts)
        head.addWidget(self._advice)
        column.addLayout(head)
        column.addWidget(Scrolled(self.form), 1)
        column.addWidget(self.files)
        column.addWidget(self.foot)
        return detail

    def _connect(self) -> None:
        seat = self._ground.seat
        for button in self._choices.values():
            button.clicked.connect(self._on_choice)
        self._search.textEdited.connect(self._drafts.search)
        self._search.entered.connect(self._open_first)
        self._search.stepped.connect(self._list.step)
        self._search.left.connect(self._leave_search)
        self._list.chosen.connect(self._drafts.open)
        self._new.clicked.connect(self._on_new)
        self._variant.clicked.connect(self._model.make_variant)
        self._drafts.changed.connect(self._show_list)
        self._model.opened.connect(self._show_opened)
        self._model.changed.connect(self._show_state)
        self._model.closed.connect(self._show_opened)
        self._told_model.changed.connect(self._show_told)
        self.told.closed.connect(self._show_opened)
        self.foot.refused.connect(self._go_to_wrong)
        seat.editing.proofs.read.connect(self._on_read)
        seat.editing.proofs.compared.connect(self.form.show_difference)
        for action, act in (
            (KeyAction.SAVE_DRAFT, self.foot.save),
            (KeyAction.SUBMIT_DRAFT, self.foot.submit),
            (KeyAction.PUBLISH_DRAFT, self.foot.publish),
        ):
            self._ground.binder.run(action, partial(self._if_here, act))

    def _if_here(self, act: Callable[[], None]) -> None:
        if self.isVisible():
            act()

    # --- showing ---------------------------------------------------------------------------------

    def _show_list(self) -> None:
        model = self._drafts
        names = {
            Shown.WORK: self.tr("In work {count}"),
            Shown.REVIEW: self.tr("To review {count}"),
            Shown.DONE: self.tr("Done"),
        }
        for shown, button in self._choices.items():
            text = names[shown].format(count=model.count(shown) or "").strip()
            button.setText(text)
            button.setAccessibleName(text)
            button.setChecked(shown is model.shown and not model.searching)
        self._list.set_empty_text(model.empty_text)
        self._list.row_model.show_rows(model.rows)
        editing = self._model.editing
        opened = "" if editing is None else editing.form.draft_id
        self._list.select(self._list.row_model.position(opened))
        self._new.setVisible(model.can_write)

    def _show_opened(self) -> None:
        if self._model.editing is not None:
            self.form.show_fields()
        self._show_state()
        self._show_list()
        if self._goes_in and self._model.editing is not None:
            self._goes_in = False
            self.form.field("answer").setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_state(self) -> None:
        model = self._model
        if self._told_model.found is not None:
            self._stack.setCurrentWidget(self.told)
        else:
            self._stack.setCurrentIndex(0 if model.editing is None else 1)
        self._heading.setText(model.heading)
        self._heading.setAccessibleName(model.heading)
        self._facts.setText(model.facts)
        self._advice.setText(model.advice)
        self._advice.setVisible(bool(model.advice))
        set_style_state(self._advice, "state", "warning" if model.is_fault else "")
        editing = model.editing
        has_article = editing is not None and editing.article is not None
        self._variant.setVisible(has_article and self._drafts.can_write)
        self.files.show_files(FilesOf() if editing is None else self._files_of(editing))
        self.form.show_state()
        self.foot.show_state()

    def _files_of(self, editing: Editing) -> FilesOf:
        """The server knows of a draft's files until it is published or dropped."""
        draft = editing.draft
        there = draft is not None and draft.state.open and not draft.waits
        return FilesOf(
            draft_id=editing.form.draft_id if there else "",
            as_of=(draft, editing.files),
            online=self._ground.seat.link.status.server is ServerState.ONLINE,
            in_force=editing.files,
            writes=DraftAct.WRITE in self._ground.seat.editing.acts,
        )

    def _show_told(self) -> None:
        """The list comes up by itself after publishing. The cursor goes along only from the draft
        that it covers, or from the list that it was chosen in."""
        focused = QApplication.focusWidget()
        beside = focused is None or not self.isAncestorOf(focused) or focused is self._search
        if self._stack.currentWidget() is not self.told:
            self._goes_along = not beside
        self._show_state()
        found = self._told_model.found
        if found is not None and not found.asking and self._goes_along:
            self._goes_along = False
            self.told.take_focus()

    # --- what she does ---------------------------------------------------------------------------

    def _on_choice(self) -> None:
        wanted = next(shown for shown, button in self._choices.items() if button.isChecked())
        self._leave_search()
        self._drafts.show_list(wanted)

    def _leave_search(self) -> None:
        """Esc, too: the drafts are there again."""
        self._search.clear()
        self._drafts.search("")

    def _open_first(self) -> None:
        """Enter in the search: what stands first."""
        rows = self._list.row_model.rows
        if rows:
            self._goes_in = self._drafts.can_write
            self._drafts.open(self._list.current_key or rows[0].key)

    def _on_new(self) -> None:
        self._ground.seat.editing.new()
        self.form.field("title").setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_to_wrong(self) -> None:
        if self._model.first_wrong:
            self.form.field(self._model.first_wrong).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_read(self, reading: Reading) -> None:
        self.form.show_reading(reading)
