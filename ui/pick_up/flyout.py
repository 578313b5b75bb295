"""Colleagues' ringing calls; Enter takes the marked one (F6, step ⑥)."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from ui.flyout import Flyout
from ui.icons import icon_for
from ui.labels import plain_label
from ui.pick_up.model import PickUpModel, PickUpView
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.theme import set_style_state

WIDTH_PX = 420
ROWS = 5


class PickUpFlyout(Flyout):
    """The second press of its key takes the marked call, too."""

    def __init__(self, model: PickUpModel, anchor: QWidget) -> None:
        super().__init__("pick-up", "", anchor)
        self.show_title(self.tr("Calls that ring at colleagues'"))
        self._model = model
        self._rows = RowModel(self)
        self._list = RowList(self._rows, lines=1, parent=self)
        self._list.setObjectName("pick-up-list")
        self._list.setProperty("role", "popup")
        self._list.setAccessibleName(self.tr("Calls that ring at colleagues'"))
        self._list.set_empty_text(self.tr("Nothing rings at a colleague's just now."))
        self._list.setFixedHeight(self._list.height_of(ROWS))
        self._refusal = plain_label(name="pick-up-refusal", role="caption")
        set_style_state(self._refusal, "state", "fault")
        self._take = QPushButton(self.tr("Pick up  Enter"), self)
        self._take.setObjectName("pick-up-take-button")
        self._take.setProperty("kind", "answer")
        icon_for(self._take, "pick-up")
        for widget in (self._list, self._refusal, self._take):
            self.body.addWidget(widget)
        self.setFixedWidth(WIDTH_PX)
        self._list.chosen.connect(self._do)
        self._take.clicked.connect(self._list.choose_current)
        self.closed.connect(model.close)
        model.changed.connect(self._show)

    def want(self) -> None:
        """F6: open the list; when it stands there, take the marked call."""
        if self.isVisible():
            self._list.choose_current()
            return
        self._model.open()
        self._show(self._model.view)
        self.open(self._list if self._model.view.rows else self)

    def _show(self, view: PickUpView) -> None:
        marked, focused = self._list.current_key, self.hasFocus() or self._list.hasFocus()
        self._rows.show_rows(view.rows)
        self._list.select(max(0, self._rows.position(marked)) if view.rows else -1)
        self._take.setEnabled(bool(view.rows))
        self._refusal.setText(view.refusal)
        self._refusal.setVisible(bool(view.refusal))
        if focused and self.isVisible():
            (self._list if view.rows else self).setFocus()

    def _do(self, key: str) -> None:
        if self._model.take(key):
            self.dismiss()
