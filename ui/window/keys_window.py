"""Which key does what, to be read beside the work (F1)."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from ui.key_words import single_actions
from ui.keys import PAGES, PICKS, SUGGESTIONS, KeyAction, KeyMap
from ui.labels import plain_label
from ui.scrolled import Scrolled

MARGIN_PX = 64
"""Left free of the screen, for the window's frame and what stands around it."""


class KeysWindow(QDialog):
    """A non-modal list of the key map."""

    def __init__(self, keys: KeyMap, *, practice: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keys-window")
        self.setWindowTitle(self.tr("Keys"))
        self.setModal(False)
        sheet = QWidget()
        sheet.setObjectName("keys-sheet")
        grid = QGridLayout(sheet)
        grid.setContentsMargins(24, 16, 24, 24)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(8)
        rows = [(keys.text(action), text) for action, text in single_actions().items()
                if practice or action is not KeyAction.RING_CALLER]  # fmt: skip
        rows.append((self._range(keys, PICKS), self.tr("Choose a candidate")))
        rows.append((self._range(keys, SUGGESTIONS), self.tr("Open a suggested article")))
        rows.append((self._range(keys, PAGES), self.tr("Show a page of the rail")))
        half = (len(rows) + 1) // 2
        texts: list[QLabel] = []
        for place, (key, text) in enumerate(rows):
            label = plain_label(key, role="key")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            side = place // half * 2
            grid.addWidget(label, place % half, side)
            texts.append(plain_label(text))
            grid.addWidget(texts[-1], place % half, side + 1)
        note = plain_label(
            self.tr("Keys do nothing while an input method composes a character."), role="muted"
        )
        grid.addWidget(note, half, 0, 1, 4)
        scroll = Scrolled(sheet)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrows scroll
        scroll.setAccessibleName(self.windowTitle())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        for side in (0, 1):  # as they are, or wrapped where the screen is narrow
            mine = texts[side * half : (side + 1) * half]
            grid.setColumnStretch(2 * side + 1, max(one.sizeHint().width() for one in mine))
        room = self.screen().availableSize() - QSize(MARGIN_PX, MARGIN_PX)
        size = self.sizeHint()
        if size.height() > room.height():
            size += QSize(scroll.verticalScrollBar().sizeHint().width(), 0)
        for text_label in (*texts, note):
            text_label.setWordWrap(True)
        self.resize(size.boundedTo(room))

    def _range(self, keys: KeyMap, actions: tuple[KeyAction, ...]) -> str:
        return self.tr("{first} to {last}").format(
            first=keys.text(actions[0]), last=keys.text(actions[-1])
        )
