"""One line about the call the buttons act on; queue and dialled line stay during the call."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.call_bar.facts import CallFacts
from ui.call_bar.view import CallBarView
from ui.formatting import joined
from ui.keys import KeyAction, KeyMap
from ui.labels import ElidedLabel, TimeLabel, plain_label
from ui.theme import set_style_state

NAME_PX = 168
NARROW_PX = 420


class FactsLine(QWidget):
    """Timer, name, number, and where the call came from; its state is on the tab above.

    While a transfer is on its way, or failed, that stands in the place of where it came from.

    Signals:
        back_wanted: from the one she asked to the caller.
        split_wanted: out of the conference, one by one.
    """

    back_wanted = Signal()
    split_wanted = Signal()

    def __init__(self, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("call-facts")
        self._timer = TimeLabel(name="call-timer", role="timer")
        self._name = ElidedLabel(name="call-name", role="value")
        self._number = plain_label(name="call-number")
        self._remark = plain_label(name="call-remark", role="value")
        self._details = ElidedLabel(name="call-details", role="muted")
        self._progress = ElidedLabel(name="call-progress", role="value")
        self._quiet = ElidedLabel(name="call-refusal", role="muted")
        back = self.tr("Back to caller {key}").format(key=keys.text(KeyAction.CONSULT))
        self._back = self._button("consult-back-button", back)
        self._split = self._button("split-button", self.tr("Split"))
        self._lay_out()
        self._narrow = False
        self._view = CallBarView()
        self._back.clicked.connect(self.back_wanted)
        self._split.clicked.connect(self.split_wanted)

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setProperty("kind", "inline")
        button.hide()
        return button

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._timer, self._name, self._number, self._remark):
            layout.addWidget(widget)
        for label in (self._details, self._progress, self._quiet):
            layout.addWidget(label, 1)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for button in (self._back, self._split):
            layout.addWidget(button)
        self._name.setMaximumWidth(NAME_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window name and number are left to the tab above."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW_PX
        if narrow != self._narrow:
            self._narrow = narrow
            self._choose(self._view)

    def show_timer(self, timer: str) -> None:
        self._timer.setText(timer)

    def show_view(self, view: CallBarView) -> None:
        self._view = view
        self._choose(view)
        self._quiet.setText(view.refusal or self.tr("No call"))
        self._progress.setText(view.progress)
        set_style_state(self._quiet, "state", "fault" if view.refusal else "")
        set_style_state(self._progress, "state", view.progress_health)
        if view.facts is not None:
            self._show_facts(view.facts, view.progress)

    def _choose(self, view: CallBarView) -> None:
        """Which parts there is room and reason for."""
        facts, telling = view.facts, bool(view.progress) and not view.refusal
        roomy = facts is not None and not self._narrow and not telling
        self._timer.setVisible(facts is not None)
        self._name.setVisible(roomy)
        self._number.setVisible(roomy and facts is not None and bool(facts.number))
        self._remark.setVisible(facts is not None and bool(facts.remark) and not telling)
        self._details.setVisible(facts is not None and not view.refusal and not telling)
        self._progress.setVisible(facts is not None and telling)
        self._quiet.setVisible(facts is None or bool(view.refusal))
        self._back.setVisible(view.can_go_back)
        self._split.setVisible(view.can_leave)

    def _show_facts(self, facts: CallFacts, progress: str) -> None:
        for widget in (self._timer, self._remark):
            set_style_state(widget, "state", facts.look.value)
        self._timer.setText(facts.timer)
        self._name.setText(facts.name)
        self._number.setText(facts.number)
        self._remark.setText(facts.remark)
        self._details.setText(facts.details)
        said = (facts.state, facts.name, facts.number, facts.remark, progress, facts.details)
        self.setAccessibleName(joined(*said))
