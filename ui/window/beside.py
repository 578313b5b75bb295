"""The small windows beside the work: none is modal, none takes a call away (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from agent_app.desk.seat import Seat
from ui.keys import KeyMap
from ui.outbox.outbox_window import OutboxWindow
from ui.window.close_question import CloseQuestion
from ui.window.keys_window import KeysWindow


class Beside(QObject):
    """Opens each at most once.

    Signals:
        hiding_chosen: hide the main window and keep the call.
        quitting_chosen: end the call and the program.
    """

    hiding_chosen = Signal()
    quitting_chosen = Signal()

    def __init__(self, seat: Seat, keys: KeyMap, window: QWidget) -> None:
        super().__init__(window)
        self._seat = seat
        self._keys = keys
        self._window = window
        self._open: dict[str, QDialog] = {}

    def show_keys(self) -> None:
        if not self._stands("keys-window"):
            practice = self._seat.practice is not None
            self._show(KeysWindow(self._keys, practice=practice, parent=self._window))

    def show_outbox(self) -> None:
        if not self._stands("outbox-window"):
            link, clock = self._seat.link, self._seat.clock
            self._show(OutboxWindow(link=link, clock=clock, parent=self._window))

    def ask_about_call(self, *, can_hide: bool) -> None:
        """The window was closed during a call."""
        if not self._stands("close-question"):
            question = CloseQuestion(can_hide=can_hide, parent=self._window)
            question.hiding_chosen.connect(self.hiding_chosen)
            question.quitting_chosen.connect(self.quitting_chosen)
            self._show(question)

    def close_all(self) -> None:
        for dialog in self._open.values():
            dialog.close()
            dialog.deleteLater()
        self._open.clear()

    def _stands(self, name: str) -> bool:
        """True when that one is open already; then it comes to the front."""
        dialog = self._open.get(name)
        if dialog is None or not dialog.isVisible():
            return False
        dialog.raise_()
        return True

    def _show(self, dialog: QDialog) -> None:
        closed = self._open.get(dialog.objectName())
        if closed is not None:
            closed.deleteLater()
        self._open[dialog.objectName()] = dialog
        dialog.show()
