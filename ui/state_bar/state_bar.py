"""The bar across the top: state at the left, what can be trusted at the right (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from ui.formatting import button_text, tooltip
from ui.icons import ButtonIcon, SvgMark, icon_for
from ui.keys import KeyAction, KeyMap
from ui.labels import ElidedLabel
from ui.state_bar.indicator import Indicator
from ui.state_bar.model import StateBarModel, StateBarView
from ui.state_bar.state_button import StateButton
from ui.theme import set_style_state


class IndicatorLabel(QWidget):
    """An icon and words for one thing that can be well or not."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._mark = SvgMark("info", size=16, parent=self)
        self._text = ElidedLabel(name=f"{name}-text")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(6)
        layout.addWidget(self._mark)
        layout.addWidget(self._text)

    def show_indicator(self, indicator: Indicator) -> None:
        self._mark.show_icon(indicator.icon)
        self._text.setText(indicator.text)
        for widget in (self, self._mark, self._text):
            set_style_state(widget, "health", indicator.health.value)
        explanation = f"{indicator.text}\n{indicator.explanation}".strip()
        self.setToolTip(tooltip(explanation))
        self.setAccessibleName(indicator.text)
        self.setAccessibleDescription(indicator.explanation)


class ClickableIndicator(IndicatorLabel):
    """One that has more to say.

    Signals:
        clicked: by mouse, or by the space bar or Enter while it has the focus.
    """

    clicked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.clicked.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class StateBar(QFrame):
    """Paints the StateBarModel.

    Signals:
        outbox_wanted: the agent asked what waits.
        pick_up_wanted: the agent asked what rings at colleagues'.
        copy_wanted: the agent asked about this computer's copy of the centre.
    """

    outbox_wanted = Signal()
    pick_up_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, model: StateBarModel, menu_button: QToolButton, keys: KeyMap,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName("state-bar")
        self.setProperty("role", "bar")
        self.state_button = StateButton(model, self)
        self._agent = ElidedLabel(name="agent-label", role="muted")
        self.pick_up = QToolButton(self)
        self.pick_up.setText(self.tr("Pick up {key}").format(key=keys.text(KeyAction.PICK_UP)))
        self._phone = IndicatorLabel("phone-indicator", self)
        self.server = ClickableIndicator("server-indicator", self)
        self._outbox = QToolButton(self)
        self._outbox_icon: ButtonIcon = icon_for(self._outbox, "outbox", size=16)
        self._sound = IndicatorLabel("sound-indicator", self)
        self._lay_out(menu_button)
        self._outbox.clicked.connect(self.outbox_wanted)
        self.server.clicked.connect(self.copy_wanted)
        self.pick_up.clicked.connect(self.pick_up_wanted)
        model.changed.connect(self._show)
        self._show(model.view)

    def _lay_out(self, menu_button: QToolButton) -> None:
        self._outbox.setObjectName("outbox-button")
        self.pick_up.setObjectName("pick-up-button")
        self.pick_up.setAccessibleName(self.tr("Pick up a colleague's call"))
        self.pick_up.setToolTip(self.tr("Calls that ring at colleagues'"))
        icon_for(self.pick_up, "pick-up", size=16)
        for button in (self._outbox, self.pick_up):
            button.setProperty("kind", "quiet")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(8)
        layout.addWidget(self.state_button)
        layout.addWidget(self._agent, 1)
        layout.addWidget(self.pick_up)
        for widget in (self._phone, self.server, self._outbox, self._sound):
            layout.addWidget(widget)
        layout.addWidget(menu_button)
        self.setFixedHeight(41)

    def add_marks(self, marks: QWidget) -> None:
        """What waits to be read, before the things that can be well or not."""
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.insertWidget(layout.indexOf(self.pick_up), marks)

    def _show(self, view: StateBarView) -> None:
        self.state_button.show_view(view)
        self._agent.setText(view.agent)
        self._phone.show_indicator(view.phone)
        self.server.show_indicator(view.server)
        self._sound.show_indicator(view.sound)
        self._outbox.setText(button_text(view.outbox.text))
        self._outbox.setAccessibleName(view.outbox.text)
        self._outbox.setToolTip(tooltip(self.tr("Show what waits for the server")))
        set_style_state(self._outbox, "health", view.outbox.health.value)
