"""The caller's card at the left of the desk page: who, which rule, what was said before (⑤)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from agent_app.desk.rounds import OncePerRound
from agent_app.desk.seat import Seat
from agent_app.domain.ids import InteractionId
from ui.caller.facts import Facts
from ui.caller.finder import Finder, FinderModel
from ui.caller.fitted_text import FittedText
from ui.caller.moved import MovedModel, MovedNotice
from ui.caller.tickets import TicketList
from ui.caller.view_model import CallerViewModel
from ui.customer.model import CustomerFormModel
from ui.keys import KeyMap
from ui.labels import ElidedLabel, plain_label
from ui.on_demand import OnDemand
from ui.one_layout import one_layout
from ui.particulars import Particulars, ParticularsModel
from ui.rows.clipped import ClippedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.rows.row import Row
from ui.side_by_side import SideBySide
from ui.theme import set_style_state

SHOWN_CANDIDATES = 4
SHOWN_NUMBERS = 3


class CallerPanel(QFrame):
    """Paints a CallerViewModel.

    Signals:
        number_clicked: the number to put into the dial field; never dials.
    """

    number_clicked = Signal(str)

    def __init__(
        self, seat: Seat, *, keys: KeyMap | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("caller-panel")
        self.setProperty("role", "panel")
        self.setAccessibleName(self.tr("Caller"))
        keys = keys or KeyMap()
        self._view = CallerViewModel(
            cards=seat.cards,
            focus=seat.focus,
            clock=seat.clock,
            practice=seat.agent.practice,
            keys=keys,
            categories=lambda: seat.knowledge.categories,
            parent=self,
        )
        self.form = CustomerFormModel(seat, self)
        self.edit_button = QPushButton(self)
        self.edit_button.setObjectName("caller-edit-button")
        self.edit_button.setProperty("kind", "inline")
        self.edit_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._provisional = plain_label(name="caller-provisional")
        self._provisional.setProperty("chip", "warning")
        self._name = ClippedLabel(lines=3, name="caller-name", role="title")
        self._number = ElidedLabel(name="caller-number", role="muted")
        self._reason = ClippedLabel(lines=2, name="caller-reason", role="muted")
        self._advice = ClippedLabel(lines=4, name="caller-advice", role="muted")
        self._candidates = self._list("candidate-list", self.tr("Who is calling"), lines=2)
        self._facts = Facts()
        self.moved = MovedModel(self._view, seat.caller.relinking, self)
        self._notice = MovedNotice(self.moved, keys)
        self._caller = seat.caller
        self.finder = OnDemand(self._build_finder, self)
        self._particulars = ParticularsModel(seat.caller.reveals, parent=self)
        self.particulars = Particulars(self._particulars, keys)
        self.other_button = QPushButton(self)
        self.other_button.setObjectName("caller-other-button")
        self.other_button.setProperty("kind", "inline")
        self.other_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._numbers = self._list("number-list", self.tr("Numbers; fills the dial field"), lines=0)
        self._history_title = plain_label(name="history-title", role="caption")
        self._history = self._list("history-list", self.tr("Last calls"), lines=2)
        self._history.setMinimumHeight(self._history.height_of(1))
        self._past = FittedText(
            name="history-text", spoken=self.tr("The chosen call in full"), least=3, most=8
        )
        self._past_key = ""
        self._shown: InteractionId | None = None
        self._buttons = SideBySide(self.edit_button, self.other_button)
        self._tickets: TicketList | None = None
        self._column = QVBoxLayout(self)
        self._lay_out()
        self._candidates.chosen.connect(self._choose)
        self._numbers.chosen.connect(self.number_clicked)
        self._history.chosen.connect(self._open_past)
        once = OncePerRound(seat.phone.rounds, self._show, self, first=True)
        self._view.changed.connect(once.ask)
        seat.phone.rounds.first.connect(self._paint_now)
        self.edit_button.clicked.connect(self.form.toggle)
        self.other_button.clicked.connect(self.finder.want)
        self._show()

    def choose_candidate(self, place: int) -> None:
        """The number key ``place`` (1…9) was pressed: it is that candidate."""
        self._candidates.choose_at(place - 1)

    def _list(self, name: str, spoken: str, *, lines: int) -> RowList:
        rows = RowList(RowModel(self), lines=lines)
        rows.setObjectName(name)
        rows.setAccessibleName(spoken)
        return rows

    def _build_finder(self) -> Finder:
        finder = Finder(FinderModel(self._view, self._caller, self))
        self._column.insertWidget(self._column.indexOf(self._notice) + 1, finder)
        finder.follow(self._notice.close_button)
        finder.folded.connect(self.other_button.setFocus)
        return finder

    def _lay_out(self) -> None:
        layout = self._column
        layout.setContentsMargins(8, 16, 8, 8)
        layout.setSpacing(8)
        head = QVBoxLayout()
        head.setContentsMargins(8, 0, 8, 0)
        head.setSpacing(4)
        for label in (self._name, self._number, self._reason, self._advice):
            head.addWidget(label)
        head.addWidget(self._provisional, alignment=Qt.AlignmentFlag.AlignLeft)
        head.addWidget(self._buttons)
        layout.addLayout(head)
        layout.addWidget(self._notice)
        layout.addWidget(self._candidates)
        layout.addWidget(self._facts)
        layout.addWidget(self.particulars)
        layout.addWidget(self._numbers)
        caption = QVBoxLayout()
        caption.setContentsMargins(8, 0, 8, 0)
        caption.addWidget(self._history_title)
        layout.addLayout(caption)
        layout.addWidget(self._history, 100)
        layout.addWidget(self._past)
        layout.addStretch(1)

    def _choose(self, key: str) -> None:
        """A key for a candidate of the call before, who stands there still, is nobody's."""
        if self._shown == self._view.selected:
            self._view.choose(key)

    def _show(self) -> None:
        self._shown = self._view.selected
        with one_layout(self._facts, self):
            self._show_card(self._view)

    def _paint_now(self) -> None:
        """Where it stays: what asks for more room while it is laid out is heard before."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self.repaint()

    def _show_card(self, view: CallerViewModel) -> None:
        self._name.setText(view.name)
        self._name.setAccessibleName(view.name)
        self._number.setText(view.number_line)
        self._number.setVisible(bool(view.number_line))
        self._reason.setText(view.reason)
        self._reason.setVisible(bool(view.reason))
        self._advice.setText(view.advice)
        self._advice.setVisible(bool(view.advice))
        set_style_state(self._advice, "state", "fault" if view.is_fault else "")
        self._provisional.setText(view.provisional)
        self._provisional.setVisible(bool(view.provisional))
        self.edit_button.setText(view.edit_word)
        self.edit_button.setVisible(view.editable and self.form.allowed)
        self.other_button.setText(view.other_word)
        self.other_button.setVisible(view.editable)
        self._buttons.arrange()
        self._facts.show_facts(view)
        self._show_tickets()
        self._particulars.show(view.customer)
        self._candidates.show_lines(2 if view.customer is None else 0)
        self._fill(self._candidates, view.candidates, SHOWN_CANDIDATES)
        self._fill(self._numbers, view.numbers, SHOWN_NUMBERS)
        self._history_title.setText(view.history_title)
        for widget in (self._history_title, self._history):
            widget.setVisible(view.has_history)
        self._history.set_empty_text(view.history_empty)
        history = view.history
        self._history.row_model.show_rows(history)
        self._history.want(max(len(history), 1))
        self._show_past()

    def _show_tickets(self) -> None:
        """Most callers have none: the list is made for the first one who does."""
        rows = self._view.tickets
        if self._tickets is None:
            if not rows:
                return
            self._tickets = TicketList()
            self._column.insertWidget(self._column.indexOf(self._facts) + 1, self._tickets)
        self._tickets.show_rows(self._view.tickets_title, rows)

    def _fill(self, rows: RowList, content: tuple[Row, ...], shown: int) -> None:
        rows.row_model.show_rows(content)
        rows.setVisible(bool(content))
        rows.setFixedHeight(rows.height_of(min(len(content), shown)))

    def _open_past(self, key: str) -> None:
        """Choosing a call shows it in full, choosing it again puts it away."""
        self._past_key = "" if key == self._past_key else key
        self._show_past()

    def _show_past(self) -> None:
        text = self._view.past_text(self._past_key)
        if text != self._past.toPlainText():
            self._past.setPlainText(text)
        self._past.setVisible(bool(text))
