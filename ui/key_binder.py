"""How keys reach buttons (step ⑥).

No key acts while an input method composes: the same press may be choosing a character.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.focus_filter import FocusFilter
from ui.keys import KeyAction, KeyMap

Via = Callable[[Callable[[], object]], object]


class Composition(FocusFilter):
    """Knows whether an input method is composing in the field that has the focus."""

    def __init__(self, parent: QObject) -> None:
        self._composing = False
        super().__init__(parent)

    @property
    def active(self) -> bool:
        return self._composing

    def focus_moved(self) -> None:
        self._composing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        return False


class _Binding(QObject):
    """One key and what it does."""

    def __init__(self, keys: Sequence[QKeySequence], act: Callable[[], object],
                 composition: Composition, window: QWidget) -> None:  # fmt: skip
        super().__init__(window)
        self._act = act
        self._composition = composition
        self.shortcut = QShortcut(window)
        self.shortcut.setKeys(keys)
        self.shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        self.shortcut.setAutoRepeat(False)
        self.shortcut.activated.connect(self._on_activated)

    def _on_activated(self) -> None:
        if not self._composition.active:
            self._act()

    def remove(self) -> None:
        """Dead at once; deleted when Qt comes round to it."""
        self.shortcut.setEnabled(False)
        self.shortcut.deleteLater()
        self.deleteLater()


class KeyBinder(QObject):
    """Connects the keys of one window; they act in its docks and dialogs, too."""

    def __init__(self, window: QWidget, keys: KeyMap) -> None:
        super().__init__(window)
        self._window = window
        self._keys = keys
        self._composition = Composition(self)
        self._bindings: list[_Binding] = []

    def click(self, action: KeyAction, button: QAbstractButton, *, via: Via | None = None) -> None:
        """The key presses ``button``: what the button may not do, the key does not do either.

        ``via`` is given the press instead and decides whether it happens.
        """
        self.label(action, button)
        self.run(action, button.click if via is None else partial(via, button.click))

    def label(self, action: KeyAction, button: QAbstractButton) -> None:
        """The key stands on ``button``, too."""
        button.setText(f"{button.text()}  {self.text(action)}")

    def text(self, action: KeyAction) -> str:
        """As the key stands on this system's keyboards."""
        return self._keys.text(action)

    def run(self, action: KeyAction, act: Callable[[], object]) -> None:
        keys = self._keys.sequences(action)
        self._bindings.append(_Binding(keys, act, self._composition, self._window))

    def use(self, keys: KeyMap) -> None:
        """Other keys for what is bound from now on."""
        self._keys = keys

    def clear(self) -> None:
        """Undo every binding, before the widgets they point at go."""
        for binding in self._bindings:
            binding.remove()
        self._bindings.clear()
