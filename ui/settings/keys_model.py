"""Changing keys: what may be pressed, what is taken already, and back to the standard (step ⑥)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from agent_app.desk.seat import Seat
from ui.key_words import action_name, single_actions
from ui.keys import (
    PAGES,
    PICKS,
    STANDARD,
    SUGGESTIONS,
    KeyAction,
    KeyClashError,
    KeyMap,
    KeyMapError,
)
from ui.rows.row import Row


class KeysModel(QObject):
    """View-model of the keys page.

    Signals:
        changed: tuple of Row, one an action.
    """

    changed = Signal(object)

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._rows = self._compose()
        seat.preferences.changed.connect(self._on_settings)

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    @property
    def any_changed(self) -> bool:
        return bool(self._seat.preferences.settings.keys)

    def wish(self, action: KeyAction, key: str) -> str:
        """Take ``key`` (Qt's portable spelling) for ``action``; returns why not, "" when done."""
        try:
            keys = KeyMap().remapped({**self._wishes(), action.value: key})
        except KeyClashError as clash:
            owner = clash.wanting if clash.owner is action else clash.owner
            return self.tr("{key} is taken by “{action}”. Give that one another key first.").format(
                key=key, action=action_name(owner)
            )
        except KeyMapError:
            return self.tr(
                "“{key}” cannot be a key: it is needed for typing. "
                "Take a function key, or Ctrl or Alt with something."
            ).format(key=key)
        self._put(keys)
        return ""

    def reset(self, action: KeyAction) -> str:
        """The standard key again; returns why not, "" when done."""
        return self.wish(action, STANDARD[action])

    def reset_all(self) -> None:
        self._seat.preferences.put_keys({})

    def _wishes(self) -> Mapping[str, str]:
        return self._seat.preferences.settings.keys

    def _put(self, keys: KeyMap) -> None:
        """Only what differs from the standard is kept."""
        differing = {
            action.value: key for action, key in keys.keys.items() if STANDARD[action] != key
        }
        self._seat.preferences.put_keys(differing)

    def _on_settings(self, _settings: object) -> None:
        rows = self._compose()
        if rows != self._rows:
            self._rows = rows
            self.changed.emit(rows)

    def _compose(self) -> tuple[Row, ...]:
        keys = KeyMap().remapped(self._wishes())
        order = (*single_actions(), *PICKS, *SUGGESTIONS, *PAGES)
        return tuple(
            Row(
                action.value,
                action_name(action),
                trail=keys.text(action),
                badge="" if keys.keys[action] == STANDARD[action] else self.tr("changed"),
            )
            for action in order
        )
