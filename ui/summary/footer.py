"""Below the summary: the save key, how far saving has come, and the wrap-up countdown (⑥, ⑦)."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.labels import ElidedLabel, plain_label
from ui.summary.save_status import SaveStatusViewModel
from ui.summary.wrap_up import WrapUpViewModel
from ui.theme import set_style_state


class Footer(QWidget):
    """Its buttons keep their place when the countdown comes and goes."""

    def __init__(
        self, status: SaveStatusViewModel, wrap_up: WrapUpViewModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._status_view = status
        self._wrap_up_view = wrap_up
        self.save_button = QPushButton(self.tr("Save"))
        self.save_button.setObjectName("save-button")
        self.save_button.setAccessibleName(self.tr("Save the summary"))
        self.save_button.setProperty("kind", "primary")
        self._status = ElidedLabel(name="save-status", role="muted")
        self._wrap_up = plain_label(name="wrap-up-label", role="timer")
        self._wrap_up.setProperty("state", "wrap-up")
        self._go_on = QPushButton(self.tr("Continue"))
        self._go_on.setObjectName("continue-wrap-up-button")
        self._go_on.setAccessibleName(self.tr("Continue wrap-up for another period"))
        self._end = QPushButton(self.tr("End now"))
        self._end.setObjectName("end-wrap-up-button")
        self._end.setAccessibleName(self.tr("End wrap-up now"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.save_button)
        layout.addWidget(self._status, 1)
        layout.addWidget(self._wrap_up)
        layout.addWidget(self._go_on)
        layout.addWidget(self._end)
        self._go_on.clicked.connect(wrap_up.go_on)
        self._end.clicked.connect(wrap_up.end)
        status.changed.connect(self._show_status)
        wrap_up.changed.connect(self._show_wrap_up)
        self._show_status()
        self._show_wrap_up()

    def allow_saving(self, *, allowed: bool) -> None:
        self.save_button.setEnabled(allowed)

    def _show_status(self) -> None:
        self._status.setText(self._status_view.text)
        set_style_state(self._status, "state", self._status_view.kind)

    def _show_wrap_up(self) -> None:
        self._wrap_up.setText(self._wrap_up_view.text)
        for widget in (self._wrap_up, self._go_on, self._end):
            widget.setVisible(self._wrap_up_view.running)
