"""A button of the call bar: its word above its key, so that seven fit into a narrow window."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPaintEvent, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionButton, QStylePainter, QWidget

from ui.buttons import KeyButton

HEIGHT_PX = 46
PADDING_PX = 9
TIGHT_PX = 6
GAP_PX = 6
KEY_PX = 11


class CallButton(KeyButton):
    """A KeyButton in two lines; its text stays "Hold F10" for whoever reads it aloud."""

    def __init__(self, *, name: str, words: tuple[str, ...], icon: str, key: str = "",
                 kind: str = "", parent: QWidget | None = None) -> None:  # fmt: skip
        self._shown_key = key
        self._word = words[0]
        self._bare = False
        self._padding = PADDING_PX
        super().__init__(name=name, words=words, icon=icon, key=key, kind=kind, parent=parent)
        self.setFixedHeight(HEIGHT_PX)

    def show_word(self, word: str, icon: str = "") -> None:
        self._word = word
        super().show_word(word, icon)

    @property
    def needed_width(self) -> int:
        """Pixels for the text that stands there now."""
        return max(
            QFontMetrics(self._word_font()).horizontalAdvance(self._word),
            QFontMetrics(self._key_font()).horizontalAdvance(self._shown_key),
        )

    def fit(self, *, compact: bool = False) -> None:
        """Fix the width to the longest of its words; compact is without the icon."""
        self.ensurePolished()
        self._bare = compact
        self._icon.set_shown(not compact)
        metrics = QFontMetrics(self._word_font())
        longest = max(metrics.horizontalAdvance(word) for word in self._words)
        key = QFontMetrics(self._key_font()).horizontalAdvance(self._shown_key)
        mark = 0 if compact else self.iconSize().width() + GAP_PX
        self._padding = TIGHT_PX if compact else PADDING_PX
        self.setFixedWidth(max(longest, key) + mark + 2 * self._padding)

    def _word_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _key_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(KEY_PX)
        font.setWeight(QFont.Weight.Normal)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        area = self.rect().adjusted(self._padding, 0, -self._padding, 0)
        if not self._bare:
            size = self.iconSize().width()
            mark = QRect(area.left(), (self.height() - size) // 2, size, size)
            mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
            self.icon().paint(painter, mark, Qt.AlignmentFlag.AlignCenter, mode)
            area.setLeft(mark.right() + GAP_PX)
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, QPalette.ColorRole.ButtonText))
        self._paint_text(painter, area)

    def _paint_text(self, painter: QStylePainter, area: QRect) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        if not self._shown_key:
            painter.setFont(self._word_font())
            painter.drawText(area, int(middle), self._word)
            return
        painter.setFont(self._word_font())
        painter.drawText(area.adjusted(0, 5, 0, -19), int(middle), self._word)
        painter.setFont(self._key_font())
        painter.drawText(area.adjusted(0, 25, 0, -5), int(middle), self._shown_key)
