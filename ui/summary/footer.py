"""Below the summary: the save key, how far saving has come, and the wrap-up countdown (⑥, ⑦)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.key_binder import KeyBinder, Via
from ui.keys import KeyAction
from ui.labels import ElidedLabel, plain_label
from ui.summary.save_status import SaveStatusViewModel
from ui.summary.wrap_up import WrapUpViewModel
from ui.theme import set_style_state


class Footer(QWidget):
    """Its buttons keep their place when the countdown comes and goes.

    Signals:
        park_wanted: she puts the summary on the page by.
    """

    park_wanted = Signal()

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
        self._end.setAccessibleName(self.tr("End wrap-up now; the summary is parked"))
        self._park = QPushButton(self.tr("Park"))
        self._park.setObjectName("park-button")
        self._park.setAccessibleName(self.tr("Park the summary, to be finished later"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._status, 1)
        layout.addWidget(self._wrap_up)
        layout.addWidget(self._go_on)
        layout.addWidget(self._end)
        layout.addWidget(self._park)
        layout.addWidget(self.save_button)
        self._go_on.clicked.connect(wrap_up.go_on)
        self._end.clicked.connect(wrap_up.end)
        self._park.clicked.connect(self.park_wanted)
        self._parkable = False
        status.changed.connect(self._show_status)
        wrap_up.changed.connect(self._show_wrap_up)
        self._show_status()
        self._show_wrap_up()

    def allow(self, *, saving: bool, parking: bool) -> None:
        self.save_button.setEnabled(saving)
        self._parkable = parking
        self._show_wrap_up()

    def bind(self, binder: KeyBinder, via: Via) -> None:
        """One key parks, in wrap-up and outside."""
        binder.click(KeyAction.SAVE_SUMMARY, self.save_button, via=via)
        binder.click(KeyAction.CONTINUE_WRAP_UP, self._go_on)
        binder.label(KeyAction.PARK_SUMMARY, self._end)
        binder.click(KeyAction.PARK_SUMMARY, self._park, via=partial(self._park_by_key, via))

    def _park_by_key(self, via: Via, press: Callable[[], object]) -> None:
        if self._wrap_up_view.running:
            self._end.click()
        else:
            via(press)

    def _show_status(self) -> None:
        kind = self._status_view.kind
        quiet = not kind and self._wrap_up_view.running  # no room, and nothing to heed
        self._status.setText("" if quiet else self._status_view.text)
        set_style_state(self._status, "state", kind)

    def _show_wrap_up(self) -> None:
        self._wrap_up.setText(self._wrap_up_view.text)
        for widget in (self._wrap_up, self._go_on, self._end):
            widget.setVisible(self._wrap_up_view.running)
        self._park.setVisible(self._parkable and not self._wrap_up_view.running)
        self._show_status()
