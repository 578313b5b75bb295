"""Promise a callback: number, Tab, time, Enter (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from ui.flyout import Flyout
from ui.labels import plain_label
from ui.on_demand import OnDemand
from ui.summary.labelled import Labelled
from ui.summary.promise import PromiseView, PromiseViewModel
from ui.theme import set_style_state

WIDTH_PX = 420
LONGEST = 60


class PromiseFlyout(Flyout):
    """Enter in either field keeps the promise; what is missing is said below.

    Signals:
        kept: it stands in the follow-up.
    """

    kept = Signal()

    def __init__(self, model: PromiseViewModel, anchor: QWidget) -> None:
        super().__init__("promise", "", anchor)
        self._model = model
        self._number = self._field("promise-number", self.tr("Number"))
        self._when = self._field("promise-when", self.tr("When"))
        self._when.setPlaceholderText(self.tr("15:30 · mt 9 (tomorrow) · +30 (minutes) · 3-15 14"))
        self._meant = plain_label(name="promise-meant", role="caption")
        self._keep = QPushButton(self.tr("Put into the follow-up  Enter"), self)
        self._keep.setObjectName("promise-keep-button")
        self._keep.setAccessibleName(self._keep.text())
        self._keep.setProperty("kind", "primary")
        for block in (Labelled(self.tr("Number"), self._number),
                      Labelled(self.tr("When"), self._when), self._meant, self._keep):  # fmt: skip
            self.body.addWidget(block)
        self.setFixedWidth(WIDTH_PX)
        for field in (self._number, self._when):
            field.textChanged.connect(self._type)
            field.returnPressed.connect(self._put)
        self._keep.clicked.connect(self._put)
        model.changed.connect(self._show)

    def want(self) -> None:
        """The caller's number stands there, the time is to be typed."""
        if self.isVisible():
            self.dismiss()
            return
        number = self._model.begin()
        self.show_title(self.tr("Promise {who} a callback").format(who=self._model.who))
        self._when.clear()
        self._number.setText(number)
        self._type()
        self.open(self._when if number else self._number)

    def _field(self, name: str, spoken: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(spoken)
        field.setMaxLength(LONGEST)
        return field

    def _type(self, _text: str = "") -> None:
        self._model.type(self._number.text(), self._when.text())

    def _show(self, view: PromiseView) -> None:
        self._meant.setText(view.fault or view.meant or " ")
        set_style_state(self._meant, "state", "fault" if view.fault else "")
        self._keep.setEnabled(bool(view.words))

    def _put(self) -> None:
        if self._model.keep():
            self.dismiss()
            self.kept.emit()


class PromiseButton(QPushButton):
    """Stands beside the follow-up's name and unfolds the flyout under it.

    Signals:
        kept: a promise stands in the follow-up.
    """

    kept = Signal()

    def __init__(self, model: PromiseViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("Callback"))
        self.setObjectName("promise-button")
        self.setProperty("kind", "inline")
        self.setAccessibleName(self.tr("Promise a callback"))
        self._model = model
        self.flyout = OnDemand(self._build_flyout, self)
        self.clicked.connect(self.flyout.want)

    def _build_flyout(self) -> PromiseFlyout:
        flyout = PromiseFlyout(self._model, self)
        flyout.kept.connect(self.kept)
        return flyout
