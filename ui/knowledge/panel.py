"""The knowledge base at the right: search, read, quote, and suggestions below (step ⑥).

By keyboard: F7, type, ↑ ↓ and Enter, Page Down reads on, Ctrl+Enter quotes; the focus goes back
where she typed.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from agent_app.desk.seat import Seat
from agent_app.domain.knowledge import Article
from ui.keys import KeyAction, KeyMap
from ui.knowledge.article_view import ArticleView
from ui.knowledge.article_view_model import ArticleViewModel
from ui.knowledge.files_view_model import FilesViewModel
from ui.knowledge.focus_return import FocusReturn
from ui.knowledge.history_view import HistoryView
from ui.knowledge.history_view_model import HistoryViewModel
from ui.knowledge.lookup import Lookup
from ui.knowledge.scope_line import ScopeLine
from ui.knowledge.search_view_model import SearchViewModel
from ui.knowledge.suggestions_box import SuggestionsBox
from ui.labels import plain_label
from ui.on_demand import OnDemand
from ui.rows.list_view import RowList
from ui.rows.model import RowModel
from ui.search_field import SearchField

LEFT_TO_READING = 336
"""Pixels for field and article before suggestions get more than their smallest height."""


class KnowledgePanel(QFrame):
    """Results and article share one place; suggestions have their own below.

    Signals:
        quoted_from_nowhere: an article was quoted and there is no field to go back to.
        gap_wanted: an answer is missing or wrong.
    """

    quoted_from_nowhere = Signal()
    gap_wanted = Signal()

    def __init__(
        self, seat: Seat, *, keys: KeyMap | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("knowledge-panel")
        self.setProperty("role", "panel")
        self.setAccessibleName(self.tr("Knowledge base"))
        keys = keys or KeyMap()
        self._search = SearchViewModel(seat.knowledge, seat.shelf, parent=self)
        self._reading = ArticleViewModel(seat, parent=self)
        self._lookup = Lookup(seat, parent=self)
        self._focus_return = FocusReturn(self)
        self._field = SearchField()
        self._field.setAccessibleName(self.tr("Search the knowledge base"))
        self._field.setPlaceholderText(
            self.tr("Search the knowledge base ({key})").format(
                key=keys.text(KeyAction.KNOWLEDGE_SEARCH)
            )
        )
        self._status = plain_label(name="results-status", role="caption")
        self._results = RowList(RowModel(self), lines=1)
        self._results.setObjectName("results-list")
        self._results.setAccessibleName(self.tr("Articles found"))
        files = FilesViewModel(seat.library, parent=self)
        self._history = HistoryViewModel(seat.library, seat.clock, parent=self)
        self._history_view = OnDemand(self._build_history_view, self)
        self._gap_buttons = [
            self._gap_button(name, keys) for name in ("gap-button", "results-gap-button")
        ]
        self._article = ArticleView(self._reading, files, self._gap_buttons[0])
        self._scope = ScopeLine(self._search)
        self._pages = QStackedWidget()
        self._suggestions = SuggestionsBox(seat, keys)
        self._lay_out()
        self._connect()
        self._show_results()

    @property
    def quote_button(self) -> QPushButton:
        return self._article.quote_button

    @property
    def search_text(self) -> str:
        """What she searches for."""
        return self._field.text()

    @property
    def article(self) -> Article | None:
        """What she reads."""
        return self._reading.article

    def focus_search(self) -> None:
        """The key: ready to type; what was searched before is marked, so typing replaces it."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def want_gap(self) -> None:
        """The key, or one of the buttons: what she reads or searches has no right answer."""
        self.gap_wanted.emit()

    def hold_still(self) -> None:
        """She types somewhere: suggestions keep their rows."""
        self._suggestions.hold_still()

    def open_suggestion(self, place: int) -> None:
        """The number key of a suggestion (1…5) was pressed."""
        self._suggestions.choose(place)

    def _lay_out(self) -> None:
        self._pages.addWidget(self._results_page())
        self._pages.addWidget(self._article)
        rule = QFrame()
        rule.setProperty("role", "rule")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._field)
        layout.addWidget(self._pages, 1)
        layout.addWidget(rule)
        layout.addWidget(self._suggestions)

    def _gap_button(self, name: str, keys: KeyMap) -> QPushButton:
        button = QPushButton(self.tr("Report a gap"))
        button.setObjectName(name)
        button.setProperty("kind", "link")
        spoken = self.tr("Report that the answer is missing or wrong ({key})")
        button.setToolTip(spoken.format(key=keys.text(KeyAction.GAP_REPORT)))
        button.setAccessibleName(button.toolTip())
        return button

    def _results_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        line = QHBoxLayout()
        line.setContentsMargins(8, 0, 8, 0)
        line.addWidget(self._status, 1)
        line.addWidget(self._gap_buttons[1])
        layout.addWidget(self._scope)
        layout.addLayout(line)
        layout.addWidget(self._results, 1)
        return page

    def _build_history_view(self) -> HistoryView:
        view = HistoryView(self._history)
        self._pages.addWidget(view)
        view.follow(self._article.quote_button)
        view.back.connect(self._history.close)
        return view

    def _connect(self) -> None:
        self._field.textEdited.connect(self._on_typing)
        self._field.textChanged.connect(self._on_text)
        self._field.stepped.connect(self._on_step)
        self._field.paged.connect(self._on_page)
        self._field.entered.connect(self._on_enter)
        self._field.left.connect(self._on_left)
        for choice in (self._results.chosen, self._suggestions.chosen, self._search.entered):
            choice.connect(self.open_article)
        self._lookup.outdated.connect(self._field.clear)
        self._lookup.outdated.connect(self._reading.close)
        for button in self._gap_buttons:
            button.clicked.connect(self.want_gap)
        self._article.back.connect(self._reading.close)
        self._article.wanted.connect(self.open_article)
        self._article.history_wanted.connect(self._on_history_wanted)
        self._history.changed.connect(self._show_page)
        self._article.quoted.connect(self._on_quoted)
        self._search.changed.connect(self._show_results)
        self._reading.changed.connect(self._show_page)
        self._reading.missing.connect(self._show_missing)
        self._reading.other_version_wanted.connect(self._history.show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._suggestions.fit(self.height() - LEFT_TO_READING)

    def _on_typing(self) -> None:
        self._suggestions.hold_still()
        self._lookup.note()

    def _on_text(self, text: str) -> None:
        self._reading.close()
        self._search.search(text)

    def open_article(self, key: str, version: int = 0) -> None:
        """Read the article with this id; it is shown when it has come. Another ``version`` than
        the one that holds is shown in the article's history."""
        self._lookup.note()
        self._history.close()
        self._reading.open(key, version)

    def _on_page(self, by: int) -> None:
        if self._reading.article is not None:
            self._article.turn_page(by)

    def _on_quoted(self) -> None:
        if not self._focus_return.go_back():
            self.quoted_from_nowhere.emit()

    def _on_enter(self) -> None:
        self._search.enter(self._results.current_key)

    def _on_history_wanted(self) -> None:
        if self._reading.article is not None:
            self._history.show(self._reading.article)
            self._history_view.get().take_focus()

    def _on_step(self, by: int) -> None:
        if self._reading.article is None:
            self._results.step(by)
        else:
            self._reading.close()

    def _on_left(self) -> None:
        """Esc goes one step back: history, article, search text, the field she came from."""
        if self._history.shown:
            self._history.close()
        elif self._reading.article is not None:
            self._reading.close()
        elif self._field.text():
            self._field.clear()
        else:
            self._focus_return.go_back()

    def _show_results(self) -> None:
        self._results.row_model.show_rows(self._search.rows)
        self._results.set_empty_text(self._search.advice)
        self._results.select(0 if self._search.rows else -1)
        self._status.setText(self._search.status)

    def _show_missing(self) -> None:
        """A quote of long ago, or a list that was made before the article went."""
        self._status.setText(self.tr("This article is not there any more."))

    def _show_page(self) -> None:
        if self._reading.article is None:
            self._history.close()
        if self._history.shown:
            self._pages.setCurrentWidget(self._history_view.get())
        else:
            self._pages.setCurrentIndex(0 if self._reading.article is None else 1)
