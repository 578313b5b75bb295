"""Buttons that show their key and never take external text for a mnemonic."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.icons import ButtonIcon, icon_for


def push_button(parent: QWidget, name: str, word: str = "", key: str = "") -> QPushButton:
    """A button with its key beside the word. No dialogue takes it for the one that Enter presses;
    spoken is the word alone, or whatever the button says later."""
    button = QPushButton(f"{word}  {key}" if key else word, parent)
    button.setObjectName(name)
    button.setAutoDefault(False)
    if key:
        button.setAccessibleName(word)
    return button


class KeyButton(QPushButton):
    """A push button with a word, an icon and its key; its width fits every word it can show.

    ``words`` are all the words the button takes in turn (Hold, Resume), so that nothing moves
    when it changes.
    """

    def __init__(self, *, name: str, words: tuple[str, ...], icon: str, key: str = "",
                 kind: str = "", parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._key = key
        self._words = words
        self._icon: ButtonIcon = icon_for(self, icon)
        self.setObjectName(name)
        if kind:
            self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_word(words[0])

    def show_word(self, word: str, icon: str = "") -> None:
        text = f"{word} {self._key}" if self._key else word
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(word)
        if icon:
            self._icon.show_icon(icon)

    def fit(self, *, compact: bool = False) -> None:
        """Fix the width to the longest of its words; compact is without the icon."""
        self.ensurePolished()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(bold)
        longest = max(metrics.horizontalAdvance(f"{word} {self._key}") for word in self._words)
        self._icon.set_shown(not compact)
        self.setFixedWidth(longest + (28 if compact else self.iconSize().width() + 32))
