"""A label for external text of any length: a few lines, then an ellipsis (step ⑤)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.formatting import tooltip
from ui.rows.model import LONGEST_TIP

LAID_OUT = 600
WIDTHS_KEPT = 8


class ClippedLabel(QLabel):
    """Plain text in at most ``lines`` lines, broken anywhere if it must be.

    ``text()`` stays the whole text; a text that does not fit shows in full as the tool tip. Only
    its beginning is laid out, so that 60 kB cost no more than a name.
    """

    def __init__(
        self, text: str = "", *, lines: int = 2, name: str = "", role: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._lines = lines
        self._laid_out: dict[int, tuple[QTextLayout, float]] = {}
        self.setObjectName(name)
        if role:
            self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:
        if text == self.text() and self._laid_out:
            return
        self._laid_out.clear()
        super().setText(text)
        self.setToolTip(tooltip(text[:LONGEST_TIP]) if len(text) > 20 else "")
        self._claim()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._claim()

    def changeEvent(self, event: QEvent) -> None:
        """Another font or style: nothing that was measured holds."""
        self._laid_out.clear()
        super().changeEvent(event)

    def _claim(self) -> None:
        """Lines that are shown are never squeezed: the height for this width is the smallest."""
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        around = self.size() - self.contentsRect().size()
        _, height = self._layout(width - around.width())
        return round(height + 0.5) + around.height()

    def sizeHint(self) -> QSize:
        width = max(self.width(), 120)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.fontMetrics().lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:
        QFrame.paintEvent(self, event)
        layout, _ = self._layout(self.contentsRect().width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        layout.draw(painter, QPointF(self.contentsRect().topLeft()))
        painter.end()

    def _layout(self, width: int) -> tuple[QTextLayout, float]:
        """Measured once for each width: a layout asks a dozen times for one card."""
        known = self._laid_out.get(width)
        if known is None:
            if len(self._laid_out) >= WIDTHS_KEPT:
                self._laid_out.clear()
            known = self._laid_out[width] = self._measured(width)
        return known

    def _measured(self, width: int) -> tuple[QTextLayout, float]:
        shown = " ".join(self.text()[:LAID_OUT].split())
        layout, height, fits = self._broken(shown, width)
        if fits and len(self.text()) <= LAID_OUT:
            return layout, height
        end = layout.lineAt(layout.lineCount() - 1)
        kept, last = split_utf16(shown, end.textStart())
        tail = self.fontMetrics().elidedText(
            last + "…", Qt.TextElideMode.ElideRight, max(width, 40)
        )
        layout, height, _ = self._broken(kept + tail, width)
        return layout, height

    def _broken(self, text: str, width: int) -> tuple[QTextLayout, float, bool]:
        """The text in lines of this width, their height, and whether all of it fitted."""
        layout = QTextLayout(text, self.font())
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        top, used = 0.0, 0
        for _ in range(self._lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(width, 40))
            line.setPosition(QPointF(0, top))
            top += line.height()
            used = line.textStart() + line.textLength()
        layout.endLayout()
        return layout, top, used >= len(text)


def split_utf16(text: str, at: int) -> tuple[str, str]:
    """Cut at a position counted in UTF-16 units, as Qt counts."""
    units = text.encode("utf-16-le", "surrogatepass")
    return (
        units[: 2 * at].decode("utf-16-le", "replace"),
        units[2 * at :].decode("utf-16-le", "replace"),
    )
