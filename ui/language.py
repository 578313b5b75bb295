"""Which language the screen speaks, and the switch (step ⑤).

The source strings are English; ``resources/i18n`` holds the Chinese. Chinese is the default.
"""

from __future__ import annotations

from enum import StrEnum
from importlib.resources import as_file, files

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication


class Language(StrEnum):
    CHINESE = "zh"
    ENGLISH = "en"


def in_chinese() -> bool:
    """Whether the screen shows Chinese now; for words that come in both languages."""
    return QLocale().language() is QLocale.Language.Chinese


class Languages(QObject):
    """The language in use. Texts already on the screen stay; whoever listens builds them anew.

    Signals:
        changed: after the translators are in place (the new Language).
    """

    changed = Signal(object)

    def __init__(self, application: QApplication, choice: Language) -> None:
        super().__init__(application)
        self._application = application
        self._translators: list[QTranslator] = []
        self._choice = choice
        self._install()

    @property
    def choice(self) -> Language:
        return self._choice

    def choose(self, choice: Language) -> None:
        if choice is self._choice:
            return
        self._choice = choice
        self._install()
        self.changed.emit(choice)

    def _install(self) -> None:
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = []
        if self._choice is Language.ENGLISH:
            QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
            return
        QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._load("qtbase_zh_CN", qt_folder)
        with as_file(files("resources").joinpath("i18n")) as folder:
            self._load("zuoxi_zh", str(folder))

    def _load(self, name: str, folder: str) -> None:
        translator = QTranslator(self)
        if translator.load(name, folder):
            self._application.installTranslator(translator)
            self._translators.append(translator)
