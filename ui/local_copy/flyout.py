"""This computer's copy of the centre: how far, how long, stop, go on, forget (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from ui.flyout import Flyout
from ui.labels import plain_label
from ui.local_copy.model import CopyAct, LocalCopyModel, LocalCopyView
from ui.theme import set_style_state

WIDTH_PX = 440


class LocalCopyFlyout(Flyout):
    """Opened by the state bar's server indicator and by the menu.

    Signals:
        forgetting_wanted: ask whether this computer shall forget the centre.
    """

    forgetting_wanted = Signal()

    def __init__(self, model: LocalCopyModel, anchor: QWidget) -> None:
        super().__init__("local-copy", "", anchor)
        self.show_title(self.tr("This computer's copy of the centre"))
        self._model = model
        self._progress = plain_label(name="local-copy-progress")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("local-copy-bar")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self._lines = {
            name: plain_label(name=f"local-copy-{name}", role="caption")
            for name in ("reason", "clock", "others", "fault")
        }
        set_style_state(self._lines["clock"], "state", "warning")
        set_style_state(self._lines["fault"], "state", "fault")
        self._act = QPushButton(self)
        self._act.setObjectName("local-copy-act-button")
        self._forget = QPushButton(self.tr("Forget this computer …"), self)
        self._forget.setObjectName("local-copy-forget-button")
        self._lay_out()
        self._act.clicked.connect(model.do)
        self._forget.clicked.connect(self._on_forget)
        model.changed.connect(self._show)
        self.setFixedWidth(WIDTH_PX)
        self._show(model.view)

    def want(self) -> None:
        """Open with the offered act under the fingers; a second time closes."""
        if self.isVisible():
            self.dismiss()
            return
        self._show(self._model.view)
        self.open(self._act if self._act.isVisibleTo(self) else self)

    def _lay_out(self) -> None:
        for label in (self._progress, *self._lines.values()):
            label.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._forget)
        buttons.addStretch(1)
        buttons.addWidget(self._act)
        self.body.addWidget(self._progress)
        self.body.addWidget(self._bar)
        for label in self._lines.values():
            self.body.addWidget(label)
        self.body.addLayout(buttons)

    def _show(self, view: LocalCopyView) -> None:
        self._progress.setText(view.progress)
        self._bar.setVisible(view.share is not None)
        self._bar.setValue(view.share or 0)
        texts = {"reason": view.reason, "clock": view.clock,
                 "others": view.others, "fault": view.fault}  # fmt: skip
        for name, label in self._lines.items():
            label.setText(texts[name])
            label.setVisible(bool(texts[name]))
        self._act.setVisible(view.act is not CopyAct.NONE)
        self._act.setText(view.act_text)
        self._forget.setVisible(view.may_forget)
        if self.isVisible():
            self.place()

    def _on_forget(self) -> None:
        self.dismiss()
        self.forgetting_wanted.emit()
