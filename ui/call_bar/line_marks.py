"""The column beside the call's facts: levels, estimated quality, encrypted or not (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.call_bar.marks import Mark
from ui.call_bar.meter import LevelMeter
from ui.formatting import tooltip
from ui.icons import SvgMark
from ui.labels import plain_label
from ui.theme import set_style_state

CAPTION_PX = 12
NARROW_PX = 64


class MarkLabel(QWidget):
    """One Mark; its place stays when there is none, so that nothing beside it moves."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._compact = False
        self._picture = SvgMark("lock", size=12, parent=self)
        self._text = plain_label(name=f"{name}-text", role="caption")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._picture)
        layout.addWidget(self._text)
        layout.addStretch(1)
        self.setFixedHeight(16)
        self.show_mark(None)

    def fit(self, *, compact: bool) -> None:
        """In a narrow window an icon stands for itself; its word is in the tooltip."""
        self._compact = compact

    def show_mark(self, mark: Mark | None) -> None:
        self._text.setVisible(mark is None or not (self._compact and mark.icon))
        self._picture.setVisible(mark is not None and bool(mark.icon))
        self._text.setText("" if mark is None else mark.text)
        self.setAccessibleName("" if mark is None else mark.text)
        self.setAccessibleDescription("" if mark is None else mark.explanation)
        self.setToolTip("" if mark is None else tooltip(f"{mark.text}\n{mark.explanation}"))
        if mark is not None:
            self._picture.show_icon(mark.icon or "lock")
            for widget in (self._picture, self._text):
                set_style_state(widget, "health", mark.health)


class LineMarks(QWidget):
    """Three short rows of fixed width; empty while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("call-marks")
        self.meter = LevelMeter(self)
        self._quality = MarkLabel("call-quality", self)
        self._secrecy = MarkLabel("call-secrecy", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.meter, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._quality)
        layout.addWidget(self._secrecy)
        self.fit(compact=False)

    def fit(self, *, compact: bool) -> None:
        font = QFont(self.font())
        font.setPixelSize(CAPTION_PX)
        widest = QFontMetrics(font).horizontalAdvance(self.tr("Not encrypted"))
        self.setFixedWidth(NARROW_PX if compact else max(72, widest + 20))
        self._secrecy.fit(compact=compact)

    def show_marks(self, quality: Mark | None, secrecy: Mark | None) -> None:
        self._quality.show_mark(quality)
        self._secrecy.show_mark(secrecy)
