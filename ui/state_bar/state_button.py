"""The agent's state as a shape, a word and a timer, and the menu to choose it (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from agent_app.domain.agent_state import AgentState
from ui.formatting import tooltip
from ui.icons import SvgMark
from ui.labels import TimeLabel, plain_label
from ui.state_bar.model import StateBarModel, StateBarView
from ui.theme import set_style_state


class StateButton(QToolButton):
    """Opens the choice of states; during a call the choice is what comes after it."""

    def __init__(self, model: StateBarModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("state-button")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._shape = SvgMark("state-signed-out", size=16, parent=self)
        self._word = plain_label(role="value", name="state-word")
        self._timer = TimeLabel(name="state-timer", role="value")
        self._arrow = SvgMark("down", size=14, parent=self)
        self._lay_out()
        self._menu = QMenu(self)
        self._menu.setObjectName("state-menu")
        self._menu.aboutToShow.connect(self._fill_menu)
        self.setMenu(self._menu)
        model.timer_changed.connect(self._timer.setText)
        self.show_view(model.view)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self._shape)
        layout.addWidget(self._word)
        layout.addStretch(1)
        layout.addWidget(self._timer)
        layout.addWidget(self._arrow)
        for label in (self._word, self._timer):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(212, 32)

    def show_view(self, view: StateBarView) -> None:
        self._shape.show_icon(view.icon)
        self._word.setText(view.word)
        self._timer.setText(view.timer)
        for widget in (self, self._shape, self._word, self._timer, self._arrow):
            set_style_state(widget, "state", view.state.value)
        self.setToolTip(tooltip(view.explanation))
        self.setAccessibleName(self.tr("Agent state: {state}").format(state=view.word))
        self.setAccessibleDescription(view.explanation)

    def _fill_menu(self) -> None:
        """Made when it opens, so that it shows what can be chosen now."""
        view = self._model.view
        self._menu.clear()
        if view.wrapping_up:
            self._add(self.tr("End wrap-up now")).triggered.connect(self._model.end_wrap_up)
            self._add(self.tr("Continue wrap-up")).triggered.connect(self._model.continue_wrap_up)
            self._menu.addSeparator()
        if view.during_call:
            self._add(self.tr("Afterwards:")).setEnabled(False)
        group = QActionGroup(self._menu)
        for state, word in view.choices:
            action = self._add(word)
            action.setCheckable(True)
            action.setChecked(state is view.next_state)
            action.setData(state.value)
            action.setObjectName(f"choose-{state.value}")
            group.addAction(action)
        group.triggered.connect(self._on_chosen)

    def _add(self, text: str) -> QAction:
        action = QAction(text, self._menu)
        self._menu.addAction(action)
        return action

    def _on_chosen(self, action: QAction) -> None:
        self._model.choose(AgentState(action.data()))
