"""The field for a number and the second act that dials it (step ⑥).

A number clicked anywhere on the screen arrives here and waits: nothing dials by accident.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from ui.call_bar.model import CallBarModel, CallBarView
from ui.icons import icon_for
from ui.keys import KeyAction, KeyMap
from ui.theme import set_style_state

FIELD_PX = 152
LONGEST_NUMBER = 40


class DialBox(QWidget):
    """Dial field and dial button."""

    def __init__(self, model: CallBarModel, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.field = QLineEdit(self)
        self.field.setObjectName("dial-field")
        self.field.setAccessibleName(self.tr("Number to dial"))
        self.field.setPlaceholderText(
            self.tr("Number  {key}").format(key=keys.text(KeyAction.DIAL_FIELD))
        )
        self.field.setMaxLength(LONGEST_NUMBER)
        self.field.setFixedWidth(FIELD_PX)
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.button = QPushButton(self)
        self.button.setObjectName("dial-button")
        self.button.setAccessibleName(self.tr("Dial"))
        self.button.setToolTip(self.tr("Dial (Enter)"))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        icon_for(self.button, "dial")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.button)
        self.field.returnPressed.connect(self._dial)
        self.button.clicked.connect(self._dial)
        self.field.textEdited.connect(self._on_edited)

    def fill(self, number: str) -> None:
        """Put a number in, ready to be dialled by Enter; dials nothing."""
        self.field.setText(number)
        self._model.clear_refusal()
        self.focus_field()

    def focus_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_view(self, view: CallBarView) -> None:
        set_style_state(self.field, "state", "fault" if view.refusal else "")
        self.field.setAccessibleDescription(view.refusal)

    def _on_edited(self, _text: str) -> None:
        self._model.clear_refusal()

    def _dial(self) -> None:
        if self._model.dial(self.field.text()):
            self.field.clear()
