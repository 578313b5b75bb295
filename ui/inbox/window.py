"""The inbox beside the work: never modal, every decision is one key (step ⑧)."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from agent_app.domain.inbox import Decision
from ui.inbox.model import InboxModel
from ui.inbox.pair import Pairs
from ui.keys import KeyAction, KeyMap
from ui.labels import ElidedLabel, plain_label
from ui.rows.clipped import ClippedLabel
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.scrolled import Scrolled

LIST_WIDTH_PX = 272


class InboxWindow(QDialog):
    """At the left what is to be decided, at the right both values and the decisions."""

    def __init__(self, model: InboxModel, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._keys = keys
        self.setObjectName("inbox-window")
        self.setWindowTitle(self.tr("Inbox"))
        self.setModal(False)
        self._rows = RowModel(self)
        self._list = RowList(self._rows, lines=1, parent=self)
        self._list.setObjectName("inbox-list")
        self._list.setProperty("role", "field")
        self._list.setAccessibleName(self.tr("What the server did not take"))
        self._list.set_empty_text(self.tr("Nothing to decide: the server took everything."))
        self._heading = ElidedLabel(name="inbox-heading", role="heading")
        self._explanation = ClippedLabel(lines=3, name="inbox-explanation", role="muted")
        self._mine = plain_label(self.tr("Mine"), name="inbox-mine", role="value")
        self._theirs = plain_label(self.tr("The server's"), name="inbox-theirs", role="value")
        self._pairs = Pairs()
        self._buttons = self._make_buttons()
        self._lay_out()
        self._list.selectionModel().currentChanged.connect(self._on_current)
        model.changed.connect(self._show)
        self._show()
        self.resize(920, 480)

    def _make_buttons(self) -> dict[str, QPushButton]:
        made = {
            "keep": self._button("inbox-keep-button", self.tr("Keep mine"), KeyAction.KEEP_MINE),
            "take": self._button(
                "inbox-take-button", self.tr("Take the server's"), KeyAction.TAKE_THEIRS
            ),
            "correct": self._button("inbox-correct-button", self.tr("Correct"), KeyAction.CORRECT),
            "again": self._button(
                "inbox-again-button", self.tr("Send again"), KeyAction.SEND_AGAIN
            ),
            "aside": self._button(
                "inbox-aside-button", self.tr("Do not send"), KeyAction.PUT_ASIDE
            ),
            "undo": self._button("inbox-undo-button", self.tr("Undo"), KeyAction.UNDO_DECISION),
            "forget": self._button("inbox-forget-button", self.tr("Read, forget it"), None),
        }
        made["keep"].clicked.connect(self._keep_mine)
        made["take"].clicked.connect(self._take_theirs)
        made["correct"].clicked.connect(self._model.correct)
        made["again"].clicked.connect(self._send_again)
        made["aside"].clicked.connect(self._put_aside)
        made["undo"].clicked.connect(self._model.undo)
        made["forget"].clicked.connect(self._model.forget)
        return made

    def _button(self, name: str, word: str, key: KeyAction | None) -> QPushButton:
        text = word if key is None else f"{word}  {self._keys.text(key)}"
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(word)
        button.setAutoDefault(False)
        if key is not None:
            button.setShortcut(self._keys.sequence(key))
        return button

    def _lay_out(self) -> None:
        self._list.setFixedWidth(LIST_WIDTH_PX)
        captions = QHBoxLayout()
        captions.setContentsMargins(0, 0, 8, 0)
        captions.setSpacing(8)
        captions.addWidget(self._mine, 1)
        captions.addWidget(self._theirs, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in self._buttons.values():
            foot.addWidget(button)
        foot.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._heading)
        right.addWidget(self._explanation)
        right.addLayout(captions)
        right.addWidget(Scrolled(self._pairs), 1)
        right.addLayout(foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(self._list)
        layout.addLayout(right, 1)

    def _show(self) -> None:
        model = self._model
        self._rows.show_rows(model.rows)
        self._list.select(self._rows.position(model.selected))
        self._heading.setText(model.heading)
        self._explanation.setText(model.explanation)
        self._pairs.show_pairs(model.pairs, compares=model.compares)
        for caption in (self._mine, self._theirs):
            caption.setVisible(model.compares)
        shown = {
            "keep": model.offers(Decision.KEEP_MINE),
            "take": model.offers(Decision.TAKE_THEIRS),
            "correct": model.can_edit,
            "again": model.offers(Decision.SEND_AGAIN),
            "aside": model.offers(Decision.SET_ASIDE),
            "undo": model.can_undo,
            "forget": model.can_forget,
        }
        for name, button in self._buttons.items():
            button.setVisible(shown[name])

    def _on_current(self) -> None:
        if self._list.current_key:
            self._model.select(self._list.current_key)

    def _keep_mine(self) -> None:
        self._model.decide(Decision.KEEP_MINE)

    def _take_theirs(self) -> None:
        self._model.decide(Decision.TAKE_THEIRS)

    def _send_again(self) -> None:
        self._model.decide(Decision.SEND_AGAIN)

    def _put_aside(self) -> None:
        self._model.decide(Decision.SET_ASIDE)
