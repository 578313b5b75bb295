"""The call bar: always there, at most 60 px high, live for hang-up at any moment (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.call_bar.actions import CallActions
from ui.call_bar.dial_box import DialBox
from ui.call_bar.facts_line import FactsLine
from ui.call_bar.line_marks import LineMarks
from ui.call_bar.model import CallBarModel
from ui.call_bar.tabs import CallTabs
from ui.call_bar.view import CallBarView
from ui.keys import KeyMap
from ui.one_layout import one_layout
from ui.theme import Theme

HEIGHT_PX = 58
COMPACT_PX = 1160


class CallBar(QFrame):
    """Paints the CallBarModel and forwards what the agent does.

    Signals:
        transfer_wanted: find somebody for this call; with True: to be asked first.
    """

    transfer_wanted = Signal(str, bool)

    def __init__(self, model: CallBarModel, *, keys: KeyMap, theme: Theme,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName("call-bar")
        self.setProperty("role", "bar")
        self.dial_box = DialBox(model, keys, self)
        self.tabs = CallTabs(theme, self)
        self.facts = FactsLine(keys, self)
        self.marks = LineMarks(self)
        self.call_actions = CallActions(model, keys, self)
        self._compact = False
        self._model = model
        self._lay_out()
        self.tabs.tab_wanted.connect(model.select)
        self.call_actions.transfer_wanted.connect(self._on_transfer)
        self.facts.back_wanted.connect(model.go_back)
        self.facts.split_wanted.connect(model.split)
        model.levels_changed.connect(self.marks.meter.show_levels)
        model.timer_changed.connect(self.facts.show_timer)
        model.changed.connect(self._show)
        self._show(model.view)

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(2)
        middle.addWidget(self.tabs)
        middle.addWidget(self.facts)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 3, 8, 3)
        layout.setSpacing(10)
        layout.addWidget(self.dial_box)
        layout.addLayout(middle, 1)
        layout.addWidget(self.marks, alignment=Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.call_actions)
        self.setFixedHeight(HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = event.size().width() < COMPACT_PX
        if compact != self._compact:
            self._compact = compact
            for part in (self.call_actions, self.marks, self.dial_box):
                part.fit(compact=compact)
            self._show(self._model.view)

    def minimumSizeHint(self) -> QSize:
        """The window may become narrow; then the bar becomes compact."""
        return QSize(0, HEIGHT_PX)

    def _on_transfer(self, ask_first: bool) -> None:
        interaction_id = self._model.transfer_from()
        if interaction_id is not None:
            self.transfer_wanted.emit(interaction_id, ask_first)

    def _show(self, view: CallBarView) -> None:
        with one_layout(self.facts, self.marks, self.call_actions, self):
            self.tabs.setVisible(bool(view.tabs))
            self.tabs.show_view(view)
            self.facts.show_view(view)
            self.call_actions.show_view(view)
            self.dial_box.show_view(view)
            talking = view.can_send_digits
            self.marks.setVisible(view.can_mute)
            self.marks.show_marks(view.quality, view.secrecy)
            if not talking:
                self.marks.meter.show_levels(0.0, 0.0)
