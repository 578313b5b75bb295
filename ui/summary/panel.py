"""The summary in the middle of the desk page: written for her, hers to edit, saved by one key (⑥).

Typing goes straight to the desk; what the rules write comes back without moving her cursor.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from agent_app.desk.rounds import OncePerRound
from agent_app.desk.seat import Seat
from agent_app.domain.ids import InteractionId
from agent_app.domain.summary import SummaryField
from ui.key_binder import KeyBinder, Via
from ui.keys import KeyAction, KeyMap
from ui.labels import ElidedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.scrolled import Scrolled
from ui.side_by_side import SideBySide
from ui.summary.bound_field import BoundField
from ui.summary.category_field import CategoryField
from ui.summary.footer import Footer
from ui.summary.handover import HandoverViewModel
from ui.summary.handover_line import HandoverLine
from ui.summary.labelled import Labelled
from ui.summary.module_popup import ModulePopup
from ui.summary.parked import ParkedViewModel
from ui.summary.parked_flyout import ParkedButton
from ui.summary.promise import PromiseViewModel
from ui.summary.promise_flyout import PromiseButton
from ui.summary.save_status import SaveStatusViewModel
from ui.summary.text_field import TextField
from ui.summary.ticket_button import TicketButton
from ui.summary.view_model import SummaryViewModel
from ui.summary.whose import WhoseBlock
from ui.summary.wrap_up import WrapUpViewModel
from ui.theme import set_style_state

SHOWN_QUOTES = 2


class SummaryPanel(QFrame):
    """Paints a SummaryViewModel and forwards what she does.

    Signals:
        typed: she changed a text; whatever could move beside her should keep still.
    """

    typed = Signal()

    def __init__(
        self, seat: Seat, *, keys: KeyMap | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("summary-panel")
        self.setProperty("role", "panel")
        self.setAccessibleName(self.tr("Summary"))
        self._view = SummaryViewModel(seat, parent=self)
        self._shown: InteractionId | None = None
        self._heading = ElidedLabel(name="summary-heading", role="title")
        self._call_line = ElidedLabel(name="summary-call", role="muted")
        self._restored = ElidedLabel(name="summary-restored")
        self._restored.setProperty("state", "warning")
        self._handover = HandoverLine(HandoverViewModel(seat, parent=self), self)
        self._overdue = ElidedLabel(name="wrap-up-overdue")
        self._overdue.setProperty("state", "warning")
        self._category = CategoryField(rows_for=self._view.category_rows)
        self._texts = {
            field: self._bound(field, name, caption, lines)
            for field, name, caption, lines in (
                (SummaryField.QUESTION, "question-field", self.tr("Question"), (1, 4)),
                (SummaryField.ANSWER, "answer-field", self.tr("Answer"), (3, 0)),
                (SummaryField.BASIS, "basis-field", self.tr("Basis"), (1, 3)),
                (SummaryField.FOLLOW_UP, "follow-up-field", self.tr("Follow-up"), (1, 3)),
            )
        }
        self._quotes = RowList(RowModel(self), lines=0)
        self._quotes.setObjectName("quotes-list")
        self._quotes.setProperty("role", "field")
        self._quotes.setAccessibleName(self.tr("Quoted articles"))
        self._quotes.set_empty_text(
            self.tr(
                "Quote an article at the right ({key}): it stands here with its version."
            ).format(key=(keys or KeyMap()).text(KeyAction.QUOTE))
        )
        self._wrap_up = WrapUpViewModel(seat.shift, parent=self)
        self._footer = Footer(SaveStatusViewModel(seat, self._view, parent=self), self._wrap_up)
        self._category_block = Labelled(self.tr("Category"), self._category)
        self._whose = WhoseBlock(self._view)
        self._parked = ParkedButton(ParkedViewModel(seat, parent=self))
        self._promise = PromiseButton(PromiseViewModel(self._view, parent=self))
        self.ticket_button = TicketButton()
        self._texts[SummaryField.FOLLOW_UP].block.put_beside(
            SideBySide(self._promise, self.ticket_button)
        )
        self._lay_out()
        self._promise.kept.connect(self._focus_follow_up)
        self._parked.opened.connect(self._focus_gap)
        self._whose.answered.connect(self.setFocus)
        self._category.chosen.connect(self._choose_category)
        self._footer.save_button.clicked.connect(self._save)
        self._footer.park_wanted.connect(self._view.park)
        self._once = OncePerRound(seat.phone.rounds, self._show, self)
        self._view.changed.connect(self._on_view)
        self._wrap_up.changed.connect(self._show_overdue)
        self._show()
        self._show_overdue()

    @property
    def save_button(self) -> QPushButton:
        return self._footer.save_button

    def bind(self, binder: KeyBinder, via: Via) -> None:
        """The keys of the summary; what acts on the page goes through ``via``."""
        self._footer.bind(binder, via)
        binder.run(KeyAction.CATEGORY, partial(via, self._focus_category))
        self._category_block.show_key(binder.text(KeyAction.CATEGORY))
        binder.label(KeyAction.PROMISE, self._promise)
        binder.label(KeyAction.TICKET, self.ticket_button)
        binder.run(KeyAction.TICKET, partial(via, self.ticket_button.click))
        binder.run(KeyAction.PROMISE, partial(via, self._promise.click))
        binder.run(KeyAction.PARKED, partial(via, self._parked.flyout.want))

    def focus_answer(self) -> None:
        """She quoted: the answer stands there, ready to be made her own."""
        self._field(SummaryField.ANSWER).setFocus(Qt.FocusReason.OtherFocusReason)

    def _bound(
        self, field: SummaryField, name: str, caption: str, lines: tuple[int, int]
    ) -> BoundField:
        bound = BoundField(
            self._view, field, name=name, caption=caption,
            least=lines[0], most=lines[1], parent=self,
        )  # fmt: skip
        bound.typed.connect(self.typed)
        ModulePopup(bound.widget, modules=self._view.modules, text_of=self._view.module_text)
        return bound

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 8)
        layout.setSpacing(8)
        head = QVBoxLayout()
        head.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._heading, 1)
        first.addWidget(self._parked)
        head.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self._call_line, 1)
        second.addWidget(self._handover)
        second.addWidget(self._restored)
        second.addWidget(self._overdue)
        head.addLayout(second)
        layout.addLayout(head)
        self._place = Scrolled(self._fields())
        layout.addWidget(self._place, 1)
        layout.addWidget(self._footer)

    def _fields(self) -> QWidget:
        """What she fills in, apart: where the window is too low it scrolls, the footer stays."""
        fields = QWidget()
        fields.setObjectName("summary-fields")
        fields.setProperty("role", "scrolled")
        layout = QVBoxLayout(fields)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._whose)
        layout.addWidget(self._category_block)
        layout.addWidget(self._texts[SummaryField.QUESTION].block)
        # The others are as high as their words.
        layout.addWidget(self._texts[SummaryField.ANSWER].block, 1)
        layout.addWidget(Labelled(self.tr("Quoted articles"), self._quotes))
        layout.addWidget(self._texts[SummaryField.BASIS].block)
        layout.addWidget(self._texts[SummaryField.FOLLOW_UP].block)
        return fields

    def _on_view(self) -> None:
        """Once for all that belongs together; but what she may be typing into changes at once, so
        that no word of hers goes to another call, nor over one that the rules wrote."""
        if self._category.isReadOnly():
            self._once.ask()
        elif self._view.selected != self._shown:
            self._show()
        else:
            for bound in self._texts.values():
                bound.show_text(fresh=False)
            self._once.ask()

    def _show(self) -> None:
        view = self._view
        fresh, self._shown = view.selected != self._shown, view.selected
        self._heading.setText(view.heading)
        self._call_line.setText(view.call_line)
        self._restored.setText(view.restored)
        self._restored.setVisible(bool(view.restored))
        self._category.setReadOnly(not view.editable)
        set_style_state(self._category, "locked", not view.editable)
        self._category.setEnabled(view.draft is not None)
        if fresh or not view.editable:
            self._category.close_list()
        self._category.show_category(view.category_key, view.text(SummaryField.CATEGORY))
        self._category_block.show_remark(
            view.missing_text(SummaryField.CATEGORY), view.category_reason
        )
        self._whose.show_people()
        for bound in self._texts.values():
            bound.show_text(fresh=fresh)
        self._quotes.row_model.show_rows(view.quotes)
        shown = min(max(len(view.quotes), 1), SHOWN_QUOTES)
        self._quotes.setFixedHeight(self._quotes.height_of(shown))
        self._promise.setEnabled(view.editable)
        self.ticket_button.setEnabled(view.draft is not None)
        self._footer.allow(saving=view.editable, parking=view.parkable)

    def _show_overdue(self) -> None:
        text = self._wrap_up.overdue_text(self._view.name_of)
        self._overdue.setText(text)
        self._overdue.setVisible(bool(text))

    def _choose_category(self, key: str) -> None:
        self._view.set_category(key)
        self.typed.emit()

    def _save(self) -> None:
        """Her key: on a refusal the cursor goes to the first field that is missing."""
        self._view.save()
        missing = self._view.missing
        if SummaryField.CUSTOMER in missing:
            self._whose.ask()
            self._place.ensureWidgetVisible(self._whose)
        elif missing:
            self._field(missing[0]).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_category(self) -> None:
        self._category.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_gap(self) -> None:
        """Where there is something to do: the first gap but whose it is, else the answer."""
        gaps = [gap for gap in self._view.gaps if gap is not SummaryField.CUSTOMER]
        field = self._field(gaps[0] if gaps else SummaryField.ANSWER)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_follow_up(self) -> None:
        self._field(SummaryField.FOLLOW_UP).setFocus(Qt.FocusReason.OtherFocusReason)

    def _field(self, field: SummaryField) -> QLineEdit | TextField:
        return self._category if field is SummaryField.CATEGORY else self._texts[field].widget
