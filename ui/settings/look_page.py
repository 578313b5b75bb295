"""Language and look, effective at once (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from ui.labels import plain_label
from ui.language import Language
from ui.theme import ThemeChoice


class LookPage(QWidget):
    """Each language in its own words, so that one finds back.

    Signals:
        language_chosen, look_chosen: what the agent chose (Language, ThemeChoice).
    """

    language_chosen = Signal(object)
    look_chosen = Signal(object)

    def __init__(self, language: Language, look: ThemeChoice,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName("look-page")
        self._languages = QButtonGroup(self)
        self._looks = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(plain_label(self.tr("Language"), role="heading"))
        for choice, text in ((Language.CHINESE, "中文"), (Language.ENGLISH, "English")):
            button = self._choice(self._languages, f"settings-language-{choice}", text)
            button.setChecked(choice is language)
            layout.addWidget(button)
        layout.addSpacing(8)
        layout.addWidget(plain_label(self.tr("Look"), role="heading"))
        texts = {
            ThemeChoice.SYSTEM: self.tr("As the system"),
            ThemeChoice.LIGHT: self.tr("Light"),
            ThemeChoice.DARK: self.tr("Dark"),
        }
        for look_choice, text in texts.items():
            button = self._choice(self._looks, f"settings-look-{look_choice}", text)
            button.setChecked(look_choice is look)
            layout.addWidget(button)
        layout.addStretch(1)
        self._languages.buttonClicked.connect(self._on_language)
        self._looks.buttonClicked.connect(self._on_look)

    def _choice(self, group: QButtonGroup, name: str, text: str) -> QRadioButton:
        button = QRadioButton(text, self)
        button.setObjectName(name)
        group.addButton(button)
        return button

    def _on_language(self, button: QRadioButton) -> None:
        self.language_chosen.emit(Language(button.objectName().removeprefix("settings-language-")))

    def _on_look(self, button: QRadioButton) -> None:
        self.look_chosen.emit(ThemeChoice(button.objectName().removeprefix("settings-look-")))
