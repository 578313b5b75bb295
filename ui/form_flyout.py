"""A form that unfolds over the page: every key of the call stays live beside it (step ⑥)."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.buttons import push_button
from ui.flyout import Flyout
from ui.form_model import AnyFormModel
from ui.labels import ElidedLabel
from ui.theme import set_style_state


class FormFlyout(Flyout):
    """Esc leaves the form and keeps what was typed; sending and discarding are buttons."""

    def __init__(self, name: str, form: AnyFormModel, anchor: QWidget) -> None:
        super().__init__(name, "", anchor)
        self._state = form
        self._note = ElidedLabel(name=f"{name}-note")
        self._discard = push_button(self, f"{name}-discard-button", self.tr("Discard"))

    def finish(self, go: QPushButton, width: int) -> None:
        """Put the foot below the fields, with ``go``, which sends; then follow the model.

        Who builds it connects ``opened`` with ``want``.
        """
        go.setProperty("kind", "primary")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._note, 1)
        foot.addWidget(self._discard)
        foot.addWidget(go)
        self.body.addLayout(foot)
        self.setFixedWidth(width)
        self._discard.clicked.connect(self._state.discard)
        self.closed.connect(self._state.leave)
        self._state.changed.connect(self._show_state)
        self._state.closed.connect(self.dismiss)

    @abstractmethod
    def want(self) -> None:
        """Fill everything in anew and stand there."""

    def _show_state(self) -> None:
        """What is wrong, and what she should know."""
        self._note.setText(self._state.note)
        set_style_state(self._note, "state", "fault" if self._state.is_fault else "warning")
