"""The notice that must be read, over a corner of the page: it takes no focus and no key but its
own, and is gone while a call is up (step ⑥)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.caller.fitted_text import FittedText
from ui.icons import SvgMark
from ui.keys import KeyAction, KeyMap
from ui.labels import ElidedLabel
from ui.notices.card_model import NoticeCardModel
from ui.rail.rail import WIDTH_PX as RAIL_PX
from ui.rows.clipped import ClippedLabel

WIDTH_PX = 360
LEAST_PX = 240
MARGIN_PX = 8
MOST_LINES = 10


PLACING = frozenset(
    {QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ZOrderChange}
)
"""Of the window, and of the panel that it stands over."""


class NoticeCard(QFrame):
    """Above the line of troubles: over the knowledge base where that is docked, so that the summary
    stays free; on other pages over the foot of their lists, so that their buttons do."""

    def __init__(
        self,
        model: NoticeCardModel,
        keys: KeyMap,
        window: QWidget,
        *,
        beside: QWidget,
        foot_px: int,
    ) -> None:
        super().__init__(window)
        self._model = model
        self._beside, self._foot_px = beside, foot_px
        self.setObjectName("notice-card")
        self.setProperty("role", "flyout")
        self.setAutoFillBackground(True)
        self._mark = SvgMark("bell", size=16, parent=self)
        self._heading = ElidedLabel(name="notice-card-heading", role="caption")
        self._title = ClippedLabel(lines=3, name="notice-card-title", role="heading")
        self._body = FittedText(
            name="notice-card-body", spoken=self.tr("Notice"), least=1, most=MOST_LINES
        )
        self._body.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._facts = ElidedLabel(name="notice-card-facts", role="muted")
        word = self.tr("Read")
        self.read_button = QPushButton(f"{word}  {keys.text(KeyAction.READ_NOTICE)}", self)
        self.read_button.setObjectName("notice-card-button")
        self.read_button.setAccessibleName(word)
        self.read_button.setProperty("kind", "primary")
        self.read_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self.read_button.clicked.connect(model.read)
        model.changed.connect(self._show)
        above: QWidget | None = beside
        while above is not None and above is not window:  # the dock that comes to the front, too
            above.installEventFilter(self)
            above = above.parentWidget()
        window.installEventFilter(self)
        self.hide()
        self._show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._mark)
        head.addWidget(self._heading, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._facts, 1)
        foot.addWidget(self.read_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._title)
        layout.addWidget(self._body)
        layout.addLayout(foot)

    def place(self) -> None:
        window, layout = self.parentWidget(), self.layout()
        if not isinstance(window, QWidget) or layout is None:
            return
        left, width = RAIL_PX + MARGIN_PX, WIDTH_PX
        if self._beside.isVisible() and self._beside.window() is window:
            width = max(LEAST_PX, min(WIDTH_PX, self._beside.width()))
            left = self._beside.mapTo(window, QPoint(self._beside.width(), 0)).x() - width
        self.setFixedWidth(width)
        layout.activate()
        self.resize(width, layout.totalHeightForWidth(width))
        top = window.height() - self._foot_px - MARGIN_PX - self.height()
        self.move(max(MARGIN_PX, left), max(MARGIN_PX, top))

    def _show(self) -> None:
        notice = self._model.notice
        if notice is None:
            self.hide()
            return
        self._heading.setText(self._model.heading)
        self._title.setText(notice.title)
        self._title.setAccessibleName(notice.title)
        if self._body.toPlainText() != notice.body:
            self._body.setPlainText(notice.body)
        self._body.setVisible(bool(notice.body))
        self._facts.setText(self._model.facts)
        self.setAccessibleName(f"{self._model.heading}: {notice.title}")
        self.show()
        self.place()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in PLACING and self.isVisible():
            self.place()
            self.raise_()
        return False
