"""The line at the foot of the window: the most urgent trouble and what mends it; others in turn."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.formatting import tooltip
from ui.icons import SvgMark
from ui.labels import ElidedLabel
from ui.theme import set_style_state
from ui.window.trouble import Remedy, Trouble
from ui.window.troubles import TroublesModel

ICONS = {"neutral": "info", "warning": "warning", "fault": "fault", "good": "good"}


class TroubleLine(QFrame):
    """Fixed height, so that a trouble moves nothing."""

    def __init__(
        self, model: TroublesModel, quiet_text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("trouble-line")
        self._model = model
        self._quiet_text = quiet_text
        self._place = 0
        self._mark = SvgMark("good", size=16, parent=self)
        self._text = ElidedLabel(name="trouble-text")
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._remedy = QPushButton(self)
        self._remedy.setObjectName("trouble-remedy-button")
        self._next = QPushButton(self)
        self._next.setObjectName("trouble-next-button")
        self._next.setProperty("kind", "quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self._mark)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._remedy)
        layout.addWidget(self._next)
        self.setFixedHeight(34)
        self._remedy.clicked.connect(self._act)
        self._next.clicked.connect(self._show_next)
        model.changed.connect(self._on_changed)
        self._show()

    def _shown(self) -> Trouble | None:
        troubles = self._model.troubles
        return troubles[self._place % len(troubles)] if troubles else None

    def _on_changed(self, _troubles: object) -> None:
        """Something new may be more urgent than what was paged to."""
        self._place = 0
        self._show()

    def _show_next(self) -> None:
        self._place += 1
        self._show()

    def _act(self) -> None:
        trouble = self._shown()
        if trouble is not None:
            self._model.act(trouble)

    def _show(self) -> None:
        trouble = self._shown()
        severity = "good" if trouble is None else trouble.severity.value
        for widget in (self, self._mark, self._text):
            set_style_state(widget, "severity", severity)
        self._mark.show_icon(ICONS[severity])
        self._text.setText(self._quiet_text if trouble is None else trouble.text)
        explanation = "" if trouble is None else f"{trouble.text}\n{trouble.explanation}".strip()
        self.setToolTip(tooltip(explanation))
        self.setAccessibleName(self._text.text())
        self._remedy.setVisible(trouble is not None and trouble.remedy is not Remedy.NONE)
        self._remedy.setText("" if trouble is None else trouble.remedy_text)
        self._remedy.setAccessibleName(self._remedy.text())
        others = len(self._model.troubles) - 1
        self._next.setVisible(others > 0)
        self._next.setText(self.tr("{number} more").format(number=others))
        self._next.setAccessibleName(self.tr("Show the next trouble"))
