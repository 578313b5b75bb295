"""The window's one menu: language, look, keys, leaving."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from ui.icons import icon_for
from ui.keys import KeyAction, KeyMap
from ui.language import Language, Languages
from ui.theme import Theme, ThemeChoice


class MainMenu(QToolButton):
    """A button with the menu behind it.

    Signals:
        language_chosen, look_chosen: what the agent chose (Language, ThemeChoice).
        keys_wanted: show the keys.
        settings_wanted, self_test_wanted, copy_wanted: open those.
        float_wanted: take the knowledge base out of the window, or put it back.
        sign_out_wanted: let somebody else, or her later, sign in here.
        quit_wanted: leave the program.
    """

    language_chosen = Signal(object)
    look_chosen = Signal(object)
    keys_wanted = Signal()
    settings_wanted = Signal()
    self_test_wanted = Signal()
    copy_wanted = Signal()
    float_wanted = Signal()
    sign_out_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, *, theme: Theme, languages: Languages, keys: KeyMap,
                 knowledge: QAction, parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self._theme = theme
        self._languages = languages
        self.setObjectName("menu-button")
        self.setProperty("kind", "quiet")
        self.setAccessibleName(self.tr("Menu"))
        self.setToolTip(self.tr("Menu"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        icon_for(self, "menu")
        menu = QMenu(self)
        menu.setObjectName("main-menu")
        self._add_languages(menu.addMenu(self.tr("Language")))
        self._add_looks(menu.addMenu(self.tr("Look")))
        menu.addAction(knowledge)
        float_action = menu.addAction(self.tr("Knowledge base in its own window"))
        float_action.setObjectName("menu-float")
        float_action.triggered.connect(self.float_wanted)
        menu.addSeparator()
        self._add_keyed(menu, "menu-settings", self.tr("Settings"), keys.text(KeyAction.SETTINGS),
                        self.settings_wanted)  # fmt: skip
        self._add_keyed(menu, "menu-self-test", self.tr("Self-test"), "", self.self_test_wanted)
        self._add_keyed(menu, "menu-copy", self.tr("This computer's copy of the centre"), "",
                        self.copy_wanted)  # fmt: skip
        self._add_keyed(menu, "menu-keys", self.tr("Keys"), keys.text(KeyAction.KEYS),
                        self.keys_wanted)  # fmt: skip
        menu.addSeparator()
        self.sign_out = menu.addAction(self.tr("Sign out"))
        self.sign_out.setObjectName("menu-sign-out")
        self.sign_out.triggered.connect(self.sign_out_wanted)
        quit_action = menu.addAction(self.tr("Quit"))
        quit_action.setObjectName("menu-quit")
        quit_action.triggered.connect(self.quit_wanted)
        self.setMenu(menu)

    def _add_keyed(self, menu: QMenu, name: str, text: str, key: str,
                   wanted: SignalInstance) -> None:  # fmt: skip
        action = menu.addAction(f"{text}  {key}".strip())
        action.setObjectName(name)
        action.triggered.connect(wanted)

    def _add_languages(self, menu: QMenu) -> None:
        """Each language in its own words, so that one finds back."""
        group = QActionGroup(menu)
        for language, text in ((Language.CHINESE, "中文"), (Language.ENGLISH, "English")):
            chosen = language is self._languages.choice
            self._add_choice(menu, group, f"language-{language}", text, language.value, chosen)
        group.triggered.connect(self._on_language)

    def _add_looks(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        texts = {
            ThemeChoice.SYSTEM: self.tr("As the system"),
            ThemeChoice.LIGHT: self.tr("Light"),
            ThemeChoice.DARK: self.tr("Dark"),
        }
        for choice, text in texts.items():
            chosen = choice is self._theme.choice
            self._add_choice(menu, group, f"look-{choice}", text, choice.value, chosen)
        group.triggered.connect(self._on_look)

    def _add_choice(self, menu: QMenu, group: QActionGroup, name: str, text: str, value: str,
                    chosen: bool) -> None:  # fmt: skip
        action = menu.addAction(text)
        action.setObjectName(name)
        action.setCheckable(True)
        action.setChecked(chosen)
        action.setData(value)
        group.addAction(action)

    def _on_language(self, action: QAction) -> None:
        self.language_chosen.emit(Language(action.data()))

    def _on_look(self, action: QAction) -> None:
        self.look_chosen.emit(ThemeChoice(action.data()))
