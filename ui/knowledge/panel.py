"""The knowledge base at the right: search, read, quote, and suggestions below (step ⑥).

By keyboard: F7, type, ↑ ↓ and Enter, Ctrl+Enter quotes; the focus goes back where she typed.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from agent_app.desk.seat import Seat
from ui.keys import SUGGESTIONS, KeyAction, KeyMap
from ui.knowledge.article_view import ArticleView
from ui.knowledge.article_view_model import ArticleViewModel
from ui.knowledge.search_field import SearchField
from ui.knowledge.search_view_model import SearchViewModel
from ui.knowledge.suggestions_view_model import SHOWN, SuggestionsViewModel
from ui.labels import plain_label
from ui.rows.list_view import RowList
from ui.rows.model import RowModel


class KnowledgePanel(QFrame):
    """Results and article share one place; suggestions have their own and never move it."""

    def __init__(
        self, seat: Seat, *, keys: KeyMap | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("knowledge-panel")
        self.setProperty("role", "panel")
        self.setAccessibleName(self.tr("Knowledge base"))
        self._keys = keys or KeyMap()
        self._came_from: QWidget | None = None
        self._search = SearchViewModel(seat.knowledge, parent=self)
        self._reading = ArticleViewModel(seat, parent=self)
        self._proposing = SuggestionsViewModel(
            knowledge=seat.knowledge, focus=seat.focus, parent=self
        )
        self._field = SearchField()
        self._status = plain_label(name="results-status", role="caption")
        self._results = self._list("results-list", self.tr("Articles found"))
        self._article = ArticleView(self._reading)
        self._pages = QStackedWidget()
        self._suggestions = self._list("suggestions-list", self.tr("Suggested for this call"))
        self._lay_out()
        self._connect()
        self._show_results()
        self._show_suggestions()

    @property
    def quote_button(self) -> QPushButton:
        return self._article.quote_button

    def focus_search(self) -> None:
        """The key: ready to type; what was searched before is marked, so typing replaces it."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def hold_still(self) -> None:
        """She types somewhere: suggestions keep their rows."""
        self._proposing.hold_still()

    def open_suggestion(self, place: int) -> None:
        """The number key of a suggestion (1…5) was pressed."""
        self._suggestions.choose_at(place - 1)

    def _list(self, name: str, spoken: str) -> RowList:
        rows = RowList(RowModel(self), lines=1)
        rows.setObjectName(name)
        rows.setAccessibleName(spoken)
        return rows

    def _lay_out(self) -> None:
        self._field.setPlaceholderText(
            self.tr("Search the knowledge base ({key})").format(
                key=self._keys.text(KeyAction.KNOWLEDGE_SEARCH)
            )
        )
        self._field.setAccessibleName(self.tr("Search the knowledge base"))
        self._pages.addWidget(self._results_page())
        self._pages.addWidget(self._article)
        caption = QHBoxLayout()
        caption.setContentsMargins(8, 0, 8, 0)
        caption.addWidget(
            plain_label(self.tr("Suggested"), name="suggestions-title", role="heading")
        )
        caption.addStretch(1)
        caption.addWidget(plain_label(self._suggestion_keys(), role="caption"))
        rule = QFrame()
        rule.setProperty("role", "rule")
        self._suggestions.setFixedHeight(self._suggestions.height_of(SHOWN))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._field)
        layout.addWidget(self._pages, 1)
        layout.addWidget(rule)
        layout.addLayout(caption)
        layout.addWidget(self._suggestions)

    def _results_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        line = QHBoxLayout()
        line.setContentsMargins(8, 0, 8, 0)
        line.addWidget(self._status)
        layout.addLayout(line)
        layout.addWidget(self._results, 1)
        return page

    def _suggestion_keys(self) -> str:
        first, last = (self._keys.text(SUGGESTIONS[at]) for at in (0, -1))
        return f"{first} … {last[-1]}"

    def _connect(self) -> None:
        self._field.textChanged.connect(self._on_text)
        self._field.stepped.connect(self._on_step)
        self._field.entered.connect(self._results.choose_current)
        self._field.left.connect(self._on_left)
        self._results.chosen.connect(self._reading.open)
        self._suggestions.chosen.connect(self._reading.open)
        self._suggestions.hovered.connect(self._proposing.hover)
        self._article.back.connect(self._reading.close)
        self._article.quoted.connect(self._return_focus)
        self._search.changed.connect(self._show_results)
        self._reading.changed.connect(self._show_page)
        self._proposing.changed.connect(self._show_suggestions)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._remember_focus)

    def _on_text(self, text: str) -> None:
        self._proposing.hold_still()
        self._reading.close()
        self._search.search(text)

    def _on_step(self, by: int) -> None:
        if self._reading.article is None:
            self._results.step(by)
        else:
            self._reading.close()

    def _on_left(self) -> None:
        """Esc goes one step back: article, search text, the field she came from."""
        if self._reading.article is not None:
            self._reading.close()
        elif self._field.text():
            self._field.clear()
        else:
            self._return_focus()

    def _show_results(self) -> None:
        self._results.row_model.show_rows(self._search.rows)
        self._results.set_empty_text(self._search.advice)
        self._results.select(0 if self._search.rows else -1)
        self._status.setText(self._search.status)

    def _show_page(self) -> None:
        self._pages.setCurrentIndex(0 if self._reading.article is None else 1)

    def _show_suggestions(self) -> None:
        self._suggestions.row_model.show_rows(self._proposing.rows)
        self._suggestions.set_empty_text(self._proposing.advice)

    def _remember_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        arrived = new is not None and self.isAncestorOf(new)
        if arrived and old is not None and not self.isAncestorOf(old):
            self._came_from = old

    def _return_focus(self) -> None:
        """Back to where she was typing before she came here, if that still takes typing."""
        back = self._came_from
        if back is not None and isValid(back) and back.isVisible() and back.isEnabled():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
