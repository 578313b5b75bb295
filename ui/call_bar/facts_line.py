"""One line about the call the buttons act on; queue and dialled line stay during the call."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.call_bar.facts import CallFacts
from ui.call_bar.model import CallBarView
from ui.labels import ElidedLabel, plain_label
from ui.theme import set_style_state

NAME_PX = 168


class FactsLine(QWidget):
    """Timer, name, number, and where the call came from; its state is on the tab above."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("call-facts")
        self._timer = plain_label(name="call-timer", role="timer")
        self._name = ElidedLabel(name="call-name", role="value")
        self._number = plain_label(name="call-number")
        self._remark = plain_label(name="call-remark", role="value")
        self._details = ElidedLabel(name="call-details", role="muted")
        self._quiet = ElidedLabel(name="call-refusal", role="muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._timer, self._name, self._number, self._remark):
            layout.addWidget(widget)
        layout.addWidget(self._details, 1)
        layout.addWidget(self._quiet, 1)
        self._name.setMaximumWidth(NAME_PX)
        self._compact = False
        for label in (self._details, self._quiet):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_compact(self, compact: bool) -> None:
        """In a narrow window name and number are left to the tab above."""
        self._compact = compact

    def show_view(self, view: CallBarView) -> None:
        facts = view.facts
        self._timer.setVisible(facts is not None)
        self._name.setVisible(facts is not None and not self._compact)
        self._number.setVisible(facts is not None and bool(facts.number) and not self._compact)
        self._remark.setVisible(facts is not None and bool(facts.remark))
        self._details.setVisible(facts is not None and not view.refusal)
        self._quiet.setVisible(facts is None or bool(view.refusal))
        self._quiet.setText(view.refusal or self.tr("No call"))
        set_style_state(self._quiet, "state", "fault" if view.refusal else "")
        if facts is not None:
            self._show_facts(facts)

    def _show_facts(self, facts: CallFacts) -> None:
        for widget in (self._timer, self._remark):
            set_style_state(widget, "state", facts.look.value)
        self._timer.setText(facts.timer)
        self._name.setText(facts.name)
        self._number.setText(facts.number)
        self._remark.setText(facts.remark)
        self._details.setText(facts.details)
        said = (facts.state, facts.name, facts.number, facts.remark, facts.details)
        self.setAccessibleName(" · ".join(text for text in said if text))
