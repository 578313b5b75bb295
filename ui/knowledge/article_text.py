"""The words of an article at their full height: their place scrolls, they do not (step ⑥)."""

from __future__ import annotations

import math
from html import escape

from PySide6.QtCore import QSizeF, Qt, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from agent_app.domain.knowledge import Reading
from agent_app.domain.markdown import LONGEST, is_web
from ui.rows.type import quiet_colour

SCROLLING_KEYS = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_STYLE = """
p, li, td, th {{ line-height: 115%; margin: 0 0 4px 0; }}
ul, ol {{ margin: 0 0 4px 0; -qt-list-indent: 0; margin-left: 18px; }}
p.head {{ color: {quiet}; margin: 8px 0 0 0; }}
table {{ border-collapse: collapse; border-color: {quiet}; margin: 4px 0; }}
td, th {{ padding: 2px 6px; }}
blockquote {{ color: {quiet}; margin: 0 0 4px 12px; }}
a {{ color: {link}; }}
"""


class ArticleText(QTextBrowser):
    """Answer, question and basis. Nothing is fetched by being shown, and no link is followed.

    Signals:
        link_chosen: str, the address of the web that she clicked or entered.
    """

    link_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("article-answer")
        self.setAccessibleName(self.tr("Official answer"))
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self._blank = QImage(1, 1, QImage.Format.Format_ARGB32)
        self._blank.fill(Qt.GlobalColor.transparent)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.anchorClicked.connect(self._on_link)

    def show_reading(self, reading: Reading) -> None:
        """The official answer first, then what was asked and what it rests on."""
        article, palette = reading.article, QGuiApplication.palette()
        self.document().setDefaultStyleSheet(
            _STYLE.format(quiet=quiet_colour(palette).name(), link=palette.link().color().name())
        )
        parts = [_framed(reading.answer_html)]
        if len(article.answer) > LONGEST:
            parts.append(_words(self.tr("… The rest is too long to be shown here.")))
        for heading, text in (
            (self.tr("Question"), article.question),
            (self.tr("Basis"), article.basis),
        ):
            if text:
                parts += [f'<p class="head">{escape(heading)}</p>', _words(text[:LONGEST])]
        self.setHtml("".join(parts))

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """A blank, from nowhere. For nothing at all, Qt would open the file by itself."""
        return self._blank

    def _on_link(self, link: QUrl) -> None:
        address = link.toString()
        if is_web(address):
            self.link_chosen.emit(address)

    def _fit(self, size: QSizeF) -> None:
        around = self.height() - self.viewport().height()
        self.setFixedHeight(math.ceil(size.height()) + around)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in SCROLLING_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _words(text: str) -> str:
    """Plain text as paragraphs of its lines."""
    return "<p>" + escape(text).replace("\n", "<br>") + "</p>"


def _framed(html: str) -> str:
    """Lines around the cells of tables: Qt draws them by attributes only."""
    return html.replace("<table>", '<table border="1" cellspacing="0" cellpadding="0">')
