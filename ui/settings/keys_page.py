"""Every key and what it does; choose one, press the new key (step ⑥)."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.keys import KeyAction
from ui.labels import plain_label
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.settings.key_capture import KeyCapture
from ui.settings.keys_model import KeysModel
from ui.theme import set_style_state


class KeysPage(QWidget):
    """A key that is taken is refused with the name of what has it."""

    def __init__(self, model: KeysModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("keys-page")
        self._rows = RowModel(self)
        self._list = RowList(self._rows, lines=0, parent=self)
        self._list.setObjectName("key-list")
        self._list.setProperty("role", "field")
        self._list.setAccessibleName(self.tr("Keys"))
        self._capture = KeyCapture(self)
        self._capture.setObjectName("key-capture")
        self._capture.setAccessibleName(self.tr("New key"))
        self._capture.setPlaceholderText(self.tr("Press the new key here"))
        self._reset = QPushButton(self.tr("Standard key"), self)
        self._reset.setObjectName("key-reset-button")
        self._reset_all = QPushButton(self.tr("All standard keys"), self)
        self._reset_all.setObjectName("keys-reset-all-button")
        self._why = plain_label(name="key-refusal", role="caption")
        self._why.setWordWrap(True)
        self._why.setMinimumHeight(32)
        self._lay_out()
        self._list.chosen.connect(self._start)
        self._capture.caught.connect(self._take)
        self._reset.clicked.connect(self._put_back)
        self._reset_all.clicked.connect(model.reset_all)
        model.changed.connect(self._show)
        self._show(model.rows)
        self._list.select(0)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._capture, 1)
        for button in (self._reset, self._reset_all):
            button.setAutoDefault(False)
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._list, 1)
        layout.addLayout(foot)
        layout.addWidget(self._why)

    def _show(self, rows: object) -> None:
        marked = self._list.current_key
        self._rows.show_rows(self._model.rows)
        self._list.select(self._rows.position(marked))
        self._reset_all.setEnabled(self._model.any_changed)

    def _start(self, _key: str) -> None:
        self._say("")
        self._capture.clear()
        self._capture.setFocus()

    def _take(self, pressed: str) -> None:
        self._capture.setText(pressed)
        if self._list.current_key:
            self._say(self._model.wish(KeyAction(self._list.current_key), pressed))

    def _put_back(self) -> None:
        if self._list.current_key:
            self._capture.clear()
            self._say(self._model.reset(KeyAction(self._list.current_key)))

    def _say(self, why: str) -> None:
        self._why.setText(why)
        set_style_state(self._why, "state", "fault" if why else "")
