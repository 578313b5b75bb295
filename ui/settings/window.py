"""All settings in one window beside the work; never modal, a call goes on meanwhile (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QWidget

from agent_app.desk.seat import Seat
from ui.language import Language
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.rows.row import Row
from ui.scrolled import Scrolled
from ui.settings.dialling_model import DiallingModel
from ui.settings.dialling_page import DiallingPage
from ui.settings.keys_model import KeysModel
from ui.settings.keys_page import KeysPage
from ui.settings.look_page import LookPage
from ui.settings.page_name import PageName
from ui.settings.phone_model import PhoneSettingsModel
from ui.settings.phone_page import PhonePage
from ui.settings.sound_model import SoundModel
from ui.settings.sound_page import SoundPage
from ui.theme import ThemeChoice

SIZE_PX = (824, 560)
LIST_PX = 136
FRAME_PX = 32
"""What a window manager adds; at 200 % the pages scroll instead of leaving the screen."""


class SettingsWindow(QDialog):
    """Pages at the left, one page at the right.

    Signals:
        language_chosen, look_chosen: for the whole window (Language, ThemeChoice).
        self_test_wanted.
    """

    language_chosen = Signal(object)
    look_chosen = Signal(object)
    self_test_wanted = Signal()

    def __init__(self, seat: Seat, *, language: Language, look: ThemeChoice,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName("settings-window")
        self.setWindowTitle(self.tr("Settings"))
        self.setModal(False)
        sound = SoundPage(SoundModel(seat, self))
        looks = LookPage(language, look)
        pages: dict[PageName, tuple[str, str, QWidget]] = {
            PageName.PHONE: (
                self.tr("Phone"),
                "extension",
                PhonePage(PhoneSettingsModel(seat, self)),
            ),
            PageName.SOUND: (self.tr("Sound"), "headset", sound),
            PageName.DIALLING: (
                self.tr("Dialling"),
                "dial",
                DiallingPage(DiallingModel(seat, self)),
            ),
            PageName.KEYS: (self.tr("Keys"), "keyboard", KeysPage(KeysModel(seat, self))),
            PageName.LOOK: (self.tr("Look"), "settings", looks),
        }
        self._names = tuple(pages)
        self._rows = RowModel(self)
        self._rows.show_rows(tuple(Row(name.value, text, shape=icon)
                                   for name, (text, icon, _) in pages.items()))  # fmt: skip
        self._list = RowList(self._rows, lines=0, parent=self)
        self._list.setObjectName("settings-list")
        self._list.setAccessibleName(self.tr("Pages"))
        self._list.setFixedWidth(LIST_PX)
        self._stack = QStackedWidget(self)
        for _, _, page in pages.values():
            self._stack.addWidget(Scrolled(page))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 16, 20, 16)
        layout.setSpacing(16)
        layout.addWidget(self._list)
        layout.addWidget(self._stack, 1)
        self._list.selectionModel().currentChanged.connect(self._on_chosen)
        sound.self_test_wanted.connect(self.self_test_wanted)
        looks.language_chosen.connect(self.language_chosen)
        looks.look_chosen.connect(self.look_chosen)
        self._list.select(0)
        room = self.screen().availableSize()
        self.resize(min(SIZE_PX[0], room.width()), min(SIZE_PX[1], room.height() - FRAME_PX))

    @property
    def page(self) -> PageName:
        return self._names[self._stack.currentIndex()]

    def show_page(self, name: PageName) -> None:
        self._list.select(self._names.index(name))

    def _on_chosen(self, _now: object, _before: object) -> None:
        self._stack.setCurrentIndex(self._list.currentIndex().row())
