"""The violet striped strip: a practice window can never be mistaken for duty (step ①)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ui.buttons import KeyButton
from ui.choice_box import ChoiceBox
from ui.icons import SvgMark
from ui.key_binder import KeyBinder
from ui.keys import KeyAction, KeyMap
from ui.labels import ElidedLabel, plain_label
from ui.practice.model import PracticeModel, PracticeView
from ui.practice.stripes import Stripes
from ui.theme import Theme, set_style_state

HEIGHT_PX = 40


class PracticeBar(Stripes):
    """Says that this is practice, and lets a caller ring."""

    def __init__(self, model: PracticeModel, *, keys: KeyMap, theme: Theme,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(theme, parent)
        self._model = model
        self.setObjectName("practice-banner")
        self._mark = SvgMark("state-practice", size=18, parent=self)
        self._title = plain_label(self.tr("Practice centre"), name="practice-title", role="heading")
        self._meaning = ElidedLabel(
            self.tr("Callers are simulated; no citizen is on the line."), name="practice-meaning"
        )
        self._status = ElidedLabel(name="practice-status", role="value")
        self._chooser = ChoiceBox(self)
        self.ring_button = KeyButton(
            name="ring-caller-button", words=(self.tr("Let a caller ring"),), icon="bell",
            key=keys.text(KeyAction.RING_CALLER), kind="practice", parent=self)  # fmt: skip
        self._lay_out()
        for widget in (self, self._mark, self._title, self._meaning, self._status):
            set_style_state(widget, "state", "practice")
        self.ring_button.clicked.connect(self._ring)
        model.changed.connect(self._show)
        self._fill_chooser(model.view)
        self._show(model.view)

    def _lay_out(self) -> None:
        self._chooser.setObjectName("scenario-chooser")
        self._chooser.setAccessibleName(self.tr("Scenario"))
        self._chooser.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._chooser.setMinimumContentsLength(14)
        self._chooser.setFixedWidth(232)
        self.ring_button.fit()
        self._status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self._mark)
        layout.addWidget(self._title)
        layout.addWidget(self._meaning)
        layout.addWidget(self._status, 1)
        layout.addWidget(self._chooser)
        layout.addWidget(self.ring_button)
        self.setFixedHeight(HEIGHT_PX)

    def bind(self, binder: KeyBinder) -> None:
        binder.run(KeyAction.RING_CALLER, self.ring_button.click)

    def _fill_chooser(self, view: PracticeView) -> None:
        self._chooser.addItem(self.tr("Next scenario in turn"), None)
        for choice in view.choices:
            self._chooser.addItem(choice.title, choice.scenario_id)

    def _show(self, view: PracticeView) -> None:
        self.ring_button.setEnabled(view.can_ring)
        self._status.setText(view.status)

    def _ring(self) -> None:
        chosen = self._chooser.currentData()
        self._model.let_caller_ring(chosen if isinstance(chosen, str) else None)
