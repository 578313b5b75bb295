"""A field with its name above and, beside the name, what is wrong with it (step ⑥)."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.labels import ElidedLabel, plain_label
from ui.theme import set_style_state


class Labelled(QWidget):
    """The remark has its own place in the caption line, so that nothing moves when it appears."""

    def __init__(self, caption: str, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._name = name = field.objectName()
        self._caption = ElidedLabel(caption, name=f"{name}-caption", role="caption")
        self._caption.setBuddy(field)
        self._remark = ElidedLabel(name=f"{name}-remark", role="caption")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._caption)
        line.addWidget(self._remark, 1)
        self._line = line
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(field, 1)

    def show_key(self, key: str) -> None:
        """The key that leads to the field, at the right end of the caption line."""
        self._line.addWidget(plain_label(key, name=f"{self._name}-key", role="caption"))

    def put_beside(self, widget: QWidget) -> None:
        """Something at the right end of the caption line."""
        self._line.addWidget(widget)

    def show_remark(self, text: str, note: str = "") -> None:
        """Say what is missing; empty takes it away, and leaves a note where there is one."""
        self._remark.setText(text or note)
        state = "fault" if text else ""
        set_style_state(self._remark, "state", state)
        set_style_state(self._field, "state", state)
        self._field.setAccessibleDescription(text)
