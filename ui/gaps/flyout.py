"""The form of a gap report beside the knowledge base: every key of the call stays live (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from ui.buttons import push_button
from ui.flyout import FOOT_PX, MARGIN_PX
from ui.form_flyout import FormFlyout
from ui.gaps.form_model import GapFormModel
from ui.keys import KeyAction, KeyMap
from ui.rows.clipped import ClippedLabel
from ui.summary.labelled import Labelled
from ui.summary.text_field import TextField

WIDTH_PX = 400


class GapFlyout(FormFlyout):
    """Esc leaves the form and keeps what was typed; sending and discarding are buttons."""

    def __init__(self, model: GapFormModel, keys: KeyMap, anchor: QWidget) -> None:
        super().__init__("gap", model, anchor)
        self._model = model
        self._about = ClippedLabel(lines=2, name="gap-about", role="muted")
        self._asked = TextField(name="gap-asked", spoken=self.tr("What was asked"), least=2, most=3)
        self._missing = TextField(
            name="gap-missing", spoken=self.tr("What is missing or wrong"), least=4
        )
        self._wrong = Labelled(self.tr("What is missing or wrong"), self._missing)
        self.send_button = push_button(
            self, "gap-send-button", self.tr("Send"), keys.text(KeyAction.SEND_FORM)
        )
        self._lay_out()
        self._connect()
        self.finish(self.send_button, WIDTH_PX)

    def _lay_out(self) -> None:
        self.body.addWidget(self._about)
        self.body.addWidget(Labelled(self.tr("What was asked"), self._asked))
        self.body.addWidget(self._wrong, 1)

    def _connect(self) -> None:
        self._asked.edited.connect(self._on_typed)
        self._missing.edited.connect(self._on_typed)
        self.send_button.clicked.connect(self.send)

    def place(self) -> None:
        """At the foot of the panel beside the knowledge base, its right edges level."""
        window = self._anchor.window()
        self.setMaximumHeight(window.height() - 2 * MARGIN_PX)
        self.adjustSize()
        corner = self._anchor.mapTo(window, QPoint(self._anchor.width(), self._anchor.height()))
        left = min(corner.x(), window.width() - MARGIN_PX) - self.width()
        top = min(corner.y(), window.height() - FOOT_PX) - self.height()
        self.move(max(MARGIN_PX, left), max(MARGIN_PX, top))

    def send(self) -> None:
        """On a refusal the cursor goes back to the words."""
        if not self.isVisible():
            return
        self._model.send()
        if self._model.remark:
            self._missing.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def want(self) -> None:
        if not self._anchor.isVisible():  # she went to another page before it was there
            self._model.leave()
            return
        self.show_title(self._model.title)
        self._about.setText(self._model.about)
        self._about.setVisible(bool(self._model.about))
        self._asked.show_fresh(self._model.asked)
        self._missing.show_fresh(self._model.missing)
        self._show_state()
        self.open(self._missing)

    def _show_state(self) -> None:
        super()._show_state()
        self._wrong.show_remark(self._model.remark)

    def _on_typed(self) -> None:
        self._model.type(asked=self._asked.toPlainText(), missing=self._missing.toPlainText())
        self._show_state()
