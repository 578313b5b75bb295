"""The small windows beside the work: none is modal, none takes a call away (step ⑥).

Each is read from the disk when it is opened (``runtime/late_imports``).
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from agent_app.desk.seat import Seat
from ui.inbox import model as inbox_model
from ui.inbox import window as inbox_window
from ui.keys import KeyMap
from ui.language import Languages
from ui.local_copy import forget_question as forget
from ui.local_copy.words import forget_question
from ui.outbox import outbox_window
from ui.self_test import model as self_test_model
from ui.self_test import window as self_test_window
from ui.settings import window as settings_window
from ui.settings.page_name import PageName
from ui.theme import Theme
from ui.window import close_question, keys_window


class Beside(QObject):
    """Opens each at most once.

    Signals:
        hiding_chosen: hide the main window and keep the call.
        quitting_chosen: end the call and the program.
        language_chosen, look_chosen: on the settings' page (Language, ThemeChoice).
    """

    hiding_chosen = Signal()
    quitting_chosen = Signal()
    language_chosen = Signal(object)
    look_chosen = Signal(object)

    def __init__(self, seat: Seat, *, keys: KeyMap, theme: Theme, languages: Languages,
                 window: QWidget) -> None:  # fmt: skip
        super().__init__(window)
        self._seat = seat
        self._keys = keys
        self._theme = theme
        self._languages = languages
        self._window = window
        self._open: dict[str, QDialog] = {}

    def use(self, keys: KeyMap) -> None:
        """Other keys from now on; what shows the old ones is closed."""
        self._keys = keys
        for name in ("keys-window", "inbox-window"):
            self._close(name)

    @property
    def settings_page(self) -> PageName | None:
        """The page the settings are open at."""
        settings = self._settings
        return settings.page if settings is not None and settings.isVisible() else None

    @property
    def _settings(self) -> settings_window.SettingsWindow | None:
        return cast("settings_window.SettingsWindow | None", self._open.get("settings-window"))

    def show_settings(self, page: PageName = PageName.PHONE) -> None:
        if not self._stands("settings-window"):
            settings = settings_window.SettingsWindow(self._seat, language=self._languages.choice,
                                      look=self._theme.choice, parent=self._window)  # fmt: skip
            settings.language_chosen.connect(self.language_chosen)
            settings.look_chosen.connect(self.look_chosen)
            settings.self_test_wanted.connect(self.show_self_test)
            self._show(settings)
        if self._settings is not None:
            self._settings.show_page(page)

    def show_self_test(self) -> None:
        if not self._stands("self-test-window"):
            model = self_test_model.SelfTestModel(self._seat)
            dialog = self_test_window.SelfTestWindow(model, self._window)
            model.setParent(dialog)
            self._show(dialog)

    def show_keys(self) -> None:
        if not self._stands("keys-window"):
            practice = self._seat.practice is not None
            self._show(keys_window.KeysWindow(self._keys, practice=practice, parent=self._window))

    def show_inbox(self) -> None:
        if not self._stands("inbox-window"):
            model = inbox_model.InboxModel(self._seat)
            dialog = inbox_window.InboxWindow(model, self._keys, self._window)
            model.setParent(dialog)
            self._show(dialog)

    def show_outbox(self) -> None:
        if not self._stands("outbox-window"):
            dialog = outbox_window.OutboxWindow(link=self._seat.link, clock=self._seat.clock,
                                  agent_id=self._seat.agent.agent_id,
                                  parent=self._window)  # fmt: skip
            dialog.inbox_wanted.connect(self.show_inbox)
            self._show(dialog)

    def ask_about_call(self, *, can_hide: bool) -> None:
        """The window was closed during a call."""
        if not self._stands("close-question"):
            question = close_question.CloseQuestion(can_hide=can_hide, parent=self._window)
            question.hiding_chosen.connect(self.hiding_chosen)
            question.quitting_chosen.connect(self.quitting_chosen)
            self._show(question)

    def ask_about_forgetting(self) -> None:
        """She wants this computer to forget the centre."""
        if not self._stands("forget-question"):
            link, copy = self._seat.link.status, self._seat.local_copy
            text = forget_question(link.waiting + link.set_aside)
            question = forget.ForgetQuestion(text, self._window)
            question.forgetting_chosen.connect(copy.forget)
            self._show(question)

    def close_all(self) -> None:
        for name in tuple(self._open):
            self._close(name)

    def _close(self, name: str) -> None:
        dialog = self._open.pop(name, None)
        if dialog is not None:
            dialog.close()
            dialog.deleteLater()

    def _stands(self, name: str) -> bool:
        """True when that one is open already; then it comes to the front."""
        dialog = self._open.get(name)
        if dialog is None or not dialog.isVisible():
            return False
        dialog.raise_()
        dialog.activateWindow()
        return True

    def _show(self, dialog: QDialog) -> None:
        closed = self._open.get(dialog.objectName())
        if closed is not None:
            closed.deleteLater()
        self._open[dialog.objectName()] = dialog
        dialog.show()
