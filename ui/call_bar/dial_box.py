"""The field for a number and the second act that dials it (step ⑥).

A number clicked anywhere on the screen arrives here and waits: nothing dials by accident.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from ui.call_bar.model import CallBarModel
from ui.call_bar.view import CallBarView
from ui.formatting import tooltip
from ui.icons import icon_for
from ui.keys import KeyAction, KeyMap
from ui.theme import set_style_state

FIELD_PX = 152
NARROW_PX = 104
LONGEST_NUMBER = 40


class DialField(QLineEdit):
    """Down opens the last calls, as in a list that unfolds.

    Signals:
        history_wanted.
    """

    history_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.history_wanted.emit()
        else:
            super().keyPressEvent(event)


class DialBox(QWidget):
    """Dial field, the arrow to the last calls, dial button.

    Signals:
        history_wanted: show the last calls.
    """

    history_wanted = Signal()

    def __init__(self, model: CallBarModel, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.field = DialField(self)
        self.field.setObjectName("dial-field")
        self.field.setAccessibleName(self.tr("Number to dial"))
        self.field.setPlaceholderText(
            self.tr("Number  {key}").format(key=keys.text(KeyAction.DIAL_FIELD))
        )
        self.field.setMaxLength(LONGEST_NUMBER)
        self.field.setFixedWidth(FIELD_PX)
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.history_button = QToolButton(self)
        self.history_button.setObjectName("history-button")
        self._history_tip = self.tr("Last calls  {key}").format(key=keys.text(KeyAction.HISTORY))
        self.show_missed(0)
        self.history_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        icon_for(self.history_button, "history")
        self.button = QPushButton(self)
        self.button.setObjectName("dial-button")
        self.button.setAccessibleName(self.tr("Dial"))
        self.button.setToolTip(self.tr("Dial (Enter)"))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        icon_for(self.button, "dial")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(self.history_button)
        layout.addWidget(self.button)
        self.field.returnPressed.connect(self._dial)
        self.button.clicked.connect(self._dial)
        self.field.history_wanted.connect(self.history_wanted)
        self.history_button.clicked.connect(self.history_wanted)
        self.field.textEdited.connect(self._on_edited)

    def show_missed(self, missed: int) -> None:
        """Missed calls she has not looked at colour the way to them; the words say how many."""
        text = self._history_tip
        if missed:
            text = self.tr("{last_calls} · {number} missed").format(last_calls=text, number=missed)
        self.history_button.setAccessibleName(text)
        self.history_button.setToolTip(tooltip(text))
        set_style_state(self.history_button, "health", "fault" if missed else "")

    def fit(self, *, compact: bool) -> None:
        self.field.setFixedWidth(NARROW_PX if compact else FIELD_PX)

    def fill(self, number: str) -> None:
        """Put a number in, ready to be dialled by Enter; dials nothing."""
        self.field.setText(number)
        self._model.clear_refusal()
        self.focus_field()

    def refuse(self, why: str) -> None:
        """Say why what came from outside is not in the field."""
        self._model.refuse(why)

    def focus_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_view(self, view: CallBarView) -> None:
        set_style_state(self.field, "state", "fault" if view.refusal else "")
        self.field.setAccessibleDescription(view.refusal)

    def _on_edited(self, _text: str) -> None:
        self._model.clear_refusal()

    def _dial(self) -> None:
        """Enter in the empty field only brings the last number back; the second one dials it."""
        last = self._model.last_dialled
        if not self.field.text().strip() and last:
            self.fill(last)
        elif self._model.dial(self.field.text()):
            self.field.clear()
